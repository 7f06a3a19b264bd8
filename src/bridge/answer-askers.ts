import { describe } from '../check.ts';
import { callSafely } from '../emitter.ts';
import type { AnyBanksideError } from '../errors.ts';
import { requestError } from '../http/request-error.ts';
import type { Attachment } from './attachment.ts';
import type { BridgeSettings } from './bridge-options.ts';
import { copyPlain } from './copy-plain.ts';
import type { PendingRequest } from './pending.ts';
import { formReply, type ReadReply } from './replies.ts';

/**
 * Hands the outcome of a request to all who asked for it. Returns the error that it comes to: the outcome's
 * own, or what went wrong in handing it over.
 */
export function answerAskers(
  pending: PendingRequest,
  settings: BridgeSettings,
  attachment: Attachment | undefined,
  error: AnyBanksideError | undefined,
  answer: ReadReply,
): AnyBanksideError | undefined {
  const { request, replyId, askers } = pending;
  const [first] = askers;
  if (!first) return error;
  const [form, problem] = first.isPage
    ? [error ?? answer.response, error]
    : formReply(settings, request, error, answer);
  // Each gets an object of its own, since a widget may change what it gets.
  const isShared = askers.length > 1 || (first.callbacks[0] && first.replies);
  const kept = isShared ? copyPlain(form) : form;
  let isFirst = true;
  const next = (): unknown => {
    if (!isFirst) return copyPlain(kept);
    isFirst = false;
    return form;
  };

  let failure = problem;
  for (const { callbacks, replies } of askers) {
    const callback = (problem && callbacks[1]) ?? callbacks[0];
    if (callback && !callSafely(() => callback(next() as never))) failure = threw(pending, form, problem);
    const handOver = replies ? (attachment?.answer(next(), replyId) ?? 'absent') : 'taken';
    if (handOver === 'threw') failure = threw(pending, form, problem);
    if (handOver === 'absent') {
      failure = requestError('NO_CHANNEL', 'No widget can be answered', pending, {}, problem);
    }
  }
  return failure;
}

/** What the widget threw goes where the page's other uncaught errors go: here, it is told alone that it did. */
function threw(
  pending: PendingRequest,
  form: unknown,
  problem: AnyBanksideError | undefined,
): AnyBanksideError {
  const mismatch = { expected: 'a reply that the widget can use', received: describe(form) };
  const message =
    `The widget threw while it took its reply (${mismatch.received}). ` +
    'See the uncaught error. Widgets expect an object, JSON text or Base64: see the option reply';
  return requestError('INVALID_RESPONSE', message, pending, mismatch, problem);
}
