import type { AnyBanksideError } from '../../errors.ts';
import { now } from '../../time.ts';
import type { ConnectionState } from './connection-state.ts';
import type { ConnectionsView } from './known-connections.ts';
import type { PollerStatus } from './poller-terms.ts';

/** Why the queue cannot be read at the moment. */
export interface PollFailure {
  /** Why the last poll failed. */
  readonly error: AnyBanksideError;
  /** When the queue is polled again, in ms since the epoch: agrees with `nextPollIn`. `undefined` while nobody polls. */
  readonly retryAt: number | undefined;
}

/** What a poller knows, for UI stores. The same object until something changes. */
export interface QueueSnapshot {
  /** What the poller is doing. */
  readonly status: PollerStatus;
  /** The queue that is being read; undefined while there is none. */
  readonly queueId: string | undefined;
  /** The known connections, by their ids. */
  readonly connections: ReadonlyMap<string, ConnectionState>;
  /** Why the last poll failed, and when the next one is; undefined as soon as a poll succeeds. */
  readonly failure?: PollFailure | undefined;
}

/** What a snapshot is made of. */
export interface SnapshotParts {
  readonly status: PollerStatus;
  readonly queueId: string | undefined;
  readonly error: AnyBanksideError | undefined;
  /** When the queue is polled next, on the clock of `performance.now()`. `undefined` while nobody polls. */
  readonly due: number | undefined;
  /** How often the connections have changed. */
  readonly changes: number;
}

/** Makes a new snapshot only when something has changed. */
export class SnapshotCache {
  #snapshot: QueueSnapshot | undefined;
  #parts: SnapshotParts | undefined;
  /** The last snapshot that listeners were called for. */
  #notified: QueueSnapshot | undefined;

  get(given: SnapshotParts, { states }: Pick<ConnectionsView, 'states'>): QueueSnapshot {
    // While no poll fails, snapshots do not show when the next one is.
    const parts = given.error ? given : { ...given, due: undefined };
    const last = this.#parts;
    if (this.#snapshot && last && isSame(parts, last)) return this.#snapshot;
    const { status, queueId, error, due, changes } = parts;
    const retryAt = due === undefined ? undefined : Math.round(Date.now() + Math.max(0, due - now()));
    // A copy for each change: a page may freeze what it gets.
    const connections =
      this.#snapshot && last?.changes === changes ? this.#snapshot.connections : new Map(states);
    this.#parts = parts;
    this.#snapshot = { status, queueId, connections, failure: error && { error, retryAt } };
    return this.#snapshot;
  }

  /** Whether to call listeners for this snapshot. */
  isNews(snapshot: QueueSnapshot): boolean {
    const isNews = snapshot !== this.#notified;
    this.#notified = snapshot;
    return isNews;
  }

  clear(): void {
    this.#snapshot = undefined;
    this.#parts = undefined;
    this.#notified = undefined;
  }
}

function isSame(one: SnapshotParts, other: SnapshotParts): boolean {
  return (Object.keys(one) as (keyof SnapshotParts)[]).every((key) => one[key] === other[key]);
}
