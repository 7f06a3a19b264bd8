import { callSafely } from '../emitter.ts';
import type { AnyBanksideError } from '../errors.ts';
import { requestError } from '../transport/transport.ts';
import type { Attachment } from './attachment.ts';
import type { BridgeSettings } from './bridge-options.ts';
import type { PendingRequest } from './pending.ts';
import { formReply } from './replies.ts';

/**
 * Hands the outcome of a request to all who asked for it. Returns the error that it comes to: the outcome's
 * own, or what went wrong in handing it over.
 */
export function answerAskers(
  pending: PendingRequest,
  settings: BridgeSettings,
  attachment: Attachment | undefined,
  error: AnyBanksideError | undefined,
  response: unknown,
): AnyBanksideError | undefined {
  const { request, askers } = pending;
  const [first] = askers;
  if (!first) return error;
  const [form, problem] = first.isPage
    ? [error ?? response, error]
    : formReply(settings, request, error, response);
  let failure = problem;
  for (const { callbacks, replies } of askers) {
    callSafely(() => ((problem && callbacks[1]) ?? callbacks[0])?.(form as never));
    if (replies && !attachment?.answer(form, request.requestId)) {
      failure = requestError('NO_CHANNEL', 'No widget can be answered', pending, {}, problem);
    }
  }
  return failure;
}
