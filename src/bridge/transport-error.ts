import { type AnyBanksideError, isBanksideError, redactedCause } from '../errors.ts';
import { requestError, type StartedRequest } from '../http/request-error.ts';

/** What a transport threw, or rejected with. An error of this package is told as it is; of any other value, its kind alone. */
export function transportError(sent: StartedRequest, thrown: unknown): AnyBanksideError {
  if (isBanksideError(thrown)) return thrown;
  return requestError('NETWORK', 'The transport failed', sent, {}, redactedCause(thrown));
}
