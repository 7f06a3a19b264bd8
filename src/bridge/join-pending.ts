import { attempt } from '../attempt.ts';
import type { WidgetRequest } from '../transport/transport.ts';
import type { PendingRequest } from './pending.ts';
import { asJson } from './replies.ts';

/**
 * One send and one reply, however often the widget asks under one id: whoever asks for the same waits with
 * the first; whoever does not is left with the second, to be failed.
 */
export function joinPending(first: PendingRequest, second: PendingRequest): void {
  const isAnswered = first.askers.some(({ replies }) => replies);
  for (const asker of second.askers) if (isAnswered) asker.replies = false;
  if (isSame(first.request, second.request)) first.askers.push(...second.askers.splice(0));
}

/** Bodies that are not to be serialised are not to be compared. */
function isSame(one: WidgetRequest, other: WidgetRequest): boolean | undefined {
  return (
    one.server === other.server &&
    (one.body === other.body || attempt(() => asJson(one.body) === asJson(other.body)))
  );
}
