import type { PendingRequest } from './pending.ts';
import { asJson } from './replies.ts';

/**
 * One send and one reply, however often the widget asks under one id: those who ask for the same wait with
 * the first, the others are left with the second, to be failed.
 */
export function joinPending(first: PendingRequest, second: PendingRequest): void {
  const isAnswered = first.askers.some(({ replies }) => replies);
  const [asker] = second.askers.splice(0);
  const { askers } = isSame(first, second) ? first : second;
  askers.push({ ...asker, replies: !isAnswered && asker?.replies === true });
}

function isSame({ request: one }: PendingRequest, { request: other }: PendingRequest): boolean {
  try {
    return (
      one.server === other.server && (one.body === other.body || asJson(one.body) === asJson(other.body))
    );
  } catch {
    return false; // not to be serialised, so not to be compared
  }
}
