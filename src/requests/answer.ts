import { describe } from '../check.ts';
import { callSafely } from '../emitter.ts';
import type { AnyBanksideError } from '../errors.ts';
import { requestError } from '../http/request-error.ts';
import type { ReadReply } from '../transport/transport.ts';
import { copyPlain } from './copy-plain.ts';
import type { PendingRequest } from './pending-request.ts';
import { formReply } from './replies.ts';
import type { RequestSettings } from './request-options.ts';

/** Whether the widget got a reply: `absent` if there is no reply function, `threw` if that threw. */
export type Delivery = 'done' | 'absent' | 'threw';

/** Where replies to the widget go: its own reply function, or the page of a WebView. */
export interface ReplyTarget {
  answer(response: unknown, requestId: string | number): Delivery;
  /**
   * Puts the bridge in front of the widget's own reply functions, for transports that get replies from outside. Called
   * again before each request, since the widget may load late, or in parts.
   */
  interceptReplies?(): void;
  /** Puts back what was replaced. */
  restore?(): void;
}

/**
 * Gives the outcome of a request to its waiters. Returns the errors to report: first that of the request or of the delivery, if
 * it failed, and then those of functions of the page that were to make the failure reply.
 */
export function answerWaiters(
  pending: PendingRequest,
  settings: RequestSettings,
  target: ReplyTarget | undefined,
  error: AnyBanksideError | undefined,
  answer: ReadReply,
): readonly AnyBanksideError[] {
  const [first] = pending.waiters;
  const own = error ? [error] : [];
  if (!first) return own;
  const [form, [problem, ...further]] = first.isPage
    ? [error ?? answer.response, own]
    : formReply(settings, pending.request, error, answer);
  const failure = deliver(pending, target, form, problem);
  return failure ? [failure, ...further] : [];
}

/** Gives each waiter the form of the reply. Returns the error to report: that of the delivery, else the given one. */
function deliver(
  pending: PendingRequest,
  target: ReplyTarget | undefined,
  form: unknown,
  problem: AnyBanksideError | undefined,
): AnyBanksideError | undefined {
  const deliveries: ((reply: unknown) => Delivery)[] = [];
  for (const { callbacks, wantsReply } of pending.waiters) {
    const callback = (problem && callbacks[1]) ?? callbacks[0];
    if (callback) deliveries.push((reply) => (callSafely(() => callback(reply as never)) ? 'done' : 'threw'));
    if (wantsReply) deliveries.push((reply) => target?.answer(reply, pending.replyId) ?? 'absent');
  }
  let failure = problem;
  for (const run of deliveries) {
    // Each waiter gets a copy, since a widget may change it.
    const delivery = run(deliveries.length > 1 ? copyPlain(form) : form);
    if (delivery !== 'done') failure = deliveryError(delivery, pending, form, problem);
  }
  return failure;
}

/** What the widget threw is reported as an uncaught error of the page. This error only says that it threw. */
function deliveryError(
  delivery: 'absent' | 'threw',
  pending: PendingRequest,
  form: unknown,
  cause: AnyBanksideError | undefined,
): AnyBanksideError {
  if (delivery === 'absent')
    return requestError('NO_CHANNEL', 'No widget can be answered', pending, {}, cause);
  const expected = 'a reply that the widget can use';
  const received = describe(form);
  const message =
    `The widget threw at its reply (${received}): see the uncaught error. ` +
    'It may expect another form: see the option reply';
  return requestError('INVALID_RESPONSE', message, pending, { expected, received }, cause);
}
