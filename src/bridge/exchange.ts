import { callSafely, type Emitter } from '../emitter.ts';
import { type AnyBanksideError, describe, isBanksideError } from '../errors.ts';
import { requestError, type WidgetRequest } from '../transport/transport.ts';
import { type Alarm, createAlarm } from './alarm.ts';
import type { Attachment } from './attachment.ts';
import type { InnerEvents } from './bridge-events.ts';
import { type BridgeSettings, readTimeout } from './bridge-options.ts';
import type { Asker } from './calls.ts';
import { PendingRequest } from './pending.ts';
import { asJson, formReply, parseReply, REPLY_FORMS, unfitReply } from './replies.ts';

/** How many answered ids are still known to have been answered: enough to tell a late reply from a stray one. */
const REMEMBERED = 1_000;

const settled: Promise<void> = /* @__PURE__ */ Promise.resolve();

/**
 * Brings each request to its one outcome.
 *
 * 1. A request is pending from its call until it is taken out, once, by whichever comes first: the transport's answer, a reply at the door, its timeout,
 *    an abort, the close of the exchange. All of them pass `end`.
 * 2. The outcome goes to those who asked, and then to the page as an event.
 * 3. Nobody is answered while a call is on the stack: a widget may not be ready for an answer before its own call has returned.
 * 4. One timer stands for all requests. It is cleared when the last has ended and the turn is over: often the next one comes within it.
 */
export class Exchange {
  /** Whom the answers go to. */
  attachment: Attachment | undefined;
  /** By id. Ids compare as strings. */
  readonly #pending = new Map<string, PendingRequest>();
  /** What was answered of late, in two generations: to drop single ids, an engine walks over all those that were dropped before. */
  #answered = new Set<string>();
  #answeredBefore = new Set<string>();
  readonly #alarm: Alarm = createAlarm((now) => this.#timeOut(now));
  readonly #settings: BridgeSettings;
  readonly #emitter: Emitter<InnerEvents>;
  #closed: { readonly reason: unknown } | undefined;
  #callsOnStack = 0;

  constructor(settings: BridgeSettings, emitter: Emitter<InnerEvents>) {
    this.#settings = settings;
    this.#emitter = emitter;
  }

  /** What is pending, oldest first. A copy: requests may end while it is walked. */
  list(): PendingRequest[] {
    return [...this.#pending.values()];
  }

  /** Runs a call that must not see a throw, nor an answer before it has returned. */
  duringCall(call: () => void): void {
    this.#callsOnStack += 1;
    callSafely(call);
    this.#callsOnStack -= 1;
  }

  /** Sends a request, or answers why not. */
  submit(
    request: WidgetRequest,
    asker: Asker,
    timeout = this.#settings.timeout,
    refusal?: AnyBanksideError,
  ): PendingRequest {
    const pending = new PendingRequest(request, asker);
    const error = refusal ?? this.#admit(pending, timeout);
    if (error) this.#tell(pending, error);
    else this.#start(pending);
    return pending;
  }

  /** The door. Returns whether somebody waited for the reply. */
  receive(response: unknown, requestId: string | number): boolean {
    const { transport } = this.#settings;
    let isReceived = false;
    callSafely(() => {
      isReceived = transport.receive?.(response, requestId) === true;
    });
    if (isReceived) return true;
    const pending = this.#pending.get(`${requestId}`);
    if (pending) this.#reply(pending, response);
    else this.#orphan(requestId);
    return pending !== undefined;
  }

  abort(pending: PendingRequest, why: string, cause?: unknown): void {
    this.#end(pending, requestError('ABORTED', why, pending, {}, cause));
  }

  /** Ends everything that is pending, and refuses what comes after. */
  close(reason: unknown): void {
    this.#closed = { reason };
    for (const pending of this.list()) this.#end(pending, disposed(pending, reason));
  }

  /** Why a request is not sent, if so. */
  #admit(pending: PendingRequest, timeout: BridgeSettings['timeout']): AnyBanksideError | undefined {
    const { maxPending } = this.#settings;
    const first = this.#pending.get(pending.id);
    if (this.#closed) return disposed(pending, this.#closed.reason);
    if (first) {
      join(first, pending);
      return requestError('DUPLICATE_REQUEST', 'An id that is pending already is not sent again', pending);
    }
    if (this.#pending.size >= maxPending) {
      return requestError('OVERLOADED', `${maxPending} requests are pending already`, pending, {
        maxPending,
      });
    }
    try {
      pending.deadline = pending.started + readTimeout(timeout, pending.request);
    } catch (error) {
      return error as AnyBanksideError;
    }
    return undefined;
  }

  #start(pending: PendingRequest): void {
    const { id, request, deadline } = pending;
    this.#pending.set(id, pending);
    this.#alarm.setFor(deadline);
    this.#emitter.emit('change', undefined);
    this.#emitter.emit('request', { request });
    if (!this.#has(pending)) return; // a handler has ended it
    let answer: unknown;
    try {
      answer = this.#settings.transport.send(request, pending);
    } catch (error) {
      answer = Promise.reject(error);
    }
    Promise.resolve(answer).then(
      (response) => {
        if (response === undefined) return; // it will come to the door
        pending.isCarried = true;
        // A late answer meets nobody, even where the widget has used the id again.
        if (this.#has(pending)) this.#reply(pending, response);
        else this.#orphan(request.requestId);
      },
      (cause) => {
        pending.isCarried = true;
        const isOwn = isBanksideError(cause);
        this.#end(
          pending,
          isOwn ? cause : requestError('NETWORK', 'The transport failed', pending, {}, cause),
        );
      },
    );
  }

  #reply(pending: PendingRequest, response: unknown): void {
    let parsed: unknown;
    let error: AnyBanksideError | undefined;
    try {
      parsed = parseReply(response);
    } catch {
      error = unfitReply({ expected: REPLY_FORMS, received: describe(response) }, pending);
    }
    this.#end(pending, error, parsed);
  }

