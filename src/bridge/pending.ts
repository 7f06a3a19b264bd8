import type { WidgetRequest } from '../transport/transport.ts';
import type { Asker, RequestCall } from './calls.ts';

/** A request from its call to its one outcome. */
export class PendingRequest {
  readonly request: WidgetRequest;
  /** Ids compare as strings. */
  readonly id: string;
  /** Who waits for the outcome. */
  readonly askers: Asker[];
  /** On the clock of `performance.now()`, which no change of the system's time moves. */
  readonly started: number = performance.now();
  /** In ms since the epoch. */
  readonly startedAt: number = Date.now();
  /** In ms. */
  timeout: number = Infinity;
  /** Set when the transport has done its part, and there is nothing left to abort. */
  isCarried: boolean = false;
  #controller: AbortController | undefined;

  constructor(call: RequestCall) {
    this.request = call.request;
    this.id = `${call.request.requestId}`;
    this.askers = [call];
  }

  get deadline(): number {
    return this.started + this.timeout;
  }

  /**
   * Made when it is first read: many transports of a page's own never do, and it costs more than the rest of
   * a request.
   */
  get controller(): AbortController {
    this.#controller ??= new AbortController();
    return this.#controller;
  }
}
