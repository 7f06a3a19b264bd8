import { attempt } from '../attempt.ts';
import { LONGEST_TIMER } from '../longest-timer.ts';
import { now } from '../now.ts';
import type { RequestMessage } from './port-messages.ts';
import { requestError, type SentRequest, type TransportContext } from './transport.ts';

/** A request of the near side's, on its way over the transport of the far side. */
export interface Run extends SentRequest {
  readonly context: TransportContext;
  /** Lets go of what it holds; with a reason, its signal aborts. */
  end(reason?: unknown): void;
}

/**
 * What the near side gives its own requests when it has stood still, in ms: it takes what has come meanwhile first. The
 * far side may have stood still with it, and must not give up sooner.
 */
const CATCH_UP = 2_000;

/**
 * Both the signal and its timer are made when they are first asked for: a transport that does not look at the signal
 * cannot be stopped anyway. The timer is for a near side that is gone without a word; one that is there ends its
 * requests itself.
 *
 * @param leave Is called when nobody can wait for the answer any more, as its time is over.
 * @returns `undefined` for a body that is no JSON.
 */
export function createRun(message: RequestMessage, leave: (reason: unknown) => void): Run | undefined {
  const { requestId, server, type, headers, timeLeft } = message;
  const body: unknown = attempt(() => JSON.parse(message.body));
  if (body === undefined) return undefined;
  const sent = { request: { requestId, server, type, body, headers }, started: now() };
  let controller: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;

  function timeOut(): void {
    const timeout = timeLeft;
    leave(requestError('TIMEOUT', 'The other side’s time for it is over', sent, { timeout }));
  }

  return {
    ...sent,
    context: {
      deadline: sent.started + timeLeft,
      get signal() {
        const patience = timeLeft + CATCH_UP;
        if (!controller && !isOver && patience <= LONGEST_TIMER) timer = setTimeout(timeOut, patience);
        controller ??= new AbortController();
        return controller.signal;
      },
    },
    end(reason) {
      isOver = true;
      clearTimeout(timer);
      if (reason === undefined) return;
      controller ??= new AbortController();
      controller.abort(reason);
    },
  };
}
