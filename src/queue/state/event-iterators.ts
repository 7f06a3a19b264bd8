import type { QueueEvent } from '../server/events.ts';
import { EventIterator } from './event-iterator.ts';

/** How many events are kept for a slow loop, at least. */
const LEAST_BUFFER = 1_000;

/** All `for await` loops over the events. */
export class EventIterators {
  readonly #open: Set<EventIterator> = new Set();
  /** Ended loops that may still have events. Weak references, since a page may never read them to their end. */
  #ended: WeakRef<EventIterator>[] = [];
  /** Whether a slow loop has lost events of the answer that is being delivered. */
  #hasLost = false;

  add(): EventIterator {
    const iterator = new EventIterator(() => this.#open.delete(iterator));
    this.#open.add(iterator);
    return iterator;
  }

  /**
   * @param largest How many events the largest answer held.
   * @returns The event that a slow loop has lost: only the first one while an answer is delivered.
   */
  push(event: QueueEvent, largest: number): QueueEvent | undefined {
    const hadLost = this.#hasLost;
    const limit = Math.max(LEAST_BUFFER, 2 * largest);
    let lost: QueueEvent | undefined;
    for (const iterator of this.#open) lost = iterator.push(event, limit) ?? lost;
    this.#hasLost ||= lost !== undefined;
    return hadLost ? undefined : lost;
  }

  endAnswer(): void {
    this.#hasLost = false;
  }

  /** No more events come. Each loop reads what is buffered, then ends, with the error if there is one. */
  end(error?: unknown): void {
    for (const iterator of this.#open) iterator.end(error);
    const ended = [...this.#open].map((iterator) => new WeakRef(iterator));
    this.#ended = [...this.#ended.filter((reference) => reference.deref()?.isOpen), ...ended];
    this.#open.clear();
  }

  /** The user has logged out: ends each loop, and drops the buffered events, also those of loops that ended before. */
  forget(): void {
    this.end();
    for (const reference of this.#ended) reference.deref()?.drop();
    this.#ended = [];
    this.#hasLost = false;
  }
}