  /** Ends what is due, and returns the next deadline. */
  #timeOut(now: number): number {
    let next = Infinity;
    for (const pending of this.#pending.values()) {
      const { deadline, started } = pending;
      const timeout = Math.round(deadline - started);
      if (deadline > now) next = Math.min(next, deadline);
      else this.#end(pending, requestError('TIMEOUT', `No answer in ${timeout} ms`, pending, { timeout }));
    }
    return next;
  }

  /** The one way out. Whoever comes second finds nothing to end. */
  #end(pending: PendingRequest, error: AnyBanksideError | undefined, response?: unknown): void {
    if (!this.#has(pending)) return;
    this.#pending.delete(pending.id);
    if (this.#answered.add(pending.id).size >= REMEMBERED) {
      this.#answeredBefore = this.#answered;
      this.#answered = new Set();
    }
    if (!pending.isCarried) pending.controller.abort(error);
    this.#tell(pending, error, response);
    this.#emitter.emit('change', undefined);
    if (!this.#pending.size) settled.then(() => this.#pending.size || this.#alarm.clear());
  }

  /** Hands an outcome to those who asked, and tells the page. */
  #tell(
    { request, askers, started }: PendingRequest,
    error: AnyBanksideError | undefined,
    response?: unknown,
  ): void {
    const { attachment } = this;
    const duration = performance.now() - started;
    const tell = (): void => {
      let failure = error;
      for (const { callbacks, replies, isPage } of askers) {
        const { reply, problem } = isPage
          ? { reply: error ?? response, problem: error }
          : formReply(this.#settings, request, error, response);
        failure = problem;
        if (callbacks) callSafely(() => callbacks[problem ? 1 : 0](reply));
        if (!replies || attachment?.answer(reply, request.requestId)) continue;
        failure = requestError(
          'NO_CHANNEL',
          'No widget with a reply function is attached',
          { request, started },
          {},
          problem,
        );
      }
      if (failure) this.#emitter.emit('failure', { request, error: failure, duration });
      else this.#emitter.emit('reply', { request, response, duration });
    };
    if (this.#callsOnStack) settled.then(tell);
    else tell();
  }

  #has(pending: PendingRequest): boolean {
    return this.#pending.get(pending.id) === pending;
  }

  #orphan(requestId: string | number): void {
    const isSettled = [this.#answered, this.#answeredBefore].some((ids) => ids.has(`${requestId}`));
    this.#emitter.emit('orphan', { requestId, reason: isSettled ? 'settled' : 'unknown' });
  }
}

function disposed(pending: PendingRequest, reason: unknown): AnyBanksideError {
  return requestError('DISPOSED', 'The bridge was disposed', pending, {}, reason);
}

/** One send and one reply, however often the widget asks: those who ask for the same wait together, the others are left to be failed. */
function join(first: PendingRequest, again: PendingRequest): void {
  const isAnswered = first.askers.some(({ replies }) => replies);
  const [asker] = again.askers.splice(0) as [Asker];
  const { askers } = isSame(first.request, again.request) ? first : again;
  askers.push({ ...asker, replies: asker.replies && !isAnswered });
}

function isSame(one: WidgetRequest, other: WidgetRequest): boolean {
  try {
    return (
      one.server === other.server && (one.body === other.body || asJson(one.body) === asJson(other.body))
    );
  } catch {
    return false; // not to be serialised, so not to be compared
  }
}
