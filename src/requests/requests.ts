import { onAbort } from '../abort.ts';
import { describe } from '../check.ts';
import { callSafely, type Emitter } from '../emitter.ts';
import { type AnyBanksideError, BanksideError, isBanksideError, redactedCause } from '../errors.ts';
import { reportedOrigin } from '../http/endpoint.ts';
import { invalidResponse, requestError } from '../http/request-error.ts';
import { idText, shownId } from '../text/request-id.ts';
import { now } from '../time.ts';
import type { ReadReply } from '../transport/transport.ts';
import { answerWaiters, type ReplyTarget } from './answer.ts';
import type { RequestCall, WidgetCall } from './calls.ts';
import { copyPlain } from './copy-plain.ts';
import { DroppedHeaders } from './dropped-headers.ts';
import type { InnerEvents } from './events.ts';
import { emitNotice } from './notices.ts';
import { type BridgeSnapshot, PendingRequests } from './pending.ts';
import { PendingRequest } from './pending-request.ts';
import { REPLY_FORMS, readReply } from './read-reply.ts';
import { type RequestSettings, readTimeout } from './request-options.ts';

/** What a failed request has in place of an answer. */
const NO_ANSWER: ReadReply = { response: undefined };

/**
 * The requests of one widget: brings each to its one outcome.
 *
 * 1. A request is pending from its call until the first of these: the transport's answer, a reply at the entry point,
 *    its timeout, an abort, detach or close. All of them call `#end`, which ignores a second end.
 * 2. The outcome goes to the waiters, and then to the page as an event.
 * 3. No answer is delivered while a call is on the stack: the widget may not be ready before its own call returns.
 * 4. Handlers and callbacks may call the bridge at any time. After each of them, the code checks again whether the request
 *    is still pending.
 * 5. The widget chooses the ids, and may use one twice. If several requests with one id are pending, the widget's reply
 *    function gets the reply to the newest.
 */
export class Requests {
  readonly #settings: RequestSettings;
  readonly #emitter: Emitter<InnerEvents>;
  readonly #droppedHeaders: DroppedHeaders;
  readonly #pending = new PendingRequests((pending, error) => this.#end(pending, error));
  /** By id: the newest request that ended or was refused during a call, and is reported when that call returns. */
  readonly #unreported = new Map<string, PendingRequest>();
  #callsOnStack = 0;
  #target: ReplyTarget | undefined;
  /** Why new requests are refused: all of them after close, the widget's own during a detach. */
  #refuse: ((pending: PendingRequest) => AnyBanksideError | undefined) | undefined;
  #isClosed = false;
  #hasReportedInsecurity = false;
  #snapshot: BridgeSnapshot | undefined;

  constructor(
    settings: RequestSettings,
    emitter: Emitter<InnerEvents>,
    droppedHeaders: DroppedHeaders = new DroppedHeaders(emitter.emit),
  ) {
    this.#settings = settings;
    this.#emitter = emitter;
    this.#droppedHeaders = droppedHeaders;
  }

  /** The same object until something changes. */
  readonly getSnapshot = (): BridgeSnapshot => {
    this.#snapshot ??= this.#pending.snapshot(this.#isClosed);
    return this.#snapshot;
  };

