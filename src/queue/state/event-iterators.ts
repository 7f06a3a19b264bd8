import type { QueueEvent } from '../server/events.ts';
import { EventBuffer } from './event-iterator.ts';

/** How many events wait for a slow reader: more, if one answer carries more. */
const LEAST_BUFFER = 1_000;

/** All who read the events with `for await`. */
export class Readers {
  readonly #buffers: Set<EventBuffer> = new Set();
  /** Those that have ended, and may still hold events. Weakly, as a page may never read to their end. */
  #ended: WeakRef<EventBuffer>[] = [];
  /** Whether a slow one has lost events of the answer that is being delivered. */
  #hasLost = false;

  add(): EventBuffer {
    const buffer = new EventBuffer(() => this.#buffers.delete(buffer));
    this.#buffers.add(buffer);
    return buffer;
  }

  /**
   * @param largest How many events the largest answer held.
   * @returns The event that a slow reader has lost for it, the first time in an answer.
   */
  push(event: QueueEvent, largest: number): QueueEvent | undefined {
    const hadLost = this.#hasLost;
    const limit = Math.max(LEAST_BUFFER, 2 * largest);
    let lost: QueueEvent | undefined;
    for (const buffer of this.#buffers) lost = buffer.push(event, limit) ?? lost;
    this.#hasLost ||= lost !== undefined;
    return hadLost ? undefined : lost;
  }

  /** An answer has been delivered. */
  answered(): void {
    this.#hasLost = false;
  }

  /** No more events come: after what is held, each ends, with the error if there is one. */
  end(error?: unknown): void {
    for (const buffer of this.#buffers) buffer.end(error);
    const ended = [...this.#buffers].map((buffer) => new WeakRef(buffer));
    this.#ended = [...this.#ended.filter((reference) => reference.deref()?.isOpen), ...ended];
    this.#buffers.clear();
  }

  /** The user has left: each ends at once, and what is held is dropped, also by those that have ended before. */
  forget(): void {
    this.end();
    for (const reference of this.#ended) reference.deref()?.drop();
    this.#ended = [];
    this.#hasLost = false;
  }
}
