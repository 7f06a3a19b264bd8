import { attempt, fieldsOf } from '../../check.ts';
import type { Endpoint } from '../../http/endpoint.ts';
import { stringify } from '../../text/stringify.ts';
import { isAddressableId } from '../server/addressable-id.ts';

/** What is stored in the tab for the next page, in `sessionStorage` by default. Only ids, no token. */
export interface StoredQueue {
  readonly queueId: string;
  readonly connectionIds: readonly string[];
  /** When the queue was read last, in ms since the epoch. */
  readonly askedAt: number;
  /** Whether a read was in flight when the page was left or the poller stopped. Its events may be lost. */
  readonly isReading: boolean;
}

/** Where the queue is stored, and for which user. */
export interface QueueStoreSettings {
  /** Finds the storage. It may throw. */
  readonly storage: () => Storage | undefined;
  readonly baseUrl: Endpoint;
  readonly user?: string | undefined;
}

/** One item of a storage. */
interface Item {
  read(): string | null;
  write(text: string): void;
  remove(): void;
}

/** Stores the queue over a redirect to the bank and back, under a key for each address and each user. */
export class QueueStore {
  readonly #settings: QueueStoreSettings;
  #item: Item | undefined;
  #isCleared = false;

  constructor(settings: QueueStoreSettings) {
    this.#settings = settings;
  }

  /** `undefined` if nothing valid is stored, or if the page may not read the storage. */
  load(): StoredQueue | undefined {
    const read = attempt((): unknown => JSON.parse(this.#findItem()?.read() ?? ''));
    const { queueId, connectionIds, askedAt, isReading } = fieldsOf(read);
    const isWhole = isAddressableId(queueId) && typeof askedAt === 'number' && Array.isArray(connectionIds);
    if (!isWhole) return undefined;
    const ids = connectionIds.filter(isAddressableId);
    // It may be in the future if the machine's clock was set back, or if another script wrote it.
    const wasAskedAt = Math.min(Math.max(0, askedAt), Date.now());
    return { queueId, connectionIds: ids, askedAt: wasAskedAt, isReading: isReading === true };
  }

  /** If the storage is full, or not allowed, the next page starts with a new queue. */
  save(queue: StoredQueue): void {
    attempt(() => this.#findItem()?.write(stringify(queue)));
  }

  /** Removes the stored queue. Nothing is stored after that, since a session that is still ending must not save. */
  clear(): void {
    attempt(() => this.#findItem()?.remove());
    this.#isCleared = true;
  }

  /**
   * Found when it is first used, not before: there may be no page yet. The same one from then on, wherever the page goes, so that
   * all that was stored is removed.
   */
  #findItem(): Item | undefined {
    if (this.#isCleared) return undefined;
    const { storage, baseUrl, user = '' } = this.#settings;
    this.#item ??= itemOf(storage(), `bankside.queue ${baseUrl().href} ${user}`);
    return this.#item;
  }
}

function itemOf(storage: Storage | undefined, key: string): Item | undefined {
  if (!storage) return undefined;
  return {
    read: () => storage.getItem(key),
    write: (text) => storage.setItem(key, text),
    remove: () => storage.removeItem(key),
  };
}
