import { attempt } from '../check.ts';
import { now } from '../time.ts';
import type { RequestAttempt, TransportContext, WidgetRequest } from '../transport/transport.ts';
import type { Asker, RequestCall } from './calls.ts';
import { asJson } from './replies.ts';

/** A request from its call to its one outcome. */
export interface PendingRequest {
  request: WidgetRequest;
  /** Ids compare as strings. */
  readonly id: string;
  /** What the widget's reply function is given: the id that the call came with. */
  readonly replyId: string | number;
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
  /** How long the page stood still when the deadline had come, in ms. It was then put off once. */
  stoodStill: number | undefined;
  /** The body as text, as it was when the widget asked: it may change an object. None of what JSON cannot say. */
  bodyText: string | undefined;
  /** Whether another request of the same id was pending already. */
  hasOlder: boolean;
  /** Set when the transport has done its part, and there is nothing left to abort. */
  isCarried: boolean;
  controller: AbortController | undefined;
  /** Lets go of the signal that may give it up. */
  release?: (() => void) | undefined;
}

export function createPending(call: RequestCall): PendingRequest {
  const { request, longId = request.requestId } = call;
  return {
    request,
    id: `${longId}`,
    replyId: longId,
    askers: [call],
    started: now(),
    startedAt: Date.now(),
    timeout: Infinity,
    deadline: Infinity,
    stoodStill: undefined,
    bodyText: typeof request.body === 'string' ? request.body : attempt(() => asJson(request.body)),
    hasOlder: false,
    // All fields from the beginning: an engine finds room for later ones elsewhere, which costs time and memory.
    isCarried: false,
    controller: undefined,
    release: undefined,
  };
}

/** What the transport is told, as properties of its own, so that a transport that wraps another can spread it. */
export function contextOf(
  pending: PendingRequest,
  attempt: (attempt: RequestAttempt) => void,
  dropped: (names: readonly string[]) => void,
): TransportContext {
  return {
    deadline: pending.deadline,
    attempt,
    dropped,
    get signal() {
      return controllerOf(pending).signal;
    },
  };
}

/**
 * Made when it is first asked for: many transports of a page's own never do, and it costs more than the rest of
 * a request.
 */
export function controllerOf(pending: PendingRequest): AbortController {
  pending.controller ??= new AbortController();
  return pending.controller;
}

/**
 * Leaves of a request whose outcome has been told what a late answer is told by: a transport that never settles holds it
 * for ever.
 */
export function strip(pending: PendingRequest): void {
  pending.bodyText = undefined;
  pending.askers.length = 0;
  if (!pending.isCarried) pending.request = { ...pending.request, body: undefined, headers: {} };
}
