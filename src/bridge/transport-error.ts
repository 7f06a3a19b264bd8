import { type AnyBanksideError, isBanksideError } from '../errors.ts';
import { kindOf } from '../kind-of.ts';
import { requestError, type SentRequest } from '../transport/transport.ts';

/** What a transport threw, or rejected with. An error of this package is told as it is; of any other value, its kind alone. */
export function transportError(sent: SentRequest, thrown: unknown): AnyBanksideError {
  if (isBanksideError(thrown)) return thrown;
  return requestError('NETWORK', 'The transport failed', sent, {}, kindOf(thrown));
}
