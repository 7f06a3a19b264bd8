import type { ConnectionState } from './connections.ts';
import type { ConnectionsView } from './known-connections.ts';
import type { PollerStatus } from './poller-events.ts';

/** What a poller knows, for UI stores. The same object until something changes. */
export interface QueueSnapshot {
  /** What the poller is doing. */
  readonly status: PollerStatus;
  /** The queue that is being read; undefined while there is none. */
  readonly queueId: string | undefined;
  /** The known connections, by their ids. */
  readonly connections: ReadonlyMap<string, ConnectionState>;
}

/** Makes a new snapshot only when something has changed. */
export class SnapshotCache {
  #snapshot: QueueSnapshot | undefined;
  /** How many changes of the connections the snapshot includes. */
  #changes = 0;
  /** The last snapshot that listeners were called for. */
  #notified: QueueSnapshot | undefined;

  get(
    status: PollerStatus,
    queueId: string | undefined,
    { states, changes }: ConnectionsView,
  ): QueueSnapshot {
    const last = this.#snapshot;
    if (last?.status === status && last.queueId === queueId && this.#changes === changes) return last;
    this.#changes = changes;
    this.#snapshot = { status, queueId, connections: new Map(states) };
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
    this.#notified = undefined;
  }
}
