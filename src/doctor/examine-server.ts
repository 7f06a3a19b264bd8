import { type CommandStep, commandSteps } from './command-steps.ts';
import type { Answer, Exchange } from './exchange.ts';
import type { Fault } from './fault.ts';
import { isDeclined, isRedirect, isSuccess, judgeCommand } from './judge-command.ts';
import type { SubjectExamination } from './subject-examination.ts';

/** What was learnt of a server so far. */
interface Known {
  /** Why no further command would show anything. */
  obstacle?: string | undefined;
  /** The status of the answer to the small command with a further field. */
  status?: number;
}

/** Examines a server of the widget. */
export async function examineServer(examination: SubjectExamination): Promise<void> {
  const { subject } = examination;
  const known: Known = {};
  for (const step of commandSteps(subject)) {
    if (examination.skipsRest()) break;
    if (known.obstacle) examination.skip(step.check, known.obstacle);
    else await examineStep(examination, known, step);
  }
  examination.concludeRefusal();
}

async function examineStep(examination: SubjectExamination, known: Known, step: CommandStep): Promise<void> {
  const exchange = await examination.send(step, examination.subject.url);
  if (step.kind in ODD && (isUnread(exchange) || (exchange.answer?.status ?? 0) >= 500)) {
    // It may have failed for another reason: because it is one request too many, or because the server has just gone.
    const [again] = commandSteps(examination.subject).filter(({ kind }) => kind === 'more');
    const { answer } = again ? await examination.send(again, examination.subject.url) : exchange;
    if (!answer || !isSuccess(answer.status)) {
      known.obstacle = 'the server stopped answering';
      examination.skip(step.check, known.obstacle);
      return;
    }
  }
  conclude(examination, known, step, exchange);
}

function conclude(examination: SubjectExamination, known: Known, step: CommandStep, came: Exchange): void {
  if (step.kind === 'refused') {
    examination.holdRefusal(step, came);
    return;
  }
  const exchange = examination.judgeable(came);
  const { answer } = exchange;
  switch (step.kind) {
    case 'plain':
      examination.concludeRefusal(answer?.status);
      concludePlain(examination, known, step, exchange);
      break;
    case 'more':
      known.status = answer?.status ?? 0;
      known.obstacle = obstacleIn(answer, 'the server accepts no further field in a command');
      examination.conclude(step, exchange, replyFaults(answer), known.obstacle);
      break;
    default:
      concludeOdd(examination, known, step, exchange);
  }
}

function concludePlain(
  examination: SubjectExamination,
  known: Known,
  step: CommandStep,
  exchange: Exchange,
): void {
  const { answer } = exchange;
  known.obstacle = obstacleIn(answer, 'the command alone is not accepted');
  const { result, faults } = answer
    ? judgeCommand(answer, examination.subject.name)
    : { result: 'failed', faults: [] };
  const isJudged = result === 'accepted' || faults.length > 0;
  const reason =
    result === 'declined'
      ? `the server declined the command, with the status ${answer?.status}`
      : 'it was redirected';
  examination.conclude(step, exchange, faults, isJudged ? undefined : reason);
}

/** Why commands that differ a little would not show anything either. */
function obstacleIn(answer: Answer | undefined, refused: string): string | undefined {
  if (!answer) return 'the answer to a smaller request cannot be judged';
  if (answer.status === 401) return 'the token was refused';
  return isSuccess(answer.status) ? undefined : refused;
}

/** Faults of an answer of success. */
function replyFaults(answer: Answer | undefined): readonly Fault[] {
  return answer && isSuccess(answer.status) ? judgeCommand(answer, 'pserver').faults : [];
}

const ODD = {
  special: { id: 'special-characters', words: 'characters beyond ASCII', usual: 'without' },
  large: { id: 'large-body', words: '200 kB', usual: 'with 200 bytes' },
} as const;

/** What a sender finds where a refusal cannot be read, or closes the connection. */
const UNREAD: ReadonlySet<string> = new Set(['unreachable', 'no-answer', 'not-http', 'answer-origin']);

function isUnread({ answer, findings }: Exchange): boolean {
  return !answer && findings.some(({ id }) => UNREAD.has(id) || id === 'error-answer-origin');
}

/** Ends the check of a command that differs from an accepted one in one thing alone. */
function concludeOdd(
  examination: SubjectExamination,
  known: Known,
  step: CommandStep,
  exchange: Exchange,
): void {
  const { id, words, usual } = ODD[step.kind as keyof typeof ODD];
  const { answer, findings } = exchange;
  if (!answer) {
    const isRefused = isUnread(exchange);
    const rest = isRefused ? findings.filter((found) => !UNREAD.has(found.id)) : findings;
    const seen = `No answer with ${words} can be read, while the status is ${known.status} ${usual}.`;
    examination.conclude(step, { ...exchange, findings: rest }, isRefused ? [{ id, seen }] : []);
  } else if (isSuccess(answer.status)) {
    examination.conclude(step, exchange, replyFaults(answer));
  } else if (answer.status === 401 || isRedirect(answer.status)) {
    examination.conclude(step, exchange, [], `the status is ${answer.status}`);
  } else if (isDeclined(answer)) {
    examination.conclude(step, exchange, [], `the server declined it, with the status ${answer.status}`);
  } else {
    const seen = `With ${words} the status is ${answer.status}, and ${usual} it is ${known.status}.`;
    examination.conclude(step, exchange, [{ id, seen }]);
  }
}
