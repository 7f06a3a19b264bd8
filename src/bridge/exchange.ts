import { onAbort } from '../abort.ts';
import { describe } from '../check.ts';
import { callSafely, type Emitter } from '../emitter.ts';
import { type AnyBanksideError, BanksideError } from '../errors.ts';
import { invalidResponse, requestError } from '../http/request-error.ts';
import { RecentIds } from '../text/recent-ids.ts';
import { idText, isTooLong, toldId } from '../text/request-id.ts';
import { createAlarm, now } from '../time.ts';
import { admit } from './admit.ts';
import { answerAskers } from './answer-askers.ts';
import type { Attachment, Entry } from './attachment.ts';
import type { InnerEvents } from './bridge-events.ts';
import { type BridgeSettings, readTimeout } from './bridge-options.ts';
import type { RequestCall, WidgetCall } from './calls.ts';
import { copyPlain } from './copy-plain.ts';
import { isOverdue, timeoutError } from './deadline.ts';
import { createDroppedHeaders } from './dropped-headers.ts';
import { tellNotice } from './notices.ts';
import { contextOf, controllerOf, createPending, type PendingRequest, strip } from './pending.ts';
import { PendingRequests } from './pending-requests.ts';
import { REPLY_FORMS, type ReadReply, readReply } from './replies.ts';
import { isSuperseded, leaveReplyTo, supersede } from './same-id.ts';
import { type BridgeSnapshot, snapshotOf } from './snapshot.ts';
import { transportError } from './transport-error.ts';

/** The requests of one bridge, on their way to their one outcome each. */
export interface Exchange extends Entry {
  /**
   * Answers through this widget from now on, and no longer through another. Returns the function that ends
   * it: what the widget waits for is then answered with ABORTED, and so is what it asks meanwhile.
   *
   * @throws DISPOSED, or INVALID_CALL when the target does not take the delegate's functions.
   */
  attach(attachment: Attachment): () => void;
  /** Takes a call, which sees no throw, and no answer before it has returned. */
  take(read: () => WidgetCall): void;
  /** The same object until something changes. */
  getSnapshot(): BridgeSnapshot;
  /** Ends everything that is pending, and refuses what comes after. */
  close(reason: unknown): void;
}

/**
 * How many answered ids are still known to have been answered: enough to tell a late reply from a stray one.
 */
const REMEMBERED = 1_000;

/** Of a request that failed. */
const NONE: ReadReply = { response: undefined };

/**
 * Brings each request to its one outcome.
 *
 * 1. A request is pending from its call until it is taken out, once, by whichever comes first: the
 *    transport's answer, a reply at the entry point, its timeout, an abort, the close of the exchange. All of
 *    them pass `end`.
 * 2. The outcome goes to those who asked, and then to the page as an event.
 * 3. Nobody is answered while a call is on the stack: a widget may not be ready for an answer before its own
 *    call has returned.
 * 4. One timer stands for all requests.
 * 5. Ids are the widget's, and not unique: of the requests that are pending under one id, the newest is answered
 *    through the widget's reply function.
 */
