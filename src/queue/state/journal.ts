import { RecentIds } from '../../text/recent-ids.ts';
import { now } from '../../time.ts';
import type { Schedule } from '../pace/schedule.ts';
import type { QueueEvent } from '../server/events.ts';
import type { ServerClock } from '../server/server-clock.ts';
import type { ChannelKindOf } from './connection-state.ts';
import type { KnownConnection } from './known-connection.ts';
import { type ConnectionsListener, type ConnectionsView, KnownConnections } from './known-connections.ts';
import type { FailedPoll, LocalUpdate, SharedState, Update } from './update.ts';

/** What the journal calls when it applies an update. */
export interface JournalListener extends ConnectionsListener {
  /** Delivers one of the server's events. */
  readonly deliver: (event: QueueEvent) => void;
  /** All events of an answer have been delivered. `fresh` of them were new. */
  delivered(fresh: number): void;
}

/** What is known of the queue. */
export interface QueueState {
  /** The queue that is being read; undefined while there is none. */
  readonly queueId: string | undefined;
  /** Whether it has been read since it was resumed. Before that, it may belong to another user. */
  readonly isProven: boolean;
  /** When it was read last, on the clock of `performance.now()`. */
  readonly askedAt: number;
  /** No event before this time is lost. Unix seconds. */
  readonly soundAt: number;
  /** The newest event: the id of its queue, and its own. Tabs compare it, to see which of them have missed events. */
  readonly lastEvent: string | undefined;
  /** How many events the largest answer held. */
  readonly largest: number;
  /** Whether events were read but not delivered, as the poller was stopped in between. */
  readonly wasCut: boolean;
  /** Why the last poll failed; undefined as soon as one succeeds. `retryAt` is on the clock of `performance.now()`. */
  readonly failure: (Omit<FailedPoll, 'retryIn'> & { readonly retryAt: number | undefined }) | undefined;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const LEAST_MEMORY = 1_000;
const NO_QUEUE = {
  queueId: undefined,
  isProven: false,
  askedAt: 0,
  lastEvent: undefined,
  largest: 0,
  wasCut: false,
  failure: undefined,
};

/**
 * The state of the queue and of its connections. Only the journal changes this state, by updates and when it chooses reads. All
 * others only read it.
 *
 * Each event is delivered once, since the journal remembers the ids of the last events.
 */
export class Journal {
  readonly #queue: Writable<QueueState>;
  readonly #connections: KnownConnections;
  readonly #seen = new RecentIds(LEAST_MEMORY);
  /** The events that have come since this tab is back, while it may have missed others before them. */
  #sinceBack: Set<string> | undefined;
  readonly #listener: JournalListener;
  readonly #clock: ServerClock;

  constructor(listener: JournalListener, clock: ServerClock, kindOf: ChannelKindOf) {
    this.#listener = listener;
    this.#clock = clock;
    this.#connections = new KnownConnections(listener, kindOf);
    this.#queue = { ...NO_QUEUE, soundAt: clock.now() };
  }

  get queue(): QueueState {
    return this.#queue;
  }

  get connections(): ConnectionsView {
    return this.#connections;
  }

  /** Whether this tab has followed the queue before, and may have missed what another tab has sent since. */
  get isBehind(): boolean {
    return this.#sinceBack !== undefined && this.#queue.queueId !== undefined;
  }

  /** What a tab that has just joined needs to know. */
  share(): SharedState {
    const { queueId, isProven, soundAt, lastEvent, askedAt, failure } = this.#queue;
    const connections = this.#connections.share();
    const { error, isHeld, retryAt = 0 } = failure ?? {};
    const retryIn = Math.max(0, retryAt - now());
    const failed = error && { error, retryIn, isHeld: isHeld === true };
    return {
      queueId,
      isProven,
      soundAt,
      lastEvent,
      askedAgo: now() - askedAt,
      connections,
      failure: failed,
    };
  }

  /** Chooses the connections to read now: see {@link KnownConnections.chooseReads}. */
  chooseReads(isClose: boolean, schedule: Schedule): KnownConnection[] {
    return this.#connections.chooseReads(isClose, schedule);
  }

