import { timeIn } from '../../http/retry-after.ts';
import { now } from '../../time.ts';

/** A later date, in unix seconds, is none that JavaScript could show, or soon leads to one. */
export const LAST_DATE = 8e12;

/**
 * The server's time, which the dates of events are in. It is this machine's own until the server tells better:
 * by the header `Date`, where the page can read it, or by an event that would else come from the future.
 */
export class ServerClock {
  /** Against a clock that nobody can set. In ms. */
  #offset: number = Date.now() - now();
  /** Whether the server has told its time, so that dates of the two can be compared. */
  isSure = false;
  /** What it said when an event had to be compared with it. It is later by now. Unix seconds. */
  #past = -Infinity;

  /** Unix seconds. */
  now(): number {
    return Math.floor((now() + this.#offset) / 1000);
  }

  hear(headers: Headers): void {
    const date = timeIn(headers, 'date');
    if (date === undefined) return;
    this.#offset = date - now();
    this.isSure = true;
    this.#past = -Infinity;
  }

  /** The date of an event that has just come, in unix seconds. */
  see(date: number): void {
    // As nearly all are, and to ask an engine for the time costs more.
    if (date <= this.#past || date > LAST_DATE) return;
    this.#past = this.now();
    if (date > this.#past) this.#offset = date * 1000 - now();
  }
}
