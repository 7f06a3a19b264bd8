import type { QueueSettings } from './queue-options.ts';

/** What outlives the page. Ids alone, and no token. */
export interface StoredQueue {
  readonly queueId: string;
  readonly connectionIds: readonly string[];
  /** When the queue was asked last, in ms since the epoch. */
  readonly askedAt: number;
  /** Whether the page went away in the middle of a read. */
  readonly isReading: boolean;
}

/** Keeps the queue over a redirect to the bank and back, apart for each address and each user. */
export class QueueStore {
  readonly #storage: Storage | undefined;
  readonly #key: string;

  constructor({ storage, baseUrl, user = '' }: QueueSettings) {
    this.#storage = storage;
    this.#key = `bankside.queue ${baseUrl.href} ${user}`;
  }

  load(): StoredQueue | undefined {
    try {
      const { queueId, connectionIds, askedAt, isReading } = JSON.parse(
        this.#storage?.getItem(this.#key) ?? '',
      );
      const isWhole =
        typeof queueId === 'string' && typeof askedAt === 'number' && Array.isArray(connectionIds);
      if (!isWhole) return undefined;
      const ids = connectionIds.filter((id) => id && typeof id === 'string');
      return { queueId, connectionIds: ids, askedAt, isReading: isReading === true };
    } catch {
      return undefined; // nothing there, or something else, or no leave to look
    }
  }

  save(queue: StoredQueue): void {
    try {
      this.#storage?.setItem(this.#key, JSON.stringify(queue));
    } catch {
      // It is full, or the page may not: then the next page begins anew.
    }
  }

  clear(): void {
    try {
      this.#storage?.removeItem(this.#key);
    } catch {
      // It never held anything.
    }
  }
}