  /**
   * Answers through this target from now on, instead of the one before. Returns the function that detaches it: pending
   * requests of the widget, and those that it makes meanwhile, then end with ABORTED.
   *
   * @throws DISPOSED
   */
  attach(target: ReplyTarget): () => void {
    // A loop, since callbacks may attach another target, or close.
    while (this.#target && !this.#isClosed) this.#detach(this.#target);
    if (this.#isClosed) {
      target.restore?.();
      throw new BanksideError('DISPOSED', 'The bridge was disposed: a new one can attach', {});
    }
    this.#target = target;
    this.#interceptReplies();
    return () => this.#detach(target);
  }

  /** Handles a call of the widget or the page. Never throws, and answers only after the call has returned. */
  handle(read: () => WidgetCall): void {
    this.#callsOnStack += 1;
    callSafely(() => {
      const call = read();
      if ('request' in call) this.#submit(call);
      // No answer is possible. Emitted later, so that events keep the order of the calls.
      else if ('error' in call) this.#afterCall(() => this.#emitter.emit('failure', call));
      else if (!this.#isClosed) emitNotice(this.#emitter.emit, this.#settings.transport, call);
    });
    this.#callsOnStack -= 1;
  }

  /** Handles a reply from outside. Returns whether a request waited for it. Never throws. */
  readonly receive = (response: unknown, requestId: string | number): boolean => {
    return this.offer(response, requestId, () => {
      const pending = this.#pending.newestOf(idText(requestId));
      if (pending) this.#reply(pending, response);
      else this.#reportOrphan(requestId);
      return pending !== undefined;
    });
  };

  /**
   * Offers a reply to the transport, which knows the ids that it sent. Never throws.
   *
   * @param orElse Handles a reply that is not one of the transport's.
   * @returns Whether a request waited for it.
   */
  offer(response: unknown, requestId: string | number, orElse = (): boolean => false): boolean {
    let isAwaited = false;
    callSafely(() => {
      const isOfTransport = this.#settings.transport.receive?.(response, requestId);
      isAwaited = isOfTransport === true;
      return isOfTransport;
    });
    // In a call of its own: a transport that throws has not handled the reply.
    if (!isAwaited) {
      callSafely(() => {
        isAwaited = orElse();
      });
    }
    return isAwaited;
  }

  /** Ends everything that is pending, and refuses what comes later. */
  close(reason: unknown): void {
    this.#isClosed = true;
    this.#pending.forgetAnswered(); // before `#endAll`, whose requests may get a late reply
    this.#droppedHeaders.clear();
    this.#endAll((pending) => requestError('DISPOSED', 'The bridge was disposed', pending, {}, reason));
    this.#target?.restore?.();
    this.#changed();
  }

  #detach(target: ReplyTarget): void {
    target.restore?.();
    if (this.#target !== target || this.#isClosed) return; // after close, the target still answers late calls
    this.#endAll((pending) =>
      pending.waiters[0]?.isPage ? undefined : requestError('ABORTED', 'The widget was detached', pending),
    );
    if (!this.#isClosed) this.#refuse = undefined;
    if (this.#target === target) this.#target = undefined;
  }

  #endAll(refuse: (pending: PendingRequest) => AnyBanksideError | undefined): void {
    this.#refuse = refuse;
    for (const pending of this.#pending.all()) {
      const error = refuse(pending);
      if (error) this.#end(pending, error);
    }
  }

  /** Sends the request of a call, or reports why it is refused. */
  #submit(call: RequestCall): void {
    const { request, signal, dropped = [] } = call;
    const pending = new PendingRequest(call);
    this.#interceptReplies(); // again, since a widget that calls has loaded
    const error = this.#refusal(pending, call);
    if (error) {
      this.#report(pending, error);
      return;
    }
    this.#pending.add(pending);
    this.#changed();
    if (signal && this.#pending.has(pending)) {
      pending.unsubscribe = onAbort(signal, () => {
        this.#end(pending, requestError('ABORTED', 'Its signal was aborted', pending, {}, signal.reason));
      });
    }
    this.#emitter.emit('request', { request });
    if (this.#pending.has(pending)) this.#droppedHeaders.report(request, dropped);
    if (this.#pending.has(pending)) this.#send(pending);
  }

  /** Why a request is refused, or `undefined`. */
  #refusal(pending: PendingRequest, call: RequestCall): AnyBanksideError | undefined {
    let error: AnyBanksideError | undefined = call.error;
    try {
      // First: the option may be a function of the page, which may change everything that is read below.
      pending.timeout = readTimeout(call.timeout ?? this.#settings.timeout, call.request);
      pending.deadline = pending.started + pending.timeout;
    } catch (mismatch) {
      error ??= mismatch as AnyBanksideError;
    }
    this.#unreported.get(pending.id)?.yieldReplyTo(pending);
    error ??= this.#refuse?.(pending);
    if (!error) return this.#pending.admit(pending, this.#settings.maxPending);
    const first = this.#pending.newestOf(pending.id);
    if (first) pending.yieldReplyTo(first);
    return error;
  }

  /**
   * Not an async function, which needs more memory for each request in flight. The transport may keep its context for
   * ever. So the context refers only to `pending`, which is cleared when the request has ended.
   */
  #send(pending: PendingRequest): void {
    let answer: Promise<unknown>;
    try {
      const sending = this.#settings.transport.send(pending.request, {
        // Own properties, so that a transport that wraps another can spread them.
        deadline: pending.deadline,
        attempt: (attempt) =>
          this.#pending.has(pending) &&
          this.#emitter.emit('attempt', { ...attempt, request: pending.request }),
        dropped: (names) => this.#pending.has(pending) && this.#droppedHeaders.report(pending.request, names),
        insecurePage: (origin) => this.#pending.has(pending) && this.#reportInsecurity(origin),
        get signal() {
          return pending.signal;
        },
      });
      answer = Promise.resolve(sending); // it throws for a promise whose `constructor` does
    } catch (error) {
      answer = Promise.reject(error);
    }
    answer.then(
      (response) => {
        if (response === undefined) return; // the page passes the reply to the entry point
        pending.isSettled = true;
        // A late answer is an orphan, even if the widget has used the id again.
        if (this.#pending.has(pending)) this.#reply(pending, response);
        else this.#reportOrphan(pending.request.requestId);
      },
      (thrown) => {
        pending.isSettled = true;
        this.#end(pending, transportError(pending, thrown));
      },
    );
  }

  #reply(pending: PendingRequest, response: unknown): void {
    let answer: ReadReply | undefined;
    let error: AnyBanksideError | undefined;
    try {
      answer = readReply(response);
    } catch {
      error = invalidResponse('The reply', pending, REPLY_FORMS, describe(response));
    }
    this.#end(pending, error, answer);
  }

