import { now } from '../../time.ts';
import type { Schedule } from '../pace/schedule.ts';
import { type ConnectionStatus, isAction, waitsForUser } from '../server/event-types.ts';
import { type Connection, connectionOf, type QueueEvent } from '../server/events.ts';
import { changedChannels, differ } from './connection-changes.ts';
import type { ChannelKindOf, ConnectionState } from './connection-state.ts';
import { applyEvent, applyReading, applyRemoval } from './connections.ts';
import type { KnownConnection, Reading, SharedConnection } from './known-connection.ts';
import type { PollerEvents } from './poller-events.ts';
import type { ChangeSource } from './poller-terms.ts';
import { SyncCount } from './sync-count.ts';

/** What a change of a connection calls. */
export interface ConnectionsListener {
  /** Emits one of the poller's own events. */
  emit<K extends keyof PollerEvents>(type: K, event: PollerEvents[K]): void;
  /** What is known of a connection has changed; perhaps only its time. */
  changed(connection: KnownConnection): void;
  /** A synchronisation now waits for the user. */
  waitsForUser(): void;
  /** Whether the session has ended, so that nothing more is emitted. */
  isOver(): boolean;
}

/** What the rest of the poller may read. */
export type ConnectionsView = Readonly<
  Pick<KnownConnections, 'states' | 'changes' | 'ids' | 'isSyncing' | 'nextRead' | 'find'>
>;

type Known = { -readonly [K in keyof KnownConnection]: KnownConnection[K] } & { syncs: SyncCount };

/** While nothing happens, a connection is read again after this time, in case an event was lost unnoticed. In ms. */
const QUIET_RECONCILE = 3_600_000;
/** After so many failed reads in a row, a connection causes no more polls. It is read after the next regular poll. */
const URGENT_READS = 10;

const NOT_READ = {
  movedAt: undefined,
  from: -Infinity,
  to: -Infinity,
  failedReads: 0,
  notBefore: 0,
};

/**
 * What is known of each connection, by events and by readings. Only the journal changes it.
 *
 * 1. An event changes the state of its connection, unless the state is newer than the event.
 * 2. If it is unclear which of the two is newer, or if the event is about an unknown channel, the connection is doubtful: the
 *    poller then reads it. So it does after a gap.
 */
export class KnownConnections {
  /** How often the states have changed. */
  changes = 0;

  readonly #states = new Map<string, ConnectionState>();
  readonly #known = new Map<string, Known>();
  readonly #listener: ConnectionsListener;
  readonly #kindOf: ChannelKindOf;

  constructor(listener: ConnectionsListener, kindOf: ChannelKindOf) {
    this.#listener = listener;
    this.#kindOf = kindOf;
  }

  get states(): ReadonlyMap<string, ConnectionState> {
    return this.#states;
  }

