import { now } from '../now.ts';
import { RecentIds } from '../recent-ids.ts';
import {
  applyEvent,
  applyReading,
  applyRemoval,
  type ConnectionState,
  changedChannels,
  differ,
  type KindOf,
} from './connections.ts';
import { connectionOf, isAction, type QueueEvent } from './events.ts';
import type { Finding } from './finding.ts';
import type { ChangeSource, PollerEvents } from './queue-events.ts';
import type { Schedule } from './schedule.ts';
import type { ServerClock } from './server-clock.ts';

/** Who hears of what the journal takes in. */
export interface JournalReader {
  /** One of the poller's own events. */
  tell<K extends keyof PollerEvents>(type: K, event: PollerEvents[K]): void;
  /** One of the server's events. */
  deliver(event: QueueEvent): void;
  /** What is known of a connection is not what it was, be it only its time. */
  moved(connection: KnownConnection): void;
  /** Whether nothing is to be delivered any more. */
  isOver(): boolean;
}

/** A connection that an event has named, or the page. */
export interface KnownConnection {
  readonly id: string;
  state: ConnectionState | undefined;
  source: ChangeSource;
  /** Whether it has to be read before it can be trusted. */
  isDoubtful: boolean;
  /** When events have changed it since it was read, on the clock of `performance.now()`. */
  movedAt: number | undefined;
  /** When the server was looking it up last, in unix seconds. */
  from: number;
  to: number;
  /** When that was on the clock of `performance.now()`. */
  readAt: number;
}

/** What a tab tells another one that has just come. Plain data. `askedAgo` in ms. */
export interface SharedState {
  readonly queueId: string | undefined;
  readonly isProven: boolean;
  readonly soundAt: number;
  readonly lastEvent: string | undefined;
  readonly askedAgo: number;
  readonly connections: readonly Pick<KnownConnection, 'id' | 'state' | 'isDoubtful' | 'from' | 'to'>[];
}

const LEAST_MEMORY = 1_000;
/** How old a reading may become while nothing goes on. A loss that nothing tells of is mended then. In ms. */
const QUIET_RECONCILE = 3_600_000;

/**
 * What is known, as the findings tell it: the queue, and the connections.
 *
 * 1. Each event is delivered once: its id is remembered, and the memory is refreshed on sight.
 * 2. An event changes the state of its connection, unless what is known is newer than the event.
 * 3. Where that can't be told, or where the event leaves something open, the connection is doubtful: it is to
 *    be read.
 */
export class Journal {
  queueId: string | undefined;
  /** Whether the queue has been read since it was resumed: one that has not may be another user's. */
  isProven = false;
  /** When the queue was asked last, on the clock of `performance.now()`. */
  askedAt = 0;
  /** When it was known that nothing is lost, in unix seconds. */
  soundAt: number;
  /** The id of the event that came last, by which tabs see whether they have heard the same. */
  lastEvent: string | undefined;
  /** The events of the largest answer. */
  largest = 0;
  /** Whether events that had been read were not delivered, as the poller was stopped in between. */
  wasCut = false;
  readonly states: Map<string, ConnectionState> = new Map();
  /** How often the states have changed. */
  changes = 0;

  /** When the answer came that is being taken in: to ask for the time at each of its events costs more. */
  #heardAt = 0;
  readonly #known = new Map<string, KnownConnection>();
  readonly #seen = new RecentIds(LEAST_MEMORY);
  readonly #reader: JournalReader;
  readonly #clock: ServerClock;
  readonly #kindOf: KindOf;

  constructor(reader: JournalReader, clock: ServerClock, kindOf: KindOf) {
    this.#reader = reader;
    this.#clock = clock;
    this.#kindOf = kindOf;
    this.soundAt = clock.now();
  }

