import { attempt, isFunction, isNonEmptyString } from '../../check.ts';
import { createEmitter, type Emitter } from '../../emitter.ts';
import { checkEventName } from '../../text/known-names.ts';
import { documentedTypes } from '../server/event-types.ts';
import type { QueueEvent } from '../server/events.ts';
import { OWN_EVENTS, type PollerEvents, type QueueEventName, type QueueEvents } from './poller-events.ts';
import { PollerMemory } from './poller-memory.ts';
import type { RecentPollerEvent } from './recent-poller-events.ts';

/** The server's events have a prefix, so that none of them has the name of one of the poller's own events. */
type PrefixedEvents = PollerEvents & { change: undefined } & { [K in `on ${string}`]: QueueEvent };

/** Emits to the page's handlers. After a user has logged out, no handler gets an event of that user any more. */
export class PollerEmitter {
  readonly #emitter: Emitter<PrefixedEvents> = createEmitter();
  readonly #memory = new PollerMemory();
  /** How many users have logged out. */
  #logouts = 0;
  /** The same number when the current event began. */
  #logoutsBefore = 0;

  on<K extends QueueEventName>(type: K, handler: (event: QueueEvents[K]) => void): () => void {
    if (!isOfServer(type)) checkEventName(type, [...OWN_EVENTS, '*', ...documentedTypes()]);
    const key = OWN_EVENTS.includes(type) ? type : `on ${type}`;
    const ofThisUser = (event: unknown): unknown =>
      this.#logoutsBefore === this.#logouts ? handler(event as QueueEvents[K]) : undefined;
    // The emitter refuses what is not a function.
    const guarded = isFunction(handler) ? ofThisUser : handler;
    return this.#emitter.on(key as keyof PrefixedEvents, guarded, `on ${type}`);
  }

  /** The newest events of this user, as plain data. */
  get recent(): RecentPollerEvent[] {
    return this.#memory.list();
  }

  subscribe(listener: () => void): () => void {
    return this.#emitter.on('change', listener, 'subscribe');
  }

  /** @param isKept `false`: the user has logged out, so the memory stays empty. */
  emit<K extends keyof PollerEvents>(type: K, event: PollerEvents[K], isKept = true): void {
    this.#remember(type, event, isKept);
    this.#emit(type, event as PrefixedEvents[K]);
  }

  /** Emits one of the server's events. Returns false if its user has logged out meanwhile. */
  deliver(event: QueueEvent): boolean {
    const before = this.#logouts;
    this.#remember('*', event);
    if (before !== this.#logouts) return false;
    this.#emit(`on ${event.event_type}`, event);
    if (event.event_type !== '*' && before === this.#logouts) this.#emit('on *', event);
    return before === this.#logouts;
  }

  emitChange(): void {
    this.#emitter.emit('change', undefined);
  }

  forget(): void {
    this.#logouts += 1;
    this.#memory.forget();
  }

  /** Before the handlers get the event, since one of them may cause the next. */
  #remember(type: Parameters<PollerMemory['add']>[0] | 'recent', event: unknown, isKept = true): void {
    const plain = type === 'recent' ? undefined : attempt(() => this.#memory.add(type, event));
    if (!isKept) this.#memory.forget();
    if (plain && this.#emitter.hasHandlers('recent')) this.#emit('recent', Object.freeze(plain));
  }

  #emit<K extends keyof PrefixedEvents>(key: K, event: PrefixedEvents[K]): void {
    const outer = this.#logoutsBefore;
    this.#logoutsBefore = this.#logouts;
    this.#emitter.emit(key, event);
    this.#logoutsBefore = outer;
  }
}

/** A server may send events of any type in upper case, also of one that no document names. A type has a letter. */
function isOfServer(type: unknown): boolean {
  return isNonEmptyString(type) && type === type.toUpperCase() && type !== type.toLowerCase();
}