export function createExchange(
  settings: BridgeSettings,
  emitter: Emitter<InnerEvents>,
  droppedHeaders = createDroppedHeaders(emitter.emit),
): Exchange {
  const { emit } = emitter;
  const { transport } = settings;
  const pendings = new PendingRequests();
  /**
   * Of each id, the newest that has ended, or was refused, while a call was on the stack, and whose outcome is still to
   * be told.
   */
  const untold = new Map<string, PendingRequest>();
  const alarm = createAlarm(timeOut);
  const answered = new RecentIds(REMEMBERED);
  let callsOnStack = 0;
  let attachment: Attachment | undefined;
  /** Why a request is refused: all of them once disposed, the widget's while it is detached. */
  let refuse: ((pending: PendingRequest) => AnyBanksideError | undefined) | undefined;
  let disposed = false;
  let snapshot: BridgeSnapshot | undefined;

  function changed(): void {
    snapshot = undefined;
    emit('change', undefined);
  }

  /** Sends what a call asks for, or answers why not. */
  function submit(call: RequestCall): void {
    const { request, signal, dropped = [] } = call;
    const pending = createPending(call);
    // A widget that calls is loaded, so that a shell may answer it from now on.
    if (transport.receive) attachment?.standBefore();
    const error = refusal(pending, call);
    if (error) {
      tell(pending, error);
      return;
    }
    pendings.add(pending);
    alarm.add(pending.deadline);
    changed();
    if (signal && pendings.has(pending)) {
      pending.release = onAbort(signal, () => {
        end(pending, requestError('ABORTED', 'Its signal was aborted', pending, {}, signal.reason));
      });
    }
    emit('request', { request });
    if (pendings.has(pending)) droppedHeaders.tell(request, dropped);
    if (pendings.has(pending)) send(pending); // a handler may have ended it
  }

  /** Why a request is not sent, if so. */
  function refusal(pending: PendingRequest, call: RequestCall): AnyBanksideError | undefined {
    let error: AnyBanksideError | undefined = call.error;
    try {
      // First of all, as it calls the page, which may change everything that is looked at below.
      pending.timeout = readTimeout(call.timeout ?? settings.timeout, call.request);
      pending.deadline = pending.started + pending.timeout;
    } catch (unfit) {
      error ??= unfit as AnyBanksideError;
    }
    const last = untold.get(pending.id);
    if (last) supersede(last, pending);
    const first = pendings.newestOf(pending.id);
    error ??= refuse?.(pending);
    if (error) {
      if (first) leaveReplyTo(first, pending);
      return error;
    }
    return admit(pending, pendings, settings.maxPending);
  }

  /**
   * No async function: what one holds while it waits is a burden where very many requests are in flight. And nothing but
   * `pending` is held by what the transport is given, as it may hold that for ever.
   */
  function send(pending: PendingRequest): void {
    let answer: unknown;
    try {
      const context = contextOf(
        pending,
        (attempt) => pendings.has(pending) && emit('attempt', { ...attempt, request: pending.request }),
        (names) => pendings.has(pending) && droppedHeaders.tell(pending.request, names),
      );
      answer = transport.send(pending.request, context);
    } catch (error) {
      answer = Promise.reject(error);
    }
    Promise.resolve(answer).then(
      (response) => {
        if (response === undefined) return; // it will come to the entry point
        pending.isCarried = true;
        // A late answer meets nobody, even where the widget has used the id again.
        if (pendings.has(pending)) reply(pending, response);
        else orphan(pending.request.requestId);
      },
      (thrown) => {
        pending.isCarried = true;
        end(pending, transportError(pending, thrown));
      },
    );
  }

  function reply(pending: PendingRequest, response: unknown): void {
    let answer: ReadReply | undefined;
    let error: AnyBanksideError | undefined;
    try {
      answer = readReply(response);
    } catch {
      error = invalidResponse('The reply', pending, REPLY_FORMS, describe(response));
    }
    end(pending, error, answer);
  }

  function timeOut(time: number, late: number): void {
    for (const pending of pendings.all()) {
      if (isOverdue(pending, time, late)) end(pending, timeoutError(pending));
      else if (pendings.has(pending)) alarm.setFor(pending.deadline); // others may have ended it meanwhile
    }
  }

  /** The one way out. The second to come finds nothing to end. */
  function end(pending: PendingRequest, error: AnyBanksideError | undefined, answer = NONE): void {
    if (!pendings.remove(pending)) return;
    answered.add(pending.id);
    pending.release?.();
    if (!pending.isCarried) controllerOf(pending).abort(error);
    changed();
    tell(pending, error, answer);
    alarm.remove(pending.deadline); // last: a widget often asks again while it is being answered, and the timer is then kept
  }

  /** Hands an outcome to those who asked, and tells the page. */
  function tell(pending: PendingRequest, error: AnyBanksideError | undefined, answer = NONE): void {
    const { request, started } = pending;
    const whom = attachment; // as it may be gone when the call has returned
    const duration = now() - started;
    if (callsOnStack && !isSuperseded(pending)) untold.set(pending.id, pending);
    afterCall(() => {
      if (untold.get(pending.id) === pending) untold.delete(pending.id);
      // A widget may change what it gets.
      const response = emitter.hasHandlers('reply') ? copyPlain(answer.response) : answer.response;
      const failure = answerAskers(pending, settings, whom, error, answer);
      if (failure) emit('failure', { request, error: failure, duration });
      else if (isSuperseded(pending))
        emit('orphan', { requestId: request.requestId, reason: 'superseded', request });
      else emit('reply', { request, response, duration });
      strip(pending);
    });
  }

  function afterCall(run: () => void): void {
    if (callsOnStack) Promise.resolve().then(run);
    else run();
  }

  function orphan(requestId: string | number): void {
    const isKnown = !isTooLong(requestId) && answered.has(idText(requestId));
    emit('orphan', { requestId: toldId(requestId), reason: isKnown ? 'settled' : 'unknown' });
  }

  function endAll(error: NonNullable<typeof refuse>): void {
    refuse = error;
    for (const pending of pendings.all()) {
      const why = error(pending);
      if (why) end(pending, why);
    }
  }

  function detach(old: Attachment): void {
    old.restore();
    if (attachment !== old || disposed) return; // once disposed, it still answers late calls
    endAll((pending) =>
      pending.askers[0]?.isPage ? undefined : requestError('ABORTED', 'The widget was detached', pending),
    );
    if (!disposed) refuse = undefined;
    if (attachment === old) attachment = undefined;
  }

  return {
    attach(next) {
      if (!disposed) next.install();
      // Again and again, as those who are told may attach another, or dispose.
      while (attachment && !disposed) detach(attachment);
      if (disposed) {
        next.restore();
        throw new BanksideError('DISPOSED', 'The bridge was disposed: a new one can attach', {});
      }
      attachment = next;
      if (transport.receive) next.standBefore();
      return () => detach(next);
    },
    take(read) {
      callsOnStack += 1;
      callSafely(() => {
        const call = read();
        if ('request' in call) submit(call);
        // Nobody to answer; but it is told in its turn, like those that are.
        else if ('error' in call) afterCall(() => emit('failure', call));
        else if (!disposed) tellNotice(emit, transport, call);
      });
      callsOnStack -= 1;
    },
    offer(response, requestId) {
      let isTaken = false;
      callSafely(() => {
        isTaken = transport.receive?.(response, requestId) === true;
      });
      return isTaken;
    },
    receive(response, requestId) {
      let isAwaited = false;
      callSafely(() => {
        isAwaited = transport.receive?.(response, requestId) === true;
        if (isAwaited) return;
        const pending = pendings.newestOf(idText(requestId));
        isAwaited = pending !== undefined;
        if (pending) reply(pending, response);
        else orphan(requestId);
      });
      return isAwaited;
    },
    getSnapshot() {
      snapshot ??= snapshotOf(pendings.all(), disposed);
      return snapshot;
    },
    close(reason) {
      disposed = true;
      answered.clear(); // but for what ends now, and may be answered late
      droppedHeaders.clear();
      endAll((pending) => requestError('DISPOSED', 'The bridge was disposed', pending, {}, reason));
      attachment?.restore();
      changed();
    },
  };
}