  get connectionIds(): string[] {
    return [...this.#known.keys()];
  }

  get isSyncing(): boolean {
    return [...this.states.values()].some(({ syncing }) => syncing);
  }

  has(id: string): boolean {
    return this.#known.has(id);
  }

  /** The user has left: nothing of this is the next one's. */
  forget(): void {
    this.queueId = undefined;
    this.wasCut = false;
    this.largest = 0;
    this.#known.clear();
    this.states.clear();
    this.changes += 1;
    this.#seen.clear();
  }

  /** What is known of a connection, which is known from now on. */
  connection(id: string): KnownConnection {
    let known = this.#known.get(id);
    if (!known) {
      const never = { movedAt: undefined, from: -Infinity, to: -Infinity, readAt: now() };
      known = { id, state: undefined, source: 'event', isDoubtful: false, ...never };
      this.#known.set(id, known);
    }
    return known;
  }

  /**
   * The connections that are to be read now: the doubtful ones; while something goes on, those that
   * synchronise or are still unknown, now and then; and those that have changed, once they are quiet, so that
   * a loss at the end of a synchronisation shows.
   */
  toRead(isClose: boolean, { reconcile, closeFor }: Schedule): string[] {
    const at = now();
    const isDue = ({ isDoubtful, movedAt = Infinity, state, readAt }: KnownConnection): boolean => {
      const isOpen = isClose && (state?.syncing ?? true);
      const age = at - readAt;
      return (
        isDoubtful ||
        age >= (isOpen ? reconcile : QUIET_RECONCILE) ||
        (!isOpen && at - movedAt >= closeFor / 2)
      );
    };
    return [...this.#known.values()].filter(isDue).map(({ id }) => id);
  }

  take(finding: Finding): void {
    const reader = this.#reader;
    switch (finding.kind) {
      case 'queue': {
        const { queueId, isNew } = finding;
        this.queueId = queueId;
        this.isProven = isNew;
        if (isNew) this.askedAt = now();
        reader.tell(isNew ? 'subscribed' : 'resumed', { queueId });
        break;
      }
      case 'expired':
        this.queueId = undefined;
        reader.tell('expired', { queueId: finding.queueId });
        break;
      case 'gap':
        for (const known of this.#known.values()) known.isDoubtful = true;
        reader.tell('gap', { reason: finding.reason, since: finding.since });
        break;
      case 'track': {
        const known = this.connection(finding.connectionId);
        known.isDoubtful ||= !known.state;
        break;
      }
      case 'poll':
        this.#poll(finding);
        break;
      case 'reading':
        this.#read(finding);
        break;
      case 'reconciled':
        reader.tell('reconciled', { connectionIds: finding.connectionIds });
        break;
    }
  }

  /** What a tab that comes needs to know. */
  share(): SharedState {
    const { queueId, isProven, soundAt, lastEvent, askedAt } = this;
    const connections = [...this.#known.values()].map(({ id, state, isDoubtful, from, to }) => {
      return { id, state, isDoubtful, from, to };
    });
    return { queueId, isProven, soundAt, lastEvent, askedAgo: now() - askedAt, connections };
  }

  /** Takes over what another tab knows. */
  adopt({ queueId, isProven, soundAt, lastEvent, askedAgo, connections }: SharedState): void {
    // While this tab was away, the others got events that it never will.
    if (this.queueId !== undefined && lastEvent !== this.lastEvent)
      this.take({ kind: 'gap', reason: 'woken', since: this.soundAt });
    if (queueId !== undefined && queueId !== this.queueId)
      this.take({ kind: 'queue', queueId, isNew: false });
    this.isProven = isProven;
    this.soundAt = soundAt;
    this.lastEvent = lastEvent;
    this.askedAt = now() - askedAgo;
    for (const { id, state, isDoubtful, from, to } of connections) {
      const known = this.connection(id);
      const before = known.state;
      Object.assign(known, { isDoubtful, from, to });
      this.#set(known, state, 'reconcile');
      if (known.state !== before) this.#tellOf(known, before);
    }
  }

  #poll({ queueId, events, at, duration }: Extract<Finding, { kind: 'poll' }>): void {
    const seen = this.#seen;
    this.isProven = true;
    this.#heardAt = now();
    this.askedAt = this.#heardAt - duration;
    this.soundAt = Math.floor(at - duration / 1000);
    this.largest = Math.max(this.largest, events.length);
    seen.limit = Math.max(LEAST_MEMORY, 2 * this.largest);
    let fresh = 0;
    for (const event of events) {
      const isNew = !seen.has(event.id);
      seen.add(event.id);
      if (!isNew) continue;
      if (this.#reader.isOver()) {
        this.wasCut = true;
        return;
      }
      fresh += 1;
      this.lastEvent = event.id;
      this.#event(event, event.creation_date ?? at);
    }
    this.#reader.tell('poll', { queueId, events: fresh, duration });
  }

  #event(event: QueueEvent, at: number): void {
    this.#clock.see(at);
    const connection = connectionOf(event);
    const known = connection && this.connection(connection.id);
    const before = known?.state;
    if (known) this.#apply(known, event, at);
    this.#reader.deliver(event);
    if (known && known.state !== before) this.#tellOf(known, before);
  }

  #apply(known: KnownConnection, event: QueueEvent, at: number): void {
    if (at < (known.state?.updatedAt ?? known.from)) {
      // Late: older than another event, or than a reading by clocks that may differ.
      known.isDoubtful ||= at >= known.from || !this.#clock.isSure;
      return;
    }
    this.#set(known, applyEvent(known.state, event, at, this.#kindOf), 'event');
    known.isDoubtful ||= at <= known.to || leavesOpen(known.state, event);
  }

  #read({ connectionId, connection, from, to }: Extract<Finding, { kind: 'reading' }>): void {
    const known = this.connection(connectionId);
    const before = known.state;
    Object.assign(known, { from, to, isDoubtful: false, movedAt: undefined, readAt: now() });
    if (connection) this.#set(known, applyReading(before, connection, from, this.#kindOf), 'reconcile');
    else if (before) this.#set(known, applyRemoval(before, from), 'reconcile');
    if (known.state !== before) this.#tellOf(known, before);
  }

  #set(known: KnownConnection, state: ConnectionState | undefined, source: ChangeSource): void {
    if (!state) return;
    this.changes += 1;
    known.state = state;
    known.source = source;
    this.states.set(known.id, state);
  }

  #tellOf(known: KnownConnection, previous: ConnectionState | undefined): void {
    const { id, state, source } = known;
    if (!state) return;
    const changed = changedChannels(previous, state);
    if (changed.length || differ(previous, state)) {
      if (source === 'event') known.movedAt = this.#heardAt;
      for (const { previous: was, channel } of changed) {
        const { id: channelDefinitionId, kind, status, action } = channel;
        const told = { connectionId: id, channelDefinitionId, kind, status, action, source };
        this.#reader.tell('channel', { ...told, previous: was?.status });
      }
      this.#reader.tell('connection', { connection: state, previous, source });
    }
    this.#reader.moved(known);
  }
}

/** Whether an event says something of a channel that nobody knows, so that its meaning is lost on the state. */
function leavesOpen(
  state: ConnectionState | undefined,
  { event_type, channel_definition_id: id }: QueueEvent,
): boolean {
  return !!state?.channels.size && (id ? !state.channels.has(id) : isAction(event_type));
}
