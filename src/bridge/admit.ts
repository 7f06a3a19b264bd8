import type { AnyBanksideError } from '../errors.ts';
import { requestError } from '../http/request-error.ts';
import type { PendingRequest } from './pending.ts';
import type { PendingRequests } from './pending-requests.ts';
import { isSameRequest, isSuperseded, leaveReplyTo } from './same-id.ts';

/**
 * Why a request is not sent, beside those that are pending, if so: one of them will answer it too, or too many wait already.
 * A call that joins a request counts like one that makes one, unless nobody waits for its answer.
 */
export function admit(
  pending: PendingRequest,
  pendings: PendingRequests,
  maxPending: number,
): AnyBanksideError | undefined {
  const first = pendings.newestOf(pending.id);
  const hasRoom = pendings.waiting < maxPending;
  if (first && isSameRequest(first, pending)) {
    leaveReplyTo(first, pending);
    const waits = !isSuperseded(pending);
    if (hasRoom || !waits) {
      if (waits) pendings.join(first, pending);
      else pending.askers.length = 0;
      return requestError('DUPLICATE_REQUEST', 'Its id is pending already', pending);
    }
  } else if (first) pendings.makeWay(pending);
  if (hasRoom) return undefined;
  return requestError('OVERLOADED', `${maxPending} calls wait for an answer already`, pending, {
    maxPending,
  });
}
