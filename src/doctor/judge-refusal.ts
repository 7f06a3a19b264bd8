import { attempt } from '../check.ts';
import { queueIdIn } from '../queue/server/queue-id-in.ts';
import { readReply } from '../requests/read-reply.ts';
import type { Answer } from './exchange.ts';
import type { Fault, Judgement } from './fault.ts';
import { isRedirect, isSuccess } from './judge-command.ts';
import { isOfLivingQueue } from './judge-queue.ts';
import { replyOutcome } from './reply-outcome.ts';
import type { Subject } from './subject.ts';

/** Every page needs this command, so that some servers ask for no token. */
const PERHAPS_PUBLIC: Subject['name'] = 'ob';

/**
 * Judges the answer to a token that is not valid.
 *
 * @param usual The status for the given token; `undefined` if none came, or none was sent.
 */
export function judgeRefusal(answer: Answer, subject: Subject['name'], usual: number | undefined): Judgement {
  const { status } = answer;
  if (status === 401 || isRedirect(status)) return { faults: [] }; // The sender reports redirects.
  const isGranted = isSuccess(status) && (subject === 'linxo' ? givesQueue(answer) : isAccepted(answer));
  if (isGranted && subject === PERHAPS_PUBLIC)
    return notJudged('the server answers this command without a valid token too');
  if (status >= 400 && status === usual) return notJudged(`the status is ${status} for the given token too`);
  if (status === 400 || status === 422)
    return notJudged(`the status is ${status}, which may be for the form of the token`);
  return { faults: [isGranted ? notChecked(status) : otherForm(status, usual)] };
}

function notJudged(reason: string): Judgement {
  return { faults: [], reason };
}

function notChecked(status: number): Fault {
  return { id: 'token-not-checked', seen: `The status is ${status}: the server does not check the token.` };
}

function otherForm(status: number, usual: number | undefined): Fault {
  const isElsewhere = [404, 405, 502, 503, 504].includes(status);
  if (isElsewhere && usual === undefined) return { id: 'server-error', seen: `The status is ${status}.` };
  const isOpen = usual === undefined && (status === 403 || status >= 500);
  const rest = isOpen ? ' The reason may be another than the token.' : '';
  return { id: 'unauthorized-form', seen: `The status is ${status}, where 401 was due.${rest}` };
}

function givesQueue(answer: Answer): boolean {
  return queueIdIn(answer.header('location').value ?? '') !== undefined || isOfLivingQueue(answer);
}

function isAccepted({ status, text }: Answer): boolean {
  return replyOutcome(attempt(() => readReply(text))?.response, status) === 'success';
}
