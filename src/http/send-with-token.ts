import type { CredentialSource } from '../credential.ts';
import { isBanksideError } from '../errors.ts';
import type { Answer } from './exchange.ts';

/**
 * Sends with a token. A 401 asks once more, saying which token was rejected, and sends again with the fresh
 * one. Resolves with whatever the server answered, a second 401 too. Rejects with the signal's reason, with an
 * error of this package, or with what `failed` makes of any other.
 *
 * @param failed Makes the error of a request that came to no answer.
 * @param asking Hears that a token is asked for, and after which answer.
 */
export async function sendWithToken(
  source: CredentialSource | undefined,
  signal: AbortSignal,
  send: (token: string | undefined) => Promise<Answer>,
  failed: (message: string, cause?: unknown) => Error,
  asking?: (status?: number) => void,
): Promise<Answer> {
  let isAsking = true;
  try {
    if (source) asking?.();
    const token = await source?.get(signal);
    isAsking = false;
    const answer = await send(token);
    if (token === undefined || answer.response.status !== 401) return answer;
    isAsking = true;
    asking?.(401);
    const fresh = await source?.replace(token, signal);
    isAsking = false;
    return fresh === undefined ? answer : await send(fresh);
  } catch (error) {
    signal.throwIfAborted();
    if (isBanksideError(error)) throw error;
    // What the page's function throws is not kept: it may quote a token, a header or a body.
    throw isAsking ? failed('The token function failed') : failed('The network failed', error);
  }
}
