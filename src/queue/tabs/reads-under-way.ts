import { onAbort } from '../../abort.ts';
import { sleep } from '../../time.ts';
import { waitPatiently } from './wait-patiently.ts';

/** A read of the queue has begun or ended. */
export interface ReadNote {
  /** The tab that reads. */
  readonly reader: string;
  readonly isUnderWay: boolean;
}

/** Reads that were cut off. */
export interface CutReads {
  /** The tabs that have read. */
  readonly readers: readonly string[];
  /** Whether they were cut off before this tab began to poll. */
  readonly isOld: boolean;
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
  /** The readers that were heard since this tab began to poll: they are at work, and their reads still end. */
  readonly #alive = new Set<string>();
  #onEnded: (() => void) | undefined;

  /** The tabs that are reading. */
  get readers(): readonly string[] {
    return [...this.#readers];
  }

  note({ reader, isUnderWay }: ReadNote): void {
    if (!isUnderWay) this.#readers.delete(reader);
    else if (this.#readers.size < MOST_READERS) {
      this.#readers.add(reader);
      this.#alive.add(reader);
    }
    this.#checkEnded();
  }

  /** The polling tab has said who reads. What this tab knew is older: it may have missed the end of a read. */
  replaceOthers(readers: readonly string[]): void {
    for (const reader of this.#others) this.#readers.delete(reader);
    for (const reader of readers) if (reader !== this.self) this.#readers.add(reader);
    this.#checkEnded();
  }

  /** Whether this tab reads. */
  get isReading(): boolean {
    return this.#readers.has(this.self);
  }

  #checkEnded(): void {
    if (this.#others.length === 0) this.#onEnded?.();
  }

  /**
   * Waits until the reads of all other tabs have ended. Resolves with the tabs whose reads have not, and forgets these.
   *
   * @param longest How long a read may still take, in ms.
   * @param isAtWork Whether the tab that polled before is at work. If not, it is closed or frozen, unless it is heard now.
   */
  async untilEnded(longest: number, isAtWork: boolean, signal: AbortSignal): Promise<CutReads> {
    this.#alive.clear();
    await waitPatiently(LATE, signal);
    const isAlive = isAtWork || this.#others.some((reader) => this.#alive.has(reader));
    if (this.#others.length > 0 && isAlive) await this.#untilNone(longest, signal);
    if (signal.aborted) return { readers: [], isOld: false };
    const cut = this.#others;
    for (const reader of cut) this.#readers.delete(reader);
    return { readers: cut, isOld: !isAlive };
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
