import type { TransportContext, WidgetRequest } from '../transport/transport.ts';
import type { Asker, RequestCall } from './calls.ts';

/** A request from its call to its one outcome. */
export interface PendingRequest {
  readonly request: WidgetRequest;
  /** Ids compare as strings. */
  readonly id: string;
  /** Who waits for the outcome: the one whose call it is, and those who have joined. */
  readonly askers: Asker[];
  /** On the clock of `performance.now()`, which no change of the system's time moves. */
  readonly started: number;
  /** In ms since the epoch. */
  readonly startedAt: number;
  /** In ms. */
  timeout: number;
  /** On the clock of `performance.now()` too. */
  deadline: number;
  /** Gives it up at the transport; there while the transport has it. */
  abort?: ((reason: unknown) => void) | undefined;
  /** Lets go of the signal that may give it up. */
  release?: (() => void) | undefined;
}

export function createPending(call: RequestCall): PendingRequest {
  const { request } = call;
  return {
    request,
    id: `${request.requestId}`,
    askers: [call],
    started: performance.now(),
    startedAt: Date.now(),
    timeout: Infinity,
    deadline: Infinity,
  };
}

/**
 * What the transport is told, as properties of its own, so that a transport that wraps another can spread it.
 * The controller is made when it is first asked for: many transports of a page's own never do, and it costs
 * more than the rest of a request.
 */
export function contextOf(pending: PendingRequest): TransportContext {
  let controller: AbortController | undefined;
  const abortable = (): AbortController => {
    controller ??= new AbortController();
    return controller;
  };
  pending.abort = (reason) => abortable().abort(reason);
  return {
    deadline: pending.deadline,
    get signal() {
      return abortable().signal;
    },
  };
}
