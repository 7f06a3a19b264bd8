import { onAbort } from '../../abort.ts';
import { sleep } from '../../time.ts';
import { waitPatiently } from './wait-patiently.ts';

/** A read of the queue has begun or ended. */
export interface ReadNote {
  /** The tab that reads. */
  readonly reader: string;
  readonly isUnderWay: boolean;
}

/** How late a message may be that a tab sent before it gave up the lock, in ms. */
const LATE = 1_000;
/** A page has fewer tabs. Any script of its origin can send messages. */
const MOST_READERS = 100;

/** The reads of the queue that have begun and not ended, of this tab and of others. */
export class ReadsUnderWay {
  /** Names this tab. */
  readonly self: string = `tab-${Math.random().toString(36).slice(2)}`;
  readonly #readers = new Set<string>();
  #onEnded: (() => void) | undefined;

  /** The tabs that are reading. */
  get readers(): readonly string[] {
    return [...this.#readers];
  }

  note({ reader, isUnderWay }: ReadNote): void {
    if (!isUnderWay) this.#readers.delete(reader);
    else if (this.#readers.size < MOST_READERS) this.#readers.add(reader);
    if (this.#others.length === 0) this.#onEnded?.();
  }

  /**
   * Waits until the reads of all other tabs have ended. Resolves with the tabs whose reads have not, and forgets these.
   *
   * @param longest How long a read may still take, in ms. 0: the tab that reads is closed or frozen.
   */
  async untilEnded(longest: number, signal: AbortSignal): Promise<readonly string[]> {
    await waitPatiently(LATE, signal);
    if (this.#others.length > 0 && longest > 0) await this.#untilNone(longest, signal);
    if (signal.aborted) return [];
    const cut = this.#others;
    for (const reader of cut) this.#readers.delete(reader);
    return cut;
  }

  get #others(): readonly string[] {
    return this.readers.filter((reader) => reader !== this.self);
  }

  async #untilNone(longest: number, signal: AbortSignal): Promise<void> {
    const ended = new AbortController();
    const stop = (): void => ended.abort();
    this.#onEnded = stop;
    const unsubscribe = onAbort(signal, stop);
    await sleep(longest, ended.signal);
    unsubscribe();
    this.#onEnded = undefined;
  }
}
