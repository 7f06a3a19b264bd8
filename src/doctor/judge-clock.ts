import { attempt } from '../check.ts';
import { timeIn } from '../http/retry-after.ts';
import type { Answer } from './exchange.ts';

/** How far a server's clock may be from this one, in ms. */
const TOLERANCE = 10_000;
/** `Date` has whole seconds. In ms. */
const PRECISION = 1000;

/**
 * How far a server's time is from this machine's, in words; `undefined` if they agree, or if it is not known. Whatever time the
 * request was on its way is allowed for.
 */
export function clockDifference(answer: Answer): string | undefined {
  const { sentAt, answeredAt } = answer;
  const date = attempt(() => timeIn(new Headers({ date: answer.header('date').value ?? '' }), 'date'));
  if (date === undefined) return undefined;
  const ahead = date - answeredAt;
  if (ahead > TOLERANCE) return `${seconds(ahead)} ahead of`;
  const behind = sentAt - (date + PRECISION);
  return behind > TOLERANCE ? `${seconds(behind)} behind` : undefined;
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}

/** Whether a cache answered: `Date` is then that of the first answer. Of several caches, each may add its own `Age`. */
export function isFromCache(answer: Answer): boolean {
  const ages = (answer.header('age').value ?? '').split(',');
  return ages.some((age) => Number(age) > 0);
}
