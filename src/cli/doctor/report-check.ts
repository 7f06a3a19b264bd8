import type { Check } from '../../doctor/examine.ts';
import type { Paint, Style } from '../colour.ts';
import { wrapLines } from './wrap-lines.ts';

/** Words in place of signs, which not all consoles can show. */
const MARKS: Readonly<Record<Check['result'], readonly [word: string, style: Style]>> = {
  fine: ['ok', 'green'],
  found: ['found', 'red'],
  skipped: ['skipped', 'dim'],
};
const LONGEST_MARK = 'skipped'.length;
const LONGEST_SUBJECT = 'pserver'.length;

/** One check: `  ok       pserver  a token that is not valid`. */
export function reportCheck({ subject, name, result, reason }: Check, paint: Paint, width: number): string {
  const [word, style] = MARKS[result];
  const mark = word.padEnd(LONGEST_MARK);
  const text = reason === undefined ? name : `${name}: ${reason}`;
  const [first = '', ...others] = wrapLines(text, width, `  ${mark}  ${subject.padEnd(LONGEST_SUBJECT)}  `);
  return [first.replace(mark, paint(style, mark)), ...others].join('\n');
}
