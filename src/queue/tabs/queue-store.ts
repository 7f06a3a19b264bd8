import { attempt } from '../../check.ts';
import { stringify } from '../../text/stringify.ts';
import { isAddressableId } from '../server/addressable-id.ts';

/** What is stored in the tab, for the next page. Ids alone, and no token. */
export interface StoredQueue {
  readonly queueId: string;
  readonly connectionIds: readonly string[];
  /** When the queue was read last, in ms since the epoch. */
  readonly askedAt: number;
  /** Whether the page was left, or the poller stopped, in the middle of a read: events may be lost. */
  readonly isReading: boolean;
}

/** Where the queue is stored, and for whom. */
export interface QueueStoreSettings {
  readonly storage: Storage | undefined;
  readonly baseUrl: URL;
  readonly user?: string | undefined;
}

/** Stores the queue over a redirect to the bank and back, under a key for each address and each user. */
export class QueueStore {
  #storage: Storage | undefined;
  readonly #key: string;

  constructor({ storage, baseUrl, user = '' }: QueueStoreSettings) {
    this.#storage = storage;
    this.#key = `bankside.queue ${baseUrl.href} ${user}`;
  }

  /** `undefined` where nothing is stored, or something else, or where the page may not read the storage. */
  load(): StoredQueue | undefined {
    const read = attempt(() => JSON.parse(this.#storage?.getItem(this.#key) ?? ''));
    const { queueId, connectionIds, askedAt, isReading } = read ?? {};
    const isWhole = isAddressableId(queueId) && typeof askedAt === 'number' && Array.isArray(connectionIds);
    if (!isWhole) return undefined;
    const ids = connectionIds.filter(isAddressableId);
    // A time in the future: the machine's clock has been set back, or another script has written the item.
    const wasAskedAt = Math.min(Math.max(0, askedAt), Date.now());
    return { queueId, connectionIds: ids, askedAt: wasAskedAt, isReading: isReading === true };
  }

  /** Where the storage is full, or not allowed, the next page starts with a new queue. */
  save(queue: StoredQueue): void {
    attempt(() => this.#storage?.setItem(this.#key, stringify(queue)));
  }

  /** Clears the storage, and stores nothing any more: a session that is still ending must not save. */
  clear(): void {
    attempt(() => this.#storage?.removeItem(this.#key));
    this.#storage = undefined;
  }
}
