import type { PendingRequest } from './pending.ts';

/** Whether two requests would send the same. */
export function isSameRequest(one: PendingRequest, other: PendingRequest): boolean {
  if (one.request.server !== other.request.server) return false;
  // What cannot be written as JSON cannot be compared either, unless it is one object.
  if (one.bodyText === undefined) return one.request.body === other.request.body;
  return one.bodyText === other.bodyText;
}

/** The widget's reply function takes one reply for an id: it is the first's, if that waits for one. */
export function leaveReplyTo(first: PendingRequest, second: PendingRequest): void {
  if (first.askers.some(({ replies }) => replies)) giveUpReply(second);
}

/** The widget's reply function takes one reply for an id: it is the second's, if that waits for one. */
export function supersede(first: PendingRequest, second: PendingRequest): void {
  if (second.askers.some(({ replies }) => replies)) giveUpReply(first);
}

/** Whether nobody is left who would take its reply. */
export function isSuperseded({ askers }: PendingRequest): boolean {
  return askers.every(({ replies, callbacks }) => !replies && !callbacks[0]);
}

function giveUpReply({ askers }: PendingRequest): void {
  for (const asker of askers) asker.replies = false;
}
