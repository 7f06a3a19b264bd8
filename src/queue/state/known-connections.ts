import { now } from '../../time.ts';
import type { Schedule } from '../pace/schedule.ts';
import { isAction } from '../server/event-types.ts';
import { connectionOf, type QueueEvent } from '../server/events.ts';
import {
  applyEvent,
  applyReading,
  applyRemoval,
  type ConnectionState,
  changedChannels,
  differ,
  type KindOf,
} from './connections.ts';
import type { ChangeSource, PollerEvents } from './poller-events.ts';
import type { Finding } from './update.ts';

/** Who hears of what becomes known of the connections. */
export interface ConnectionReader {
  /** One of the poller's own events. */
  tell<K extends keyof PollerEvents>(type: K, event: PollerEvents[K]): void;
  /** What is known of a connection is not what it was, be it only its time. */
  moved(connection: KnownConnection): void;
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
  /** How often it could not be read, in a row. */
  failedReads: number;
  /** It is not read before, on the clock of `performance.now()`; 0 unless a read has failed. */
  notBefore: number;
}

/** What a tab takes in of what another one knows of a connection. Plain data. */
export type SharedConnection = Pick<KnownConnection, 'id' | 'state' | 'isDoubtful' | 'from' | 'to'>;

/** How old a reading may become while nothing goes on. A loss that nothing tells of is mended then. In ms. */
const QUIET_RECONCILE = 3_600_000;
/** A poll is sent for one that has failed no more often than so in a row. One that fails on and on waits for polls as they come. */
const URGENT_READS = 10;

const NOT_READ = {
  movedAt: undefined,
  from: -Infinity,
  to: -Infinity,
  failedReads: 0,
  notBefore: 0,
};

/**
 * What is known of each connection, by events and by readings.
 *
 * 1. An event changes the state of its connection, unless what is known is newer than the event.
 * 2. Where that can't be told, or where the event leaves something open, the connection is doubtful: it is to
 *    be read.
 */
export class KnownConnections {
  readonly states: Map<string, ConnectionState> = new Map();
  /** How often the states have changed. */
  changes = 0;

  readonly #known = new Map<string, KnownConnection>();
  readonly #reader: ConnectionReader;
  readonly #kindOf: KindOf;

  constructor(reader: ConnectionReader, kindOf: KindOf) {
    this.#reader = reader;
    this.#kindOf = kindOf;
  }

