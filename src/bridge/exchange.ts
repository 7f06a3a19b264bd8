import { callSafely, type Emitter } from '../emitter.ts';
import { type AnyBanksideError, describe, isBanksideError } from '../errors.ts';
import { requestError } from '../transport/transport.ts';
import { createAlarm } from './alarm.ts';
import type { Attachment } from './attachment.ts';
import type { InnerEvents } from './bridge-events.ts';
import { type BridgeSettings, readTimeout } from './bridge-options.ts';
import type { RequestCall } from './calls.ts';
import { PendingRequest } from './pending.ts';
import { asJson, formReply, parseReply, REPLY_FORMS, unfitReply } from './replies.ts';

/** The requests of one bridge, on their way to their one outcome each. */
export interface Exchange {
  /** Whom the answers go to. */
  attachment: Attachment | undefined;
  /** What is pending, oldest first. A copy: requests may end while it is walked. */
  list(): PendingRequest[];
  /** Runs a call that must not see a throw, nor an answer before it has returned. */
  duringCall(call: () => void): void;
  /** Sends what a call asks for, or answers why not. */
  submit(call: RequestCall): PendingRequest;
  /** The door. Returns whether somebody waited for the reply. */
  receive(response: unknown, requestId: string | number): boolean;
  /** Gives a request up. `reason` becomes the cause of its error. */
  abort(pending: PendingRequest, reason?: unknown): void;
  /** Ends everything that is pending, and refuses what comes after. */
  close(reason: unknown): void;
}

/**
 * How many answered ids are still known to have been answered: enough to tell a late reply from a stray one.
 */
const REMEMBERED = 1_000;

/**
 * Brings each request to its one outcome.
 *
 * 1. A request is pending from its call until it is taken out, once, by whichever comes first: the
 *    transport's answer, a reply at the door, its timeout, an abort, the close of the exchange. All of them
 *    pass `end`.
 * 2. The outcome goes to those who asked, and then to the page as an event.
 * 3. Nobody is answered while a call is on the stack: a widget may not be ready for an answer before its own
 *    call has returned.
 * 4. One timer stands for all requests. It is cleared when the last has ended and the turn is over: often the
 *    next one comes within it.
 */