  apply(update: Update | LocalUpdate): void {
    const queue = this.#queue;
    const connections = this.#connections;
    const listener = this.#listener;
    switch (update.kind) {
      case 'queue': {
        const { queueId, isNew } = update;
        Object.assign(queue, { queueId, isProven: isNew }, isNew && { askedAt: now() });
        if (isNew) this.#seen.clear(); // it may count its ids from the beginning
        listener.emit(isNew ? 'subscribed' : 'resumed', { queueId });
        break;
      }
      case 'expired':
        // A tab that was frozen may report an older queue.
        if (update.queueId === queue.queueId) queue.queueId = undefined;
        listener.emit('expired', { queueId: update.queueId });
        break;
      case 'poll':
        this.#applyPoll(update);
        break;
      case 'failed':
        queue.failure = failureOf(update);
        listener.emit('failure', { error: update.error, retryIn: update.retryIn });
        break;
      case 'gap':
        listener.emit('gap', { reason: update.reason, since: update.since });
        connections.doubt(connections.ids);
        break;
      case 'track':
        connections.track(update.connectionId);
        break;
      case 'reading':
        connections.applyReading(update);
        break;
      case 'reconciled':
        listener.emit('reconciled', { connectionIds: update.connectionIds });
        break;
      default:
        this.#applyLocal(update);
    }
  }

  #applyLocal(update: LocalUpdate): void {
    const queue = this.#queue;
    const connections = this.#connections;
    switch (update.kind) {
      case 'restored':
        queue.soundAt = update.soundAt ?? queue.soundAt;
        queue.askedAt = now() - update.askedAgo;
        break;
      case 'adopted':
        this.#adopt(update.state);
        break;
      case 'behind':
        this.#sinceBack = update.isBehind ? new Set() : undefined;
        break;
      case 'queueTaken':
        queue.queueId = undefined;
        break;
      case 'cut':
        queue.wasCut = update.wasCut;
        break;
      case 'doubt':
        connections.doubt([update.connectionId]);
        break;
      case 'unread':
        connections.postpone(update.failed, update.untried, update.notBefore);
        break;
      case 'awaited':
        connections.expedite(update.connectionId);
        break;
      case 'revived':
        connections.forgetFailures();
        break;
      case 'forgotten':
        Object.assign(queue, NO_QUEUE, { soundAt: this.#clock.now() });
        connections.clear();
        this.#seen.clear();
        break;
    }
  }

  #applyPoll({ queueId, events, at, duration }: Extract<Update, { kind: 'poll' }>): void {
    const queue = this.#queue;
    const seen = this.#seen;
    const listener = this.#listener;
    // Read once for all events: reading the engine's clock for each costs more than the rest.
    const heardAt = now();
    queue.failure = undefined;
    queue.isProven = true;
    queue.askedAt = heardAt - duration;
    queue.soundAt = Math.floor(at - duration / 1000);
    queue.largest = Math.max(queue.largest, events.length);
    seen.limit = Math.max(LEAST_MEMORY, 2 * queue.largest);
    let fresh = 0;
    for (const event of events) {
      // Another queue may have the same ids.
      const place = `${queueId} ${event.id}`;
      const isNew = !seen.has(place);
      seen.add(place);
      if (!isNew) continue;
      if (listener.isOver()) {
        queue.wasCut = true;
        return;
      }
      fresh += 1;
      queue.lastEvent = place;
      this.#sinceBack?.add(place);
      const madeAt = event.creation_date ?? at;
      this.#clock.readEventDate(madeAt);
      this.#connections.applyEvent(event, madeAt, madeAt > at, heardAt, listener.deliver);
    }
    listener.delivered(fresh);
    listener.emit('poll', { queueId, events: fresh, duration });
  }

  #adopt({ queueId, isProven, soundAt, lastEvent, askedAgo, connections, failure }: SharedState): void {
    const queue = this.#queue;
    // While this tab was away, the others received events that this tab does not get. One that came since proves nothing of those
    // before it.
    const place = lastEvent ?? '';
    const isKnown = (lastEvent === queue.lastEvent || this.#seen.has(place)) && !this.#sinceBack?.has(place);
    const hasMissed = queue.queueId !== undefined && !isKnown;
    if (hasMissed) this.apply({ kind: 'gap', reason: 'woken', since: queue.soundAt });
    if (queueId !== undefined && queueId !== queue.queueId)
      this.apply({ kind: 'queue', queueId, isNew: false });
    Object.assign(queue, { isProven, soundAt, lastEvent, askedAt: now() - askedAgo });
    queue.failure = failure && failureOf(failure);
    for (const connection of connections) {
      if (this.#listener.isOver()) return; // a handler of the last change has stopped the poller
      this.#connections.adopt(connection);
    }
    // The state of the other tab closes this gap, which was reported in this tab only.
    if (hasMissed) this.#listener.emit('reconciled', { connectionIds: this.#connections.ids });
  }
}

function failureOf({ error, retryIn, isHeld }: FailedPoll): QueueState['failure'] {
  return { error, isHeld, retryAt: retryIn === undefined ? undefined : now() + retryIn };
}
