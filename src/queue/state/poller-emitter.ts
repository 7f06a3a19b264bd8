import { isFunction } from '../../check.ts';
import { createEmitter, type Emitter } from '../../emitter.ts';
import type { QueueEvent } from '../server/events.ts';
import { OWN_EVENTS, type PollerEvents, type QueueEventName, type QueueEvents } from './poller-events.ts';

/** Server events under a name of their own: none of them can bear that of an event of the poller's. */
type InnerEvents = PollerEvents & { change: undefined } & { [K in `on ${string}`]: QueueEvent };

/** Who listens to a poller. What is told of a user reaches nobody once that user has left, not even in the middle of it. */
export class PollerEmitter {
  readonly #emitter: Emitter<InnerEvents> = createEmitter();
  /** How many users have left. */
  #departures = 0;
  /** How many had left when what is being told now began. */
  #departuresBefore = 0;

  on<K extends QueueEventName>(type: K, handler: (event: QueueEvents[K]) => void): () => void {
    const key = OWN_EVENTS.has(type) ? type : `on ${type}`;
    const heard = (event: unknown): unknown =>
      this.#departuresBefore === this.#departures ? handler(event as QueueEvents[K]) : undefined;
    // What is no function is told by the emitter.
    return this.#emitter.on(key as keyof InnerEvents, isFunction(handler) ? heard : handler, `on ${type}`);
  }

  subscribe(listener: () => void): () => void {
    return this.#emitter.on('change', listener, 'subscribe');
  }

  /** One of the poller's own events. */
  tell<K extends keyof PollerEvents>(type: K, event: PollerEvents[K]): void {
    this.#emit(type, event as InnerEvents[K]);
  }

  /** One of the server's events. Returns whether its user is still there. */
  deliver(event: QueueEvent): boolean {
    const before = this.#departures;
    this.#emit(`on ${event.event_type}`, event);
    if (event.event_type !== '*' && before === this.#departures) this.#emit('on *', event);
    return before === this.#departures;
  }

  /** What is known has changed. */
  change(): void {
    this.#emitter.emit('change', undefined);
  }

  /** The user leaves. */
  forget(): void {
    this.#departures += 1;
  }

  #emit<K extends keyof InnerEvents>(key: K, event: InnerEvents[K]): void {
    const outer = this.#departuresBefore;
    this.#departuresBefore = this.#departures;
    this.#emitter.emit(key, event);
    this.#departuresBefore = outer;
  }
}
