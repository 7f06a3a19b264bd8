import { queueIdIn } from '../queue/server/queue-id-in.ts';
import type { Answer, Exchange } from './exchange.ts';
import type { Judgement } from './fault.ts';
import { isSuccess } from './judge-command.ts';
import { storageFaults, unknownStorageFaults, unreadable } from './judge-headers.ts';
import {
  isGone,
  judgeConnectionRead,
  judgeDeadRead,
  judgeLocation,
  judgeRead,
  judgeSubscription,
} from './judge-queue.ts';
import { judgeRefusal } from './judge-refusal.ts';
import { otherId } from './other-id.ts';
import { type QueueStep, queueFolder, queueSteps } from './queue-steps.ts';
import type { Step } from './step.ts';
import type { SubjectExamination } from './subject-examination.ts';

/** The id of nothing, in words for the log of the server. */
const MADE_UP = 'bankside-doctor';

/** What was learnt of the queue so far. */
interface Known {
  /** Of the new queue. */
  id?: string | undefined;
  subscribed?: Answered | undefined;
  /** The answer to a read of the new queue. */
  living?: Answered | undefined;
  dead?: Answer | undefined;
}

interface Answered {
  readonly step: Step;
  readonly answer: Answer;
}

/** Examines the server of the event queue. */
export async function examineQueue(examination: SubjectExamination): Promise<void> {
  const { subject } = examination;
  const folder = queueFolder(subject.url);
  const known: Known = {};
  for (const step of queueSteps(subject)) {
    if (examination.skipsRest()) break;
    const obstacle = obstacleOf(step, known);
    if (obstacle) examination.skip(step.check, obstacle);
    else
      conclude(examination, known, step, await examination.send(step, new URL(pathOf(step, known), folder)));
  }
  examination.concludeRefusal();
  concludeDate(examination, known);
}

function obstacleOf({ kind, token }: QueueStep, { id, subscribed }: Known): string | undefined {
  if (token !== 'spoiled' && subscribed?.answer.status === 401) return 'the token was refused';
  if ((kind === 'read' || kind === 'dead') && id === undefined) return 'the id of the new queue is not known';
  return kind === 'dead' && otherId(id ?? '') === undefined
    ? 'no id is known that is of no queue'
    : undefined;
}

function pathOf({ kind }: QueueStep, { id }: Known): string {
  if (kind === 'refused' || kind === 'subscribe') return 'queues/subscribe';
  if (kind === 'connection') return `connections/${MADE_UP}`;
  const queue = kind === 'dead' && id !== undefined ? otherId(id) : id;
  return `queues/${encodeURIComponent(queue ?? MADE_UP)}`;
}

function conclude(examination: SubjectExamination, known: Known, step: QueueStep, came: Exchange): void {
  if (step.kind === 'refused') {
    examination.holdRefusal(step, came);
    return;
  }
  const exchange = examination.judgeable(came);
  const { answer } = exchange;
  switch (step.kind) {
    case 'subscribe':
      examination.concludeRefusal(answer?.status);
      concludeSubscription(examination, known, step, exchange);
      break;
    case 'read':
      known.living = answer && { step, answer };
      examination.conclude(step, exchange, answer ? judgeRead(answer) : []);
      if (answer && isSuccess(answer.status))
        examination.concludePart('Cache-Control', step, storageFaults(answer));
      break;
    case 'refused-read':
      concludeRefusedRead(examination, known, step, exchange);
      break;
    case 'dead':
      known.dead = answer;
      concludeDead(examination, known, step, exchange);
      break;
    default:
      concludeConnection(examination, known, step, exchange);
  }
}

function concludeSubscription(
  examination: SubjectExamination,
  known: Known,
  step: Step,
  exchange: Exchange,
): void {
  const { answer } = exchange;
  known.subscribed = answer && { step, answer };
  examination.conclude(step, exchange, answer ? judgeSubscription(answer) : []);
  if (!answer || !isSuccess(answer.status)) return;
  examination.concludePart('the header Location', step, judgeLocation(answer));
  known.id = queueIdIn(answer.header('location').value ?? '');
}

function concludeRefusedRead(
  examination: SubjectExamination,
  known: Known,
  step: Step,
  exchange: Exchange,
): void {
  const { faults, reason } = exchange.answer ? judgeRefusedRead(exchange.answer, known) : { faults: [] };
  examination.conclude(step, exchange, faults, reason);
}

/**
 * A server may say that there is no such queue, so that others do not learn which there are. That does no harm: the poller gets
 * another queue then, and a fresh token for that. Of an id that was made up, a server may say so in other ways.
 */
function judgeRefusedRead(answer: Answer, { id, living }: Known): Judgement {
  const { status } = answer;
  const isOtherError = id === undefined && status >= 400 && status !== 401;
  if (isOtherError || (isGone(status) && !isGone(living?.answer.status ?? 0)))
    return { faults: [], reason: `the status is ${status}, which may be for a queue that does not exist` };
  return judgeRefusal(answer, 'linxo', living?.answer.status);
}

function concludeDead(
  examination: SubjectExamination,
  { id = '', living }: Known,
  step: Step,
  exchange: Exchange,
): void {
  const { answer } = exchange;
  const faults = answer ? judgeDeadRead(answer, id, living?.answer) : [];
  const isJudged = faults.length > 0 || !answer || isGone(answer.status);
  examination.conclude(
    step,
    exchange,
    faults,
    isJudged ? undefined : `the status is ${answer.status}, which may have another reason`,
  );
}

function concludeConnection(
  examination: SubjectExamination,
  { dead, living }: Known,
  step: Step,
  exchange: Exchange,
): void {
  const { answer } = exchange;
  const faults = answer
    ? [...judgeConnectionRead(answer, living?.answer), ...unknownStorageFaults(answer, dead)]
    : [];
  const isOutage = answer && answer.status >= 500;
  examination.conclude(step, exchange, faults, isOutage ? `the status is ${answer.status}` : undefined);
}

/** Of the answers, reads are the most frequent. */
function concludeDate(examination: SubjectExamination, { living, subscribed }: Known): void {
  const seen = [living, subscribed].find((answered) => answered && isSuccess(answered.answer.status));
  if (!seen) return;
  const hidden = unreadable(seen.answer, 'Date');
  examination.concludePart('the header Date', seen.step, hidden ? [{ id: 'date-hidden', seen: hidden }] : []);
}
