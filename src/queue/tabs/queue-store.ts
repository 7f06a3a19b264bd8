import { attempt } from '../../check.ts';
import { stringify } from '../../text/stringify.ts';
import type { QueueSettings } from '../poller-options.ts';
import { canBeAsked } from '../server/can-be-asked.ts';

/** What outlives the page. Ids alone, and no token. */
export interface StoredQueue {
  readonly queueId: string;
  readonly connectionIds: readonly string[];
  /** When the queue was asked last, in ms since the epoch. */
  readonly askedAt: number;
  /** Whether the page went away, or the poller was stopped, in the middle of a read: events may be lost. */
  readonly isReading: boolean;
}

/** Keeps the queue over a redirect to the bank and back, apart for each address and each user. */
export class QueueStore {
  #storage: Storage | undefined;
  readonly #key: string;

  constructor({ storage, baseUrl, user = '' }: QueueSettings) {
    this.#storage = storage;
    this.#key = `bankside.queue ${baseUrl.href} ${user}`;
  }

  /** Undefined where nothing is stored, or something else, or where the page may not look. */
  load(): StoredQueue | undefined {
    const read = attempt(() => JSON.parse(this.#storage?.getItem(this.#key) ?? ''));
    const { queueId, connectionIds, askedAt, isReading } = Object(read);
    const isWhole = canBeAsked(queueId) && typeof askedAt === 'number' && Array.isArray(connectionIds);
    if (!isWhole) return undefined;
    const ids = connectionIds.filter(canBeAsked);
    // Another script may have written it, and whoever sets the clock back makes a time that has not come yet.
    const wasAskedAt = Math.min(Math.max(0, askedAt), Date.now());
    return { queueId, connectionIds: ids, askedAt: wasAskedAt, isReading: isReading === true };
  }

  /** Where it is full, or the page may not, the next page begins anew. */
  save(queue: StoredQueue): void {
    attempt(() => this.#storage?.setItem(this.#key, stringify(queue)));
  }

  /** For good: a session that is on its way out saves nothing any more. */
  clear(): void {
    attempt(() => this.#storage?.removeItem(this.#key));
    this.#storage = undefined;
  }
}
