import { bindMembers } from '../../bind-members.ts';
import type { QueueEvent } from '../server/events.ts';

interface Waiter {
  resolve(result: IteratorResult<QueueEvent>): void;
  reject(error: unknown): void;
}

/** One `for await` loop over the events: buffers those that the loop has not read yet, up to a limit. */
export class EventIterator implements AsyncIterableIterator<QueueEvent> {
  readonly #unsubscribe: () => void;
  readonly #waiters: Waiter[] = [];
  #events: QueueEvent[] = [];
  /** How many of the events have been read, or dropped. */
  #gone = 0;
  #end: { readonly error: unknown } | undefined;
  #isDropped = false;

  /** @param unsubscribe Is called when the loop has ended early. */
  constructor(unsubscribe: () => void) {
    this.#unsubscribe = unsubscribe;
    bindMembers(this); // a page may keep the loop, too, in a store
  }

  /** Returns the oldest event, if it was dropped to make room. */
  push(event: QueueEvent, limit: number): QueueEvent | undefined {
    const waiter = this.#waiters.shift();
    if (waiter) {
      waiter.resolve({ done: false, value: event });
      return undefined;
    }
    this.#events.push(event);
    return this.#events.length - this.#gone > limit ? this.#shift() : undefined;
  }

  /** No more events come. The loop reads what is buffered, then ends, with the error if there is one. */
  end(error?: unknown): void {
    this.#end = { error };
    for (const waiter of this.#waiters.splice(0)) this.#finish(waiter);
  }

  async next(): Promise<IteratorResult<QueueEvent>> {
    const result = await new Promise<IteratorResult<QueueEvent>>((resolve, reject) => {
      const event = this.#shift();
      if (event) resolve({ done: false, value: event });
      else if (this.#end) this.#finish({ resolve, reject });
      else this.#waiters.push({ resolve, reject });
    });
    // A loop goes on in a later turn than its event: the user may have logged out in between.
    return this.#isDropped ? { done: true, value: undefined } : result;
  }

  async return(): Promise<IteratorResult<QueueEvent>> {
    this.#unsubscribe();
    this.drop();
    return { done: true, value: undefined };
  }

  /** Whether the loop can still read something: events, or the error that ended it. */
  get isOpen(): boolean {
    return this.#events.length > this.#gone || !this.#end || this.#end.error !== undefined;
  }

  /** Ends at once. What is buffered is dropped, and the error too. */
  drop(): void {
    this.#isDropped = true;
    this.#events = [];
    this.#gone = 0;
    this.end();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #finish({ resolve, reject }: Waiter): void {
    const error = this.#end?.error;
    this.#end = { error: undefined }; // the error is thrown once
    if (error) reject(error);
    else resolve({ done: true, value: undefined });
  }

  #shift(): QueueEvent | undefined {
    const event = this.#events[this.#gone];
    if (!event) return undefined;
    this.#gone += 1;
    // In large steps: Array.shift moves all events that are left.
    if (this.#gone * 2 > this.#events.length) {
      this.#events = this.#events.slice(this.#gone);
      this.#gone = 0;
    }
    return event;
  }
}
