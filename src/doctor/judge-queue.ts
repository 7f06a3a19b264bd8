import { attempt } from '../check.ts';
import { queueIdIn } from '../queue/server/queue-id-in.ts';
import { readReply } from '../requests/read-reply.ts';
import type { Answer } from './exchange.ts';
import type { Fault } from './fault.ts';
import { isRedirect, isSuccess } from './judge-command.ts';
import { unreadable } from './judge-headers.ts';

/** Judges the status of the answer to `queues/subscribe`. */
export function judgeSubscription({ status }: Answer): readonly Fault[] {
  if (isSuccess(status) || isRedirect(status)) return [];
  if (status === 401) return [{ id: 'token-refused', seen: 'The status is 401.' }];
  return [{ id: 'subscribe-form', seen: `The status is ${status}.` }];
}

/** Judges the header that has the id of the new queue. */
export function judgeLocation(answer: Answer): readonly Fault[] {
  const { value } = answer.header('location');
  const hidden = unreadable(answer, 'Location');
  if (value === undefined)
    return [{ id: answer.seesAllHeaders ? 'location-missing' : 'location-hidden', seen: `${hidden}` }];
  const faults: Fault[] = [];
  if (hidden !== undefined) faults.push({ id: 'location-hidden', seen: hidden });
  if (queueIdIn(value) === undefined)
    faults.push({ id: 'location-form', seen: 'The header Location does not end in /queues/{id}.' });
  return faults;
}

/** Judges the answer to a read of the new queue, by what the poller accepts. */
export function judgeRead(answer: Answer): readonly Fault[] {
  const { status } = answer;
  if (isRedirect(status) || isOfLivingQueue(answer)) return [];
  if (status === 401) return [{ id: 'token-refused', seen: 'The status is 401.' }];
  if (!isSuccess(status))
    return [{ id: 'poll-form', seen: `The status is ${status}, of a queue that exists.` }];
  return [{ id: 'poll-form', seen: `The status is ${status}, and the body is no JSON array.` }];
}

/**
 * Judges the answer to a read of a queue that does not exist.
 *
 * 403 is right: there may be a queue of another user.
 *
 * @param id The id that was made up. A server that signs its ids refuses it for its form, as it does not with those that expired.
 * @param living The answer to a read of the new queue.
 */
export function judgeDeadRead(answer: Answer, id: string, living: Answer | undefined): readonly Fault[] {
  const { status } = answer;
  if (isGone(status) || isRedirect(status)) return [];
  if (isOfLivingQueue(answer))
    return [{ id: 'dead-queue-form', seen: `The status is ${status}, as of a queue that exists.` }];
  const isUsual = living && !isOfLivingQueue(living) && living.status === status;
  if (isUsual || status === 403 || isRefusedForm(status, id)) return [];
  const seen =
    status === 401
      ? 'The status is 401, as if the token were not valid: the poller would end with UNAUTHORIZED.'
      : `The status is ${status}, where 404 or 410 was due.`;
  return [{ id: 'dead-queue-form', seen }];
}

/** Judges the answer to a read of a connection that does not exist. Whatever the server says of that is right. */
export function judgeConnectionRead({ status, text }: Answer, living: Answer | undefined): readonly Fault[] {
  if (status === 401 && living && living.status !== 401)
    return [{ id: 'token-refused', seen: 'The status is 401.' }];
  const isPage = isSuccess(status) && !attempt(() => readReply(text));
  return isPage ? [{ id: 'not-json', seen: `The status is ${status}, and the body is no JSON.` }] : [];
}

/** Whether the answer to a read has one of the two forms of a queue that exists. */
export function isOfLivingQueue({ status, text }: Answer): boolean {
  if (!isSuccess(status)) return false;
  return status === 204 || Array.isArray(attempt(() => JSON.parse(text.trim()))); // also without a byte order mark
}

/** Whether a status says that there is no such queue. */
export function isGone(status: number): boolean {
  return status === 404 || status === 410;
}

/** UUIDs and other hexadecimal ids have no check sum. Of a number, a server may accept some alone. */
function isRefusedForm(status: number, id: string): boolean {
  const isHexadecimal = /^[\da-f-]+$/i.test(id) && /[a-f]/i.test(id);
  return (status === 400 || status === 422) && !isHexadecimal;
}
