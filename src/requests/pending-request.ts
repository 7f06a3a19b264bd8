import { attempt } from '../check.ts';
import { stringify } from '../text/stringify.ts';
import { now } from '../time.ts';
import type { WidgetRequest } from '../transport/transport.ts';
import type { RequestCall, Waiter } from './calls.ts';

/** A request from its call to its one outcome. */
export class PendingRequest {
  // `declare`: otherwise each of these fields would be defined twice.
  declare request: WidgetRequest;
  /** Ids compare as strings. */
  declare readonly id: string;
  /** The id that the call came with, of the same type: the widget's reply function gets it. */
  declare readonly replyId: string | number;
  /** The caller, and other callers that sent the same and wait for the same outcome. */
  declare readonly waiters: Waiter[];
  /** On the clock of `performance.now()`, which no change of the system's time moves. */
  readonly started: number = now();
  /** In ms since the epoch. */
  readonly startedAt: number = Date.now();
  /** In ms. */
  timeout = Infinity;
  /** On the clock of `performance.now()`. */
  deadline = Infinity;
  /** How long the page stood still at the deadline, in ms. The deadline was then moved, once. */
  stoodStill: number | undefined;
  /** Whether another request with the same id was pending when this one was added. */
  hasOlder = false;
  /** Whether the transport's promise has settled, so that there is nothing to abort. */
  isSettled = false;
  /** Removes the listener from the caller's signal. */
  unsubscribe: (() => void) | undefined;
  /** The body as JSON text at the time of the call, since the widget may change the object. `undefined`: not JSON. */
  #bodyText: string | undefined;
  #controller: AbortController | undefined;

  constructor(call: RequestCall) {
    const { request, longId = request.requestId } = call;
    const { body } = request;
    this.request = request;
    this.id = `${longId}`;
    this.replyId = longId;
    this.waiters = [call];
    this.#bodyText = typeof body === 'string' ? body : attempt(() => stringify(body));
  }

  /** For the transport. Created on first use: many transports never read it, and it costs more than the rest of a request. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    return this.#controller.signal;
  }

  abort(reason: unknown): void {
    this.#controller ??= new AbortController(); // the transport may read the signal later
    this.#controller.abort(reason);
  }

  /** Whether both would send the same to the same server. */
  equals(other: PendingRequest): boolean {
    const { server, body } = this.request;
    if (server !== other.request.server) return false;
    // Bodies that are not JSON are the same only if they are one object.
    return this.#bodyText === undefined ? body === other.request.body : this.#bodyText === other.#bodyText;
  }

  /** Whether a waiter is left. */
  get isAwaited(): boolean {
    return this.waiters.some(({ wantsReply, callbacks }) => wantsReply || callbacks[0]);
  }

  /** The widget's reply function gets one reply per id: that of the other request, if that request waits for one. */
  yieldReplyTo(other: PendingRequest): void {
    if (!other.waiters.some(({ wantsReply }) => wantsReply)) return;
    for (const waiter of this.waiters) waiter.wantsReply = false;
  }

  /** Frees memory after the outcome is reported: a transport that never settles keeps this object for ever. */
  clear(): void {
    this.#bodyText = undefined;
    this.waiters.length = 0;
    if (!this.isSettled) this.request = { ...this.request, body: undefined, headers: {} };
  }
}
