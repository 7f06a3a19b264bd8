import type { QueueEvent } from '../server/events.ts';

interface Waiting {
  resolve(result: IteratorResult<QueueEvent>): void;
  reject(error: unknown): void;
}

/** One `for await` over the events: holds those that its reader has not taken yet, up to a limit. */
export class EventBuffer implements AsyncIterableIterator<QueueEvent> {
  readonly #leave: () => void;
  readonly #waiting: Waiting[] = [];
  #events: QueueEvent[] = [];
  /** How many of the events have been taken, or dropped. */
  #gone = 0;
  #end: { readonly error: unknown } | undefined;
  #isDropped = false;

  /** @param leave Called when its reader has left. */
  constructor(leave: () => void) {
    this.#leave = leave;
  }

  /** Returns the oldest event, if it had to be dropped for this one. */
  push(event: QueueEvent, limit: number): QueueEvent | undefined {
    const waiting = this.#waiting.shift();
    if (waiting) {
      waiting.resolve({ done: false, value: event });
      return undefined;
    }
    this.#events.push(event);
    return this.#events.length - this.#gone > limit ? this.#take() : undefined;
  }

  /** No more events come. What is held can still be read; then it ends, with the error if there is one. */
  end(error?: unknown): void {
    this.#end = { error };
    for (const waiting of this.#waiting.splice(0)) this.#finish(waiting);
  }

  async next(): Promise<IteratorResult<QueueEvent>> {
    const result = await new Promise<IteratorResult<QueueEvent>>((resolve, reject) => {
      const event = this.#take();
      if (event) resolve({ done: false, value: event });
      else if (this.#end) this.#finish({ resolve, reject });
      else this.#waiting.push({ resolve, reject });
    });
    // A reader goes on in a later turn than that in which its event came: the user may have left in between.
    return this.#isDropped ? { done: true, value: undefined } : result;
  }

  async return(): Promise<IteratorResult<QueueEvent>> {
    this.#leave();
    this.drop();
    return { done: true, value: undefined };
  }

  /** Whether its reader has something to come: events, or the error that ended it. */
  get isOpen(): boolean {
    return this.#events.length > this.#gone || !this.#end || this.#end.error !== undefined;
  }

  /** Ends at once. What is held can't be read any more, nor can the error. */
  drop(): void {
    this.#isDropped = true;
    this.#events = [];
    this.#gone = 0;
    this.end();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #finish({ resolve, reject }: Waiting): void {
    const error = this.#end?.error;
    this.#end = { error: undefined }; // told once
    if (error) reject(error);
    else resolve({ done: true, value: undefined });
  }

  #take(): QueueEvent | undefined {
    const event = this.#events[this.#gone];
    if (!event) return undefined;
    this.#gone += 1;
    // In large steps, since to take from the front an engine moves all that is behind.
    if (this.#gone * 2 > this.#events.length) {
      this.#events = this.#events.slice(this.#gone);
      this.#gone = 0;
    }
    return event;
  }
}
