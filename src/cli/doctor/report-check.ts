import type { Check } from '../../doctor/examine.ts';
import type { Finding } from '../../doctor/finding.ts';
import type { Paint, Style } from '../colour.ts';
import { wrapLines } from './wrap-lines.ts';

type Mark = Check['result'] | 'advice';

/** Words in place of signs, which not all consoles can show. */
const MARKS: Readonly<Record<Mark, readonly [word: string, style: Style]>> = {
  fine: ['ok', 'green'],
  found: ['found', 'red'],
  // What was found works, and could cost less.
  advice: ['advice', 'cyan'],
  skipped: ['skipped', 'dim'],
};
const LONGEST_MARK = 'skipped'.length;
const LONGEST_SUBJECT = 'pserver'.length;

/** One check: `  ok       pserver  a token that is not valid`. */
export function reportCheck(
  { subject, name, result, reason }: Check,
  found: readonly Finding[],
  paint: Paint,
  width: number,
): string {
  const isAdvice = found.length > 0 && found.every(({ severity }) => severity === 'advice');
  const [word, style] = MARKS[isAdvice ? 'advice' : result];
  const mark = word.padEnd(LONGEST_MARK);
  const text = reason === undefined ? name : `${name}: ${reason}`;
  const [first = '', ...others] = wrapLines(text, width, `  ${mark}  ${subject.padEnd(LONGEST_SUBJECT)}  `);
  return [first.replace(mark, paint(style, mark)), ...others].join('\n');
}
