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
  let failure = error;
  for (const { callbacks, replies, isPage } of askers) {
    const [form, problem] = isPage
      ? [error ?? response, error]
      : formReply(settings, request, error, response);
    if (problem !== error) failure = problem;
    if (callbacks) callSafely(() => callbacks[problem ? 1 : 0](form as never));
    if (replies && !attachment?.answer(form, request.requestId)) {
      failure = requestError('NO_CHANNEL', 'No widget can be answered', pending, {}, problem);
    }
  }
  return failure;
}