export function createExchange(settings: BridgeSettings, { emit }: Emitter<InnerEvents>): Exchange {
  const { transport, maxPending } = settings;
  const byId = new Map<string, PendingRequest>();
  const settled = Promise.resolve();
  const alarm = createAlarm(timeOut);
  // What was answered of late, in two generations: to drop single ids, an engine walks over all those that
  // were dropped before.
  let answered = new Set<string>();
  let answeredBefore = answered;
  let callsOnStack = 0;
  let disposed: ((pending: PendingRequest) => AnyBanksideError) | undefined;

  /** Why a request is not sent, if so. */
  function refusal(pending: PendingRequest, call: RequestCall): AnyBanksideError | undefined {
    let { error }: { error?: AnyBanksideError } = call;
    try {
      // First of all, as it calls the page, which may change everything that is looked at below.
      pending.timeout = readTimeout(call.timeout ?? settings.timeout, call.request);
    } catch (unfit) {
      error ??= unfit as AnyBanksideError;
    }
    const first = byId.get(pending.id);
    if (first) join(first, pending);
    if (error) return error;
    if (disposed) return disposed(pending);
    if (call.signal?.aborted) return aborted(pending, call.signal.reason);
    if (first) {
      return requestError('DUPLICATE_REQUEST', 'An id that is pending already is not sent again', pending);
    }
    if (byId.size >= maxPending) {
      return requestError('OVERLOADED', `${maxPending} requests are pending already`, pending, {
        maxPending,
      });
    }
    return undefined;
  }

  function send(pending: PendingRequest): void {
    const { request } = pending;
    let answer: unknown;
    try {
      answer = transport.send(request, pending);
    } catch (error) {
      answer = Promise.reject(error);
    }
    Promise.resolve(answer).then(
      (response) => {
        if (response === undefined) return; // it will come to the door
        pending.isCarried = true;
        // A late answer meets nobody, even where the widget has used the id again.
        if (has(pending)) reply(pending, response);
        else orphan(request.requestId);
      },
      (cause) => {
        pending.isCarried = true;
        end(
          pending,
          isBanksideError(cause)
            ? cause
            : requestError('NETWORK', 'The transport failed', pending, {}, cause),
        );
      },
    );
  }

  function reply(pending: PendingRequest, response: unknown): void {
    let parsed: unknown;
    let error: AnyBanksideError | undefined;
    try {
      parsed = parseReply(response);
    } catch {
      error = unfitReply(pending, REPLY_FORMS, describe(response));
    }
    end(pending, error, parsed);
  }

  /** Ends what is due, and returns the next deadline. */
  function timeOut(now: number): number {
    let next = Infinity;
    for (const pending of byId.values()) {
      const { deadline, timeout } = pending;
      if (deadline > now) next = Math.min(next, deadline);
      else end(pending, requestError('TIMEOUT', `No answer in ${timeout} ms`, pending, { timeout }));
    }
    return next;
  }

  /** The one way out. Whoever comes second finds nothing to end. */
  function end(pending: PendingRequest, error: AnyBanksideError | undefined, response?: unknown): void {
    if (!has(pending)) return;
    byId.delete(pending.id);
    if (answered.add(pending.id).size >= REMEMBERED) {
      answeredBefore = answered;
      answered = new Set();
    }
    if (!pending.isCarried) pending.controller.abort(error);
    emit('change', undefined);
    tell(pending, error, response);
    if (!byId.size) settled.then(() => byId.size || alarm.clear());
  }

  /** Hands an outcome to those who asked, and tells the page. */
  function tell(pending: PendingRequest, error: AnyBanksideError | undefined, response?: unknown): void {
    const { attachment } = exchange;
    const { request, started } = pending;
    const duration = performance.now() - started;
    const run = (): void => {
      let failure = error;
      for (const { callbacks, replies, isPage } of pending.askers) {
        const [form, problem] = isPage
          ? [error ?? response, error]
          : formReply(settings, request, error, response);
        if (problem !== error) failure = problem;
        if (callbacks) callSafely(() => callbacks[problem ? 1 : 0](form as never));
        if (replies && !attachment?.answer(form, request.requestId)) {
          failure = requestError(
            'NO_CHANNEL',
            'No widget with a reply function is attached',
            pending,
            {},
            problem,
          );
        }
      }
      if (failure) emit('failure', { request, error: failure, duration });
      else emit('reply', { request, response, duration });
    };
    if (callsOnStack) settled.then(run);
    else run();
  }

  function has(pending: PendingRequest): boolean {
    return byId.get(pending.id) === pending;
  }

  function orphan(requestId: string | number): void {
    const isSettled = [answered, answeredBefore].some((ids) => ids.has(`${requestId}`));
    emit('orphan', { requestId, reason: isSettled ? 'settled' : 'unknown' });
  }

  const exchange: Exchange = {
    attachment: undefined,
    list: () => [...byId.values()],
    duringCall(call) {
      callsOnStack += 1;
      callSafely(call);
      callsOnStack -= 1;
    },
    submit(call) {
      const pending = new PendingRequest(call);
      const error = refusal(pending, call);
      if (error) {
        tell(pending, error);
        return pending;
      }
      byId.set(pending.id, pending);
      alarm.setFor(pending.deadline, pending.started);
      emit('change', undefined);
      emit('request', { request: call.request });
      if (has(pending)) send(pending); // a handler may have ended it
      return pending;
    },
    receive(response, requestId) {
      let isAwaited = false;
      callSafely(() => {
        isAwaited = transport.receive?.(response, requestId) === true;
        if (isAwaited) return;
        const pending = byId.get(`${requestId}`);
        isAwaited = pending !== undefined;
        if (pending) reply(pending, response);
        else orphan(requestId);
      });
      return isAwaited;
    },
    abort(pending, reason) {
      end(pending, aborted(pending, reason));
    },
    close(reason) {
      const error = (pending: PendingRequest) =>
        requestError('DISPOSED', 'The bridge was disposed', pending, {}, reason);
      disposed = error;
      for (const pending of exchange.list()) end(pending, error(pending));
    },
  };
  return exchange;
}

function aborted(pending: PendingRequest, reason: unknown): AnyBanksideError {
  return requestError(
    'ABORTED',
    'Given up: by its signal, or as the widget was detached',
    pending,
    {},
    reason,
  );
}

/**
 * One send and one reply, however often the widget asks: those who ask for the same wait together, the others
 * are left to be failed.
 */
function join(first: PendingRequest, again: PendingRequest): void {
  const isAnswered = first.askers.some(({ replies }) => replies);
  const [asker] = again.askers.splice(0);
  const { askers } = isSame(first, again) ? first : again;
  askers.push({ ...asker, replies: !isAnswered && asker?.replies === true });
}

function isSame({ request: one }: PendingRequest, { request: other }: PendingRequest): boolean {
  try {
    return (
      one.server === other.server && (one.body === other.body || asJson(one.body) === asJson(other.body))
    );
  } catch {
    return false; // not to be serialised, so not to be compared
  }
}
