import { callSafely, type Emitter } from '../emitter.ts';
import { type AnyBanksideError, BanksideError, describe, isBanksideError } from '../errors.ts';
import { requestError, type TransportContext } from '../transport/transport.ts';
import { createAlarm } from './alarm.ts';
import { answerAskers } from './answer-askers.ts';
import type { Attachment } from './attachment.ts';
import type { InnerEvents } from './bridge-events.ts';
import { type BridgeSettings, readTimeout } from './bridge-options.ts';
import type { RequestCall } from './calls.ts';
import { joinPending } from './join-pending.ts';
import { PendingRequest } from './pending.ts';
import { RecentIds } from '../recent-ids.ts';
import { parseReply, REPLY_FORMS, unfitReply } from './replies.ts';

/** The requests of one bridge, on their way to their one outcome each. */
export interface Exchange {
  /**
   * Answers through this widget from now on, and no longer through another. Returns the function that ends
   * it: what the widget waits for is then answered with ABORTED, and so is what it asks meanwhile.
   *
   * @throws DISPOSED, or INVALID_CALL when the target does not take the delegate's functions.
   */
  attach(attachment: Attachment): () => void;
  /** What is pending, oldest first. A copy: requests may end while it is walked. */
  list(): PendingRequest[];
  /** Runs a call that must not see a throw, nor an answer before it has returned. */
  duringCall(call: () => void): void;
  /** Sends what a call asks for, or answers why not. */
  submit(call: RequestCall): PendingRequest;
  /** The door. Returns whether somebody waited for the reply. */
  receive(response: unknown, requestId: string | number): boolean;
  /** Gives a request up, as its signal says. */
  abort(pending: PendingRequest, signal: AbortSignal): void;
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
 * 4. One timer stands for all requests. It is cleared when the last that has a timeout has ended and the turn
 *    is over: often the next one comes within it.
 */
export function createExchange(
  settings: BridgeSettings,
  { emit }: Emitter<InnerEvents>,
  changed: () => void,
): Exchange {
  const { transport, maxPending } = settings;
  const byId = new Map<string, PendingRequest>();
  const settled = Promise.resolve();
  const alarm = createAlarm(timeOut);
  const answered = new RecentIds(REMEMBERED);
  /** How many of those that are pending have a timeout. */
  let timed = 0;
  let callsOnStack = 0;
  let attachment: Attachment | undefined;
  let isDetaching = false;
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
    if (first) joinPending(first, pending);
    if (error) return error;
    if (disposed) return disposed(pending);
    if (isDetaching && !call.isPage) return detached(pending);
    if (call.signal?.aborted) return aborted(pending, call.signal);
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
      answer = transport.send(request, contextOf(pending));
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
    if (pending.timeout < Infinity) timed -= 1;
    answered.add(pending.id);
    if (!pending.isCarried) pending.controller.abort(error);
    changed();
    tell(pending, error, response);
    if (!timed) settled.then(() => timed || alarm.clear());
  }

  /** Hands an outcome to those who asked, and tells the page. */
  function tell(pending: PendingRequest, error: AnyBanksideError | undefined, response?: unknown): void {
    const { request, started } = pending;
    const whom = attachment; // as it may be gone when the call has returned
    const duration = performance.now() - started;
    const run = (): void => {
      const failure = answerAskers(pending, settings, whom, error, response);
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
    const reason = answered.has(`${requestId}`) ? 'settled' : 'unknown';
    emit('orphan', { requestId, reason });
  }

  function detach(old: Attachment): void {
    old.restore();
    if (attachment !== old || disposed) return; // once disposed, it still answers late calls
    isDetaching = true;
    for (const pending of exchange.list()) {
      if (!pending.askers[0]?.isPage) end(pending, detached(pending));
    }
    isDetaching = false;
    if (attachment === old) attachment = undefined;
  }

  const exchange: Exchange = {
    attach(next) {
      // Again and again, as those who are told may attach another, or dispose.
      while (attachment && !disposed) detach(attachment);
      if (disposed) throw new BanksideError('DISPOSED', 'The bridge was disposed: a new one can attach', {});
      next.install();
      attachment = next;
      if (transport.receive) next.standBefore();
      return () => detach(next);
    },
    list: () => [...byId.values()],
    duringCall(call) {
      callsOnStack += 1;
      callSafely(call);
      callsOnStack -= 1;
    },
    submit(call) {
      const pending = new PendingRequest(call);
      // A widget that calls is loaded, so that a shell may answer it from now on.
      if (transport.receive) attachment?.standBefore();
      const error = refusal(pending, call);
      if (error) {
        tell(pending, error);
        return pending;
      }
      byId.set(pending.id, pending);
      if (pending.timeout < Infinity) timed += 1;
      alarm.setFor(pending.deadline, pending.started);
      changed();
      emit('request', { request: call.request });
      // A handler may have ended it.
      if (call.signal?.aborted) exchange.abort(pending, call.signal);
      if (has(pending)) send(pending);
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
    abort(pending, signal) {
      end(pending, aborted(pending, signal));
    },
    close(reason) {
      const error = (pending: PendingRequest) =>
        requestError('DISPOSED', 'The bridge was disposed', pending, {}, reason);
      disposed = error;
      for (const pending of exchange.list()) end(pending, error(pending));
      attachment?.restore();
    },
  };
  return exchange;
}

function aborted(pending: PendingRequest, { reason }: AbortSignal): AnyBanksideError {
  return requestError('ABORTED', 'Its signal was aborted', pending, {}, reason);
}

function detached(pending: PendingRequest): AnyBanksideError {
  return requestError('ABORTED', 'The widget was detached', pending);
}

/** Made of properties of its own, so that a transport that wraps another can spread it. */
function contextOf(pending: PendingRequest): TransportContext {
  return {
    deadline: pending.deadline,
    get signal() {
      return pending.controller.signal;
    },
  };
}
