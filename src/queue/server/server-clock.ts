import { timeIn } from '../../http/retry-after.ts';
import { now } from '../../time.ts';

/** Later dates are ignored, since JavaScript cannot show them. In unix seconds. */
export const LAST_DATE = 8e12;

/**
 * The server's time, which the dates of events use. At first it is this machine's time. The header `Date` corrects it, where the
 * page can read that. So does an event that would otherwise come from the future.
 */
export class ServerClock {
  /** Added to `performance.now()`, which nobody can set. In ms. */
  #offset: number = Date.now() - now();
  /** Dates up to this one do not move the clock. Unix seconds. */
  #past = -Infinity;

  /** Unix seconds. */
  now(): number {
    return Math.floor((now() + this.#offset) / 1000);
  }

  /** Sets the clock by the header `Date` of an answer. */
  readDate(headers: Headers): void {
    const date = timeIn(headers, 'date');
    if (date === undefined) return;
    this.#offset = date - now();
    this.#past = -Infinity;
  }

  /** Sets the clock by an event that has just come, if that is dated later. `date` in unix seconds. */
  readEventDate(date: number): void {
    // First, since it holds for nearly all events, and reading the engine's clock costs more.
    if (date <= this.#past || date > LAST_DATE) return;
    this.#past = this.now();
    if (date > this.#past) this.#offset = date * 1000 - now();
  }
}
