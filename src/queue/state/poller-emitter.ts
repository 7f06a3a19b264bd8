import { isFunction } from '../../check.ts';
import { createEmitter, type Emitter } from '../../emitter.ts';
import type { QueueEvent } from '../server/events.ts';
import { OWN_EVENTS, type PollerEvents, type QueueEventName, type QueueEvents } from './poller-events.ts';

/** The server's events have a prefix, so that none of them has the name of one of the poller's own events. */
type PrefixedEvents = PollerEvents & { change: undefined } & { [K in `on ${string}`]: QueueEvent };

/** Emits to the page's handlers. After a user has logged out, no handler gets an event of that user any more. */
export class PollerEmitter {
  readonly #emitter: Emitter<PrefixedEvents> = createEmitter();
  /** How many users have logged out. */
  #logouts = 0;
  /** The same number when the current event began. */
  #logoutsBefore = 0;

  on<K extends QueueEventName>(type: K, handler: (event: QueueEvents[K]) => void): () => void {
    const key = OWN_EVENTS.has(type) ? type : `on ${type}`;
    const ofThisUser = (event: unknown): unknown =>
      this.#logoutsBefore === this.#logouts ? handler(event as QueueEvents[K]) : undefined;
    // The emitter refuses what is not a function.
    const guarded = isFunction(handler) ? ofThisUser : handler;
    return this.#emitter.on(key as keyof PrefixedEvents, guarded, `on ${type}`);
  }

  subscribe(listener: () => void): () => void {
    return this.#emitter.on('change', listener, 'subscribe');
  }

  emit<K extends keyof PollerEvents>(type: K, event: PollerEvents[K]): void {
    this.#emit(type, event as PrefixedEvents[K]);
  }

  /** Emits one of the server's events. Returns false if its user has logged out meanwhile. */
  deliver(event: QueueEvent): boolean {
    const before = this.#logouts;
    this.#emit(`on ${event.event_type}`, event);
    if (event.event_type !== '*' && before === this.#logouts) this.#emit('on *', event);
    return before === this.#logouts;
  }

  emitChange(): void {
    this.#emitter.emit('change', undefined);
  }

  forget(): void {
    this.#logouts += 1;
  }

  #emit<K extends keyof PrefixedEvents>(key: K, event: PrefixedEvents[K]): void {
    const outer = this.#logoutsBefore;
    this.#logoutsBefore = this.#logouts;
    this.#emitter.emit(key, event);
    this.#logoutsBefore = outer;
  }
}
