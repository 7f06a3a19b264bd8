import { requestError } from '../../http/request-error.ts';
import { type Alarm, createAlarm } from '../../time.ts';
import type { ServedRequest } from './served-request.ts';

/** If a timer is late by this much, in ms, the page was frozen or blocked. */
const STANDSTILL = 1_000;

/** Timeouts then wait for this long, in ms, so that replies that came meanwhile are handled first. */
const CATCH_UP = 2_000;

/** Limits how many requests a host has in flight, over all of its clients, and for how long. One timer serves all requests. */
export class ServeBounds {
  /** How long the host allows for any request, in ms; `Infinity`: no limit. */
  readonly timeout: number;
  readonly #maxPending: number;
  /** The requests in flight, with the function to call when their time is over. */
  readonly #requests = new Map<ServedRequest, () => void>();
  readonly #alarm: Alarm = createAlarm((time, late) => this.#expire(time, late));
  #isPutOff = false;

  constructor(maxPending: number, timeout: number) {
    this.#maxPending = maxPending;
    this.timeout = timeout;
  }

  /**
   * Adds a request.
   *
   * @param onTimeout Called when its time is over. The request has been removed then.
   * @throws OVERLOADED
   */
  add(request: ServedRequest, onTimeout: () => void): void {
    const maxPending = this.#maxPending;
    if (this.#requests.size >= maxPending) {
      const why = `servePort has ${maxPending} requests in flight already`;
      throw requestError('OVERLOADED', why, request, { maxPending });
    }
    this.#requests.set(request, onTimeout);
    this.#alarm.add(request.expiresAt);
  }

  /** Removes a request. A second call does nothing. */
  remove(request: ServedRequest): void {
    if (this.#requests.delete(request)) this.#alarm.remove(request.expiresAt);
  }

  #expire(time: number, late: number): void {
    // Not twice in a row: in a background page, timers are always late.
    this.#isPutOff = !this.#isPutOff && late > STANDSTILL;
    if (this.#isPutOff) {
      this.#alarm.setFor(time + CATCH_UP);
      return;
    }
    for (const [request, onTimeout] of this.#requests) {
      if (request.expiresAt > time) {
        this.#alarm.setFor(request.expiresAt);
      } else {
        this.remove(request);
        onTimeout();
      }
    }
  }
}
