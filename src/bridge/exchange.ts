import { callSafely, type Emitter } from '../emitter.ts';
import {
  type AnyBanksideError,
  BanksideError,
  describe,
  isBanksideError,
  type RequestErrorDetails,
} from '../errors.ts';
import { requestDetails, type TransportContext, type WidgetRequest } from '../transport/transport.ts';
import type { Attachment } from './attachment.ts';
import type { BridgeEvents } from './bridge-events.ts';
import { type BridgeSettings, readTimeout } from './bridge-options.ts';
import { PendingRequest, PendingRequests } from './pending.ts';
import type { Recipient } from './recipients.ts';
import { parseReply, REPLY_FORMS } from './replies.ts';

const settled: Promise<void> = /* @__PURE__ */ Promise.resolve();

/**
 * Brings each request to its one outcome.
 *
 * 1. A request is pending from its call until it is taken out, once, by whichever comes first: the transport's answer, a reply at the door, its timeout,
 *    an abort, the close of the exchange. All of them pass `#end`.
 * 2. The outcome goes to those who wait for it, and then to the page as an event.
 * 3. Nobody is answered while a call is on the stack: a widget may not be ready for an answer before its own call has returned.
 */
export class Exchange {
  /** Whom the outcomes go to. */
  attachment: Attachment | undefined;
  readonly pending: PendingRequests = new PendingRequests((pending) => this.#timeOut(pending));
  readonly #settings: BridgeSettings;
  readonly #emitter: Emitter<BridgeEvents>;
  readonly #onChange: () => void;
  #closed: { reason: unknown } | undefined;
  #callsOnStack = 0;

  constructor(settings: BridgeSettings, emitter: Emitter<BridgeEvents>, onChange: () => void) {
    this.#settings = settings;
    this.#emitter = emitter;
    this.#onChange = onChange;
  }

  /** Runs a call that must not see a throw, nor an answer before it has returned. */
  duringCall(call: () => void): void {
    this.#callsOnStack += 1;
    callSafely(call);
    this.#callsOnStack -= 1;
  }

  /** Sends a request, or answers why not. Returns what can be aborted, if it was sent. */
  submit(
    request: WidgetRequest,
    recipients: Recipient[],
    timeout?: number | false,
  ): PendingRequest | undefined {
    if (this.#closed)
      return this.refuse(request, recipients, disposed(this.#closed.reason, requestDetails(request)));
    const first = this.pending.get(request.requestId);
    if (first) return this.#join(first, request, recipients);
    const { maxPending } = this.#settings;
    if (this.pending.size >= maxPending) {
      const details = { ...requestDetails(request), maxPending };
      const message = `${maxPending} requests are pending already, which is the option 'maxPending'.`;
      return this.refuse(request, recipients, new BanksideError('OVERLOADED', message, details));
    }
    try {
      timeout = readTimeout(timeout ?? this.#settings.timeout, request);
    } catch (error) {
      return this.refuse(request, recipients, error as AnyBanksideError);
    }
    return this.#start(new PendingRequest(request, timeout, recipients));
  }

  /** Answers a call that is not sent. */
  refuse(request: WidgetRequest, recipients: readonly Recipient[], error: AnyBanksideError): undefined {
    this.#tell(request, recipients, undefined, error);
  }

  /** The door. Returns whether somebody waited for the reply. */
  receive(response: unknown, requestId: string | number): boolean {
    if (this.#isTransports(response, requestId)) return true;
    const pending = this.pending.get(requestId);
    if (!pending) {
      this.#orphan(requestId);
      return false;
    }
    this.#reply(pending, response);
    return true;
  }

  abort(pending: PendingRequest, why: string, cause?: unknown): void {
    const details = requestDetails(pending.request, pending.started);
    this.#end(
      pending,
      undefined,
      new BanksideError('ABORTED', `The request was given up: ${why}.`, details, { cause }),
    );
  }

  /** Ends everything that is pending, and refuses what comes after. */
  close(reason: unknown): void {
    this.#closed = { reason };
    for (const pending of this.pending.list()) {
      this.#end(pending, undefined, disposed(reason, requestDetails(pending.request, pending.started)));
    }
  }

  /** One send and one reply, however often the widget asks: those who ask for the same wait together, and the others are failed. */
  #join(first: PendingRequest, request: WidgetRequest, recipients: readonly Recipient[]): undefined {
    const answersWidget = first.recipients.some(({ kind }) => kind === 'widget');
    const further = recipients.filter(({ kind }) => !(answersWidget && kind === 'widget'));
    const isSame = first.request.server === request.server && isSameBody(first.request.body, request.body);
    if (isSame) first.recipients.push(...further);
    const message = `A request with the id '${request.requestId}' is pending already: it is not sent again.`;
    const details = requestDetails(request, first.started);
    this.refuse(request, isSame ? [] : further, new BanksideError('DUPLICATE_REQUEST', message, details));
  }

  #start(pending: PendingRequest): PendingRequest {
    this.pending.add(pending);
    this.#onChange();
    this.#emitter.emit('request', { request: pending.request });
    if (this.pending.has(pending)) this.#send(pending); // a handler may have ended it
    return pending;
  }

  #send(pending: PendingRequest): void {
    const context: TransportContext = {
      deadline: pending.deadline,
      get signal() {
        return pending.signal;
      },
    };
    let answer: unknown;
    try {
      answer = this.#settings.transport.send(pending.request, context);
    } catch (error) {
      answer = Promise.reject(error);
    }
    Promise.resolve(answer).then(
      (response) => response !== undefined && this.#answer(pending, response),
      (cause) => this.#fail(pending, cause),
    );
  }

  /** What the transport resolved with. A late answer meets nobody, even where the widget has used the id again. */
  #answer(pending: PendingRequest, response: unknown): void {
    pending.carried = true;
    if (this.pending.has(pending)) this.#reply(pending, response);
    else this.#orphan(pending.request.requestId);
  }

  #fail(pending: PendingRequest, cause: unknown): void {
    pending.carried = true;
    const details = requestDetails(pending.request, pending.started);
    const error = isBanksideError(cause)
      ? cause
      : new BanksideError('NETWORK', 'The transport failed.', details, { cause });
    this.#end(pending, undefined, error);
  }