  /** The only way to end a request. */
  #end(pending: PendingRequest, error: AnyBanksideError | undefined, answer?: ReadReply): void {
    if (!this.#pending.remove(pending)) return;
    pending.unsubscribe?.();
    if (!pending.isSettled) pending.abort(error);
    this.#changed();
    this.#report(pending, error, answer);
    this.#pending.releaseTimer(pending);
  }

  /** Gives an outcome to the waiters, and emits it as an event. */
  #report(pending: PendingRequest, error: AnyBanksideError | undefined, answer = NO_ANSWER): void {
    const { emit, hasHandlers } = this.#emitter;
    const { request, started } = pending;
    const target = this.#target; // it may be detached when the call has returned
    const duration = now() - started;
    if (this.#callsOnStack && pending.isAwaited) this.#unreported.set(pending.id, pending);
    this.#afterCall(() => {
      if (this.#unreported.get(pending.id) === pending) this.#unreported.delete(pending.id);
      // A widget may change what it gets.
      const response = hasHandlers('reply') ? copyPlain(answer.response) : answer.response;
      const [failure, ...further] = answerWaiters(pending, this.#settings, target, error, answer);
      if (failure) emit('failure', { request, error: failure, duration });
      else if (pending.isAwaited) emit('reply', { request, response, duration });
      else emit('orphan', { requestId: request.requestId, reason: 'superseded', request });
      // Without the request, which has ended with its own failure.
      for (const problem of further) emit('failure', { error: problem });
      pending.clear();
    });
  }

  #reportInsecurity(reported: string): void {
    const origin = reportedOrigin(reported);
    if (origin === undefined || this.#hasReportedInsecurity) return;
    this.#hasReportedInsecurity = true;
    this.#emitter.emit('insecurePage', { origin });
  }

  /** For native shells, which answer by calling the widget's own reply function. */
  #interceptReplies(): void {
    if (this.#settings.transport.receive) this.#target?.interceptReplies?.();
  }

  #reportOrphan(requestId: string | number): void {
    const reason = this.#pending.wasAnswered(requestId) ? 'settled' : 'unknown';
    this.#emitter.emit('orphan', { requestId: shownId(requestId), reason });
  }

  #afterCall(run: () => void): void {
    if (this.#callsOnStack) Promise.resolve().then(run);
    else run();
  }

  #changed(): void {
    this.#snapshot = undefined;
    this.#emitter.emit('change', undefined);
  }
}

/** The error for what a transport threw. An error of this package is used as it is. Of any other value, only the name is kept. */
function transportError(pending: PendingRequest, thrown: unknown): AnyBanksideError {
  if (isBanksideError(thrown)) return thrown;
  return requestError('NETWORK', 'The transport failed', pending, {}, redactedCause(thrown));
}
