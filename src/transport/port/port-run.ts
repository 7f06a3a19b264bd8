import { requestError, type StartedRequest } from '../../http/request-error.ts';
import { now } from '../../time.ts';
import type { TransportContext, WidgetRequest } from '../transport.ts';

/** A request of the near side's, on its way over the transport of the far side. */
export interface Run extends StartedRequest {
  readonly request: WidgetRequest;
  readonly context: TransportContext;
  /** When it is over at the latest, on the clock of `performance.now()`. */
  readonly end: number;
  /** Whether that is sooner than the near side expects. */
  readonly isCutShort: boolean;
  /** Aborts its signal. */
  abort(reason: unknown): void;
  /** Why it is over at its end. */
  timeoutError(): unknown;
}

/**
 * What the near side gives its own requests when it has stood still, in ms: it takes what has come meanwhile first. The
 * far side may have stood still with it, and must not give up sooner.
 */
const CATCH_UP = 2_000;

/**
 * The signal is made when it is first asked for: many transports do not look at it.
 *
 * @param timeLeft What the near side gives it, in ms. Its end is for a near side that is gone without a word; one that
 *   is there ends its requests itself.
 * @param longest What the far side gives any request, in ms. That end has to be told.
 * @param dropped Is told what the transport tells of headers.
 */
export function createRun(
  request: WidgetRequest,
  timeLeft: number,
  longest: number,
  dropped: TransportContext['dropped'],
): Run {
  const sent = { request, started: now() };
  const isCutShort = timeLeft > longest;
  const timeout = isCutShort ? longest : timeLeft;
  let controller: AbortController | undefined;

  function getController(): AbortController {
    controller ??= new AbortController();
    return controller;
  }

  return {
    ...sent,
    isCutShort,
    end: sent.started + timeout + (isCutShort ? 0 : CATCH_UP),
    context: {
      deadline: sent.started + timeout,
      dropped,
      get signal() {
        return getController().signal;
      },
    },
    abort: (reason) => getController().abort(reason),
    timeoutError() {
      const why = isCutShort
        ? `The far side gives a request no more than ${timeout} ms`
        : 'The other side’s time for it is over';
      return requestError('TIMEOUT', why, sent, { timeout });
    },
  };
}