  #reply(pending: PendingRequest, response: unknown): void {
    let parsed: unknown;
    let error: AnyBanksideError | undefined;
    try {
      parsed = parseReply(response);
    } catch {
      const mismatch = { expected: REPLY_FORMS, received: describe(response) };
      const details = { ...requestDetails(pending.request, pending.started), ...mismatch };
      const message = `The reply cannot be read: expected ${mismatch.expected}, got ${mismatch.received}.`;
      error = new BanksideError('INVALID_RESPONSE', message, details);
    }
    this.#end(pending, parsed, error);
  }

  #timeOut(pending: PendingRequest): void {
    const { request, timeout, started } = pending;
    const details = { ...requestDetails(request, started), timeout };
    this.#end(
      pending,
      undefined,
      new BanksideError('TIMEOUT', `No answer from '${request.server}' in ${timeout} ms.`, details),
    );
  }

  #end(pending: PendingRequest, response: unknown, error?: AnyBanksideError): void {
    if (!this.pending.take(pending)) return;
    if (!pending.carried) pending.abort(error);
    this.#tell(pending.request, pending.recipients, response, error, performance.now() - pending.started);
    this.#onChange();
  }

  #tell(
    request: WidgetRequest,
    recipients: readonly Recipient[],
    response: unknown,
    error: AnyBanksideError | undefined,
    duration?: number,
  ): void {
    const outcome = { request, response, error, attachment: this.attachment };
    const tell = (): void => {
      let failure = error;
      for (const recipient of recipients) failure = recipient.take(outcome) ?? failure;
      if (failure) this.#emitter.emit('failure', { request, error: failure, duration });
      else this.#emitter.emit('reply', { request, response, duration: duration ?? 0 });
    };
    if (this.#callsOnStack > 0) settled.then(tell);
    else tell();
  }

  #isTransports(response: unknown, requestId: string | number): boolean {
    try {
      return this.#settings.transport.receive?.(response, requestId) === true;
    } catch {
      return false; // then it was not the transport's
    }
  }

  #orphan(requestId: string | number): void {
    const reason = this.pending.wasAnswered(requestId) ? 'settled' : 'unknown';
    this.#emitter.emit('orphan', { requestId, reason });
  }
}

function disposed(cause: unknown, details: RequestErrorDetails): BanksideError<'DISPOSED'> {
  return new BanksideError('DISPOSED', 'The bridge was disposed.', details, { cause });
}

function isSameBody(one: unknown, other: unknown): boolean {
  try {
    return one === other || JSON.stringify(one) === JSON.stringify(other);
  } catch {
    return false; // not to be serialised, so not to be compared
  }
}