  get ids(): string[] {
    return [...this.#known.keys()];
  }

  get isSyncing(): boolean {
    return [...this.#states.values()].some(({ syncing }) => syncing);
  }

  /** When the poller tries again to read a connection, after a failed read. That causes a poll. */
  get nextRead(): number {
    let next = Infinity;
    for (const { failedReads, notBefore } of this.#known.values())
      if (failedReads && failedReads <= URGENT_READS) next = Math.min(next, notBefore);
    return next;
  }

  find(id: string): KnownConnection | undefined {
    return this.#known.get(id);
  }

  /**
   * The connections to read now:
   *
   * 1. those that are doubtful;
   * 2. those that synchronise or have no state yet, every `reconcile` ms; all others every hour;
   * 3. those that have changed, when they are quiet again: events at the end of a synchronisation may be lost.
   *
   * Those whose last read failed come last, and not before their time. Failed reads of all others no longer count.
   */
  chooseReads(isClose: boolean, { reconcile, closeFor }: Schedule): KnownConnection[] {
    const at = now();
    const isDue = (known: Known): boolean => {
      const { isDoubtful, movedAt = Infinity, state, readAt, notBefore } = known;
      const isOpen = isClose && (state?.syncing ?? true);
      const age = at - readAt;
      const isWanted =
        isDoubtful ||
        age >= (isOpen ? reconcile : QUIET_RECONCILE) ||
        (!isOpen && at - movedAt >= closeFor / 2);
      if (!isWanted) known.failedReads = 0; // events have brought the news instead
      return isWanted && at >= notBefore;
    };
    const due = [...this.#known.values()].filter(isDue);
    return due.sort((one, other) => one.failedReads - other.failedReads);
  }

  /** What a tab that has just joined needs to know. */
  share(): SharedConnection[] {
    return [...this.#known.values()].map(({ id, state, isDoubtful, saidWhileRunning, from, to }) => {
      return { id, state, isDoubtful, saidWhileRunning, from, to };
    });
  }

  track(id: string): void {
    const known = this.#get(id);
    known.isDoubtful ||= !known.state;
  }

  /** What is known of these may be out of date. */
  doubt(ids: readonly string[]): void {
    const changed = ids.map((id) => {
      const known = this.#get(id);
      const before = known.state;
      this.#doubt(known);
      return { known, before };
    });
    for (const { known, before } of changed) {
      if (this.#listener.isOver()) return; // a handler has stopped the poller
      if (known.state !== before) this.#emitChanges(known, before);
    }
  }

  /**
   * Applies an event, then delivers it, and then emits the changes.
   *
   * @param at When it was made, in unix seconds.
   * @param isEarly Whether that is later than its answer came, by the clock that readings are dated by. The two clocks then differ.
   * @param heardAt When its answer came, on the clock of `performance.now()`.
   */
  applyEvent(
    event: QueueEvent,
    at: number,
    isEarly: boolean,
    heardAt: number,
    deliver: (event: QueueEvent) => void,
  ): void {
    const connection = connectionOf(event);
    const known = connection && this.#get(connection.id);
    const before = known?.state;
    if (known) this.#applyEventTo(known, event, at, isEarly);
    deliver(event);
    if (known && known.state !== before) this.#emitChanges(known, before, heardAt);
  }

  /** Applies the server's answer to a read. */
  applyReading({ connectionId, connection, from, to }: Reading): void {
    const known = this.#get(connectionId);
    const before = known.state;
    Object.assign(known, NOT_READ, { from, to, isDoubtful: false, readAt: now() });
    if (connection) this.#set(known, applyReading(before, connection, from, this.#kindOf), 'reconcile');
    else if (before) this.#set(known, applyRemoval(before, from), 'reconcile');
    if (connection && known.state) known.syncs.note(before, known.state, connection);
    if (!known.state?.syncing) known.saidWhileRunning = undefined;
    if (known.state !== before) this.#emitChanges(known, before);
  }

  /** Adopts what another tab knows of a connection. */
  adopt({ id, state, isDoubtful, saidWhileRunning, from, to }: SharedConnection): void {
    const known = this.#get(id);
    const before = known.state;
    // The polling tab counts its own failures. It may know less: it could not read the connection yet.
    Object.assign(known, { isDoubtful: isDoubtful || !state, saidWhileRunning, from, to, failedReads: 0 });
    this.#set(known, state ?? before, 'reconcile');
    if (known.state) known.syncs.adopt(before, known.state);
    if (known.state !== before) this.#emitChanges(known, before);
  }

  /** Connections could not be read, or were not tried. */
  postpone(failed: readonly string[], untried: readonly string[], notBefore: number): void {
    for (const id of failed) this.#get(id).failedReads += 1;
    for (const id of [...failed, ...untried]) this.#get(id).notBefore = notBefore;
  }

  /** Reads a connection with the next poll, even if a read has just failed. */
  expedite(id: string): void {
    this.#get(id).notBefore = 0;
  }

  forgetFailures(): void {
    for (const known of this.#known.values()) Object.assign(known, { failedReads: 0, notBefore: 0 });
  }

  clear(): void {
    this.#known.clear();
    this.#states.clear();
    this.changes += 1;
  }

  #get(id: string): Known {
    let known = this.#known.get(id);
    if (!known) {
      known = {
        id,
        state: undefined,
        source: 'event',
        syncs: new SyncCount(),
        isDoubtful: false,
        saidWhileRunning: undefined,
        ...NOT_READ,
        readAt: now(),
      };
      this.#known.set(id, known);
    }
    return known;
  }

  #applyEventTo(known: Known, event: QueueEvent, at: number, isEarly: boolean): void {
    if (at < (known.state?.updatedAt ?? known.from)) {
      // It came late: it is older than another event, or than a reading, whose clock may be ahead of the event's.
      this.#doubt(known);
      return;
    }
    const { state: before, saidWhileRunning, to: readUntil } = known;
    const state = applyEvent(before, event, at, { kindOf: this.#kindOf, saidWhileRunning, readUntil });
    this.#set(known, state, 'event');
    const connection = connectionOf(event);
    if (state && connection) known.syncs.note(before, state, connection);
    known.saidWhileRunning = state?.syncing ? (finalIn(connection) ?? saidWhileRunning) : undefined;
    const wasRead = known.from > -Infinity;
    if (at <= known.to || (isEarly && wasRead) || isOfUnknownChannel(known.state, event)) this.#doubt(known);
  }

  /** Its state may be wrong until it is read. */
  #doubt(known: Known): void {
    known.isDoubtful = true;
    this.#set(known, known.state, known.source);
  }

  #set(known: Known, given: ConnectionState | undefined, source: ChangeSource): void {
    if (!given) return;
    const { isDoubtful } = known;
    const state = given.isDoubtful === isDoubtful ? given : { ...given, isDoubtful };
    if (state === known.state) return;
    this.changes += 1;
    known.state = state;
    known.source = source;
    this.#states.set(known.id, state);
  }

  #emitChanges(known: Known, previous: ConnectionState | undefined, heardAt?: number): void {
    const { id, state, source } = known;
    if (!state) return;
    const changes = changedChannels(previous, state);
    if (changes.length || differ(previous, state)) {
      if (heardAt !== undefined) known.movedAt = heardAt;
      for (const { previous: was, channel } of changes) {
        const { id: channelDefinitionId, kind, status, action } = channel;
        if (waitsForUser(status)) this.#listener.waitsForUser();
        const change = { connectionId: id, channelDefinitionId, kind, status, action, source };
        this.#listener.emit('channel', { ...change, previous: was?.status });
      }
      this.#listener.emit('connection', { connection: state, previous, source });
    }
    this.#listener.changed(known);
  }
}

/** What a connection says of itself, if that is an end. */
function finalIn(connection: Connection | undefined): ConnectionStatus | undefined {
  const { status } = connection ?? {};
  return status && status !== 'RUNNING' ? status : undefined;
}

/** Whether an event is about an unknown channel, so that the state cannot show it. */
function isOfUnknownChannel(
  state: ConnectionState | undefined,
  { event_type, channel_definition_id: id }: QueueEvent,
): boolean {
  return !!state?.channels.size && (id ? !state.channels.has(id) : isAction(event_type));
}