  get ids(): string[] {
    return [...this.#known.keys()];
  }

  get isSyncing(): boolean {
    return [...this.states.values()].some(({ syncing }) => syncing);
  }

  has(id: string): boolean {
    return this.#known.has(id);
  }

  /** What is known of a connection, which is known from now on. */
  get(id: string): KnownConnection {
    let known = this.#known.get(id);
    if (!known) {
      known = { id, state: undefined, source: 'event', isDoubtful: false, ...NOT_READ, readAt: now() };
      this.#known.set(id, known);
    }
    return known;
  }

  clear(): void {
    this.#known.clear();
    this.states.clear();
    this.changes += 1;
  }

  /** What is known of it may not be so: it is to be read. */
  doubt(id: string): void {
    this.get(id).isDoubtful = true;
  }

  /** Events may have been lost: each is to be read. */
  doubtAll(): void {
    for (const known of this.#known.values()) known.isDoubtful = true;
  }

  /**
   * The connections that are to be read now: the doubtful ones; while something goes on, those that
   * synchronise or are still unknown, now and then; and those that have changed, once they are quiet, so that
   * a loss at the end of a synchronisation shows. Those that could not be read come last, and when it is time.
   */
  toRead(isClose: boolean, { reconcile, closeFor }: Schedule): KnownConnection[] {
    const at = now();
    const isDue = (known: KnownConnection): boolean => {
      const { isDoubtful, movedAt = Infinity, state, readAt, notBefore } = known;
      const isOpen = isClose && (state?.syncing ?? true);
      const age = at - readAt;
      const isWanted =
        isDoubtful ||
        age >= (isOpen ? reconcile : QUIET_RECONCILE) ||
        (!isOpen && at - movedAt >= closeFor / 2);
      if (!isWanted) known.failedReads = 0; // what it was to be read for has come another way
      return isWanted && at >= notBefore;
    };
    const due = [...this.#known.values()].filter(isDue);
    return due.sort((one, other) => one.failedReads - other.failedReads);
  }

  /** When one that could not be read is to be tried again, and a poll to be sent for it. */
  get nextRead(): number {
    let next = Infinity;
    for (const { failedReads, notBefore } of this.#known.values())
      if (failedReads && failedReads <= URGENT_READS) next = Math.min(next, notBefore);
    return next;
  }

  /**
   * Takes in an event, which is delivered once the state has it, and before its changes are told.
   *
   * @param at When it was made, in unix seconds.
   * @param isSure Whether that can be compared with when the connection was read.
   * @param heardAt When its answer came, on the clock of `performance.now()`.
   */
  hear(
    event: QueueEvent,
    at: number,
    isSure: boolean,
    heardAt: number,
    deliver: (event: QueueEvent) => void,
  ): void {
    const connection = connectionOf(event);
    const known = connection && this.get(connection.id);
    const before = known?.state;
    if (known) this.#apply(known, event, at, isSure);
    deliver(event);
    if (known && known.state !== before) this.#tellOf(known, before, heardAt);
  }

  /** Takes in what the server says of a connection when it is asked. */
  read({ connectionId, connection, from, to }: Extract<Finding, { kind: 'reading' }>): void {
    const known = this.get(connectionId);
    const before = known.state;
    Object.assign(known, NOT_READ, { from, to, isDoubtful: false, readAt: now() });
    if (connection) this.#set(known, applyReading(before, connection, from, this.#kindOf), 'reconcile');
    else if (before) this.#set(known, applyRemoval(before, from), 'reconcile');
    if (known.state !== before) this.#tellOf(known, before);
  }

  /** Whatever became of reading them: those that are to be read are read with the next poll. */
  forgetFailures(): void {
    for (const known of this.#known.values()) Object.assign(known, { failedReads: 0, notBefore: 0 });
  }

  /** What a tab that comes needs to know. */
  share(): SharedConnection[] {
    return [...this.#known.values()].map(({ id, state, isDoubtful, from, to }) => {
      return { id, state, isDoubtful, from, to };
    });
  }

  /** Takes over what another tab knows of a connection. */
  adopt({ id, state, isDoubtful, from, to }: SharedConnection): void {
    const known = this.get(id);
    const before = known.state;
    Object.assign(known, { isDoubtful, from, to, failedReads: 0 }); // whoever polls now tries it in its own time
    this.#set(known, state, 'reconcile');
    if (known.state !== before) this.#tellOf(known, before);
  }

  #apply(known: KnownConnection, event: QueueEvent, at: number, isSure: boolean): void {
    if (at < (known.state?.updatedAt ?? known.from)) {
      // Late: older than another event, or than a reading by clocks that may differ.
      known.isDoubtful ||= at >= known.from || !isSure;
      return;
    }
    this.#set(known, applyEvent(known.state, event, at, this.#kindOf), 'event');
    known.isDoubtful ||= at <= known.to || leavesOpen(known.state, event);
  }

  #set(known: KnownConnection, state: ConnectionState | undefined, source: ChangeSource): void {
    if (!state) return;
    this.changes += 1;
    known.state = state;
    known.source = source;
    this.states.set(known.id, state);
  }

  #tellOf(known: KnownConnection, previous: ConnectionState | undefined, heardAt?: number): void {
    const { id, state, source } = known;
    if (!state) return;
    const changed = changedChannels(previous, state);
    if (changed.length || differ(previous, state)) {
      if (heardAt !== undefined) known.movedAt = heardAt;
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
