import { printable } from '../text/printable.ts';

const LONGEST = 100;

const ORIGIN = String.raw`(?:\*|null|[a-z][a-z\d+.-]{0,20}:\/\/[\w.*[\]:-]+\/?…?)`;
const AMOUNT = String.raw`[-+]?\d{1,10}(?:[.,]\d{1,6})? ?[a-z]{0,7}`;
const DIRECTIVE = String.raw`(?:public|private|no-cache|no-transform|must-revalidate|proxy-revalidate|must-understand|immutable|(?:s-maxage|max-age|stale-while-revalidate|stale-if-error)=?"?\d{0,10}"?)`;

/** How values look that are nearly right. Anything else could be a secret that a server sends back. */
export const FORM = {
  origins: listOf(ORIGIN),
  truth: listOf('(?:true|false|yes|no|on|off|0|1)'),
  amount: listOf(AMOUNT),
  directives: listOf(DIRECTIVE),
  hosts: listOf(String.raw`[\w.*:-]+`),
  /** An amount of time, or a date in any notation. */
  time: new RegExp(
    String.raw`^(?:${AMOUNT}(?:, ?${AMOUNT})*|\d{4}-\d\d-\d\d[\dT:.+Z -]{0,20}|[a-z]{3,9},? \d{1,2}[ -][a-z]{3,9}[ -]\d{2,4} [\d:]{5,8}( [a-z+\d-]{1,5})?)$`,
    'i',
  ),
} as const;

/** Quotes a value of a server, if it has the form that is expected of it; of an address, the origin. Otherwise it says how long it is. */
export function quotedValue(value: string, form: RegExp): string {
  if (value === '') return 'empty';
  const shown = value.replace(/(:\/\/[^\s/?#,]+)[/?#][^\s,]+/g, '$1/…');
  if (shown.length <= LONGEST && form.test(shown)) return `"${printable(shown)}"`;
  return `a value of ${value.length} ${value.length === 1 ? 'character' : 'characters'}`;
}

function listOf(member: string): RegExp {
  return new RegExp(`^${member}(?:[, ]+${member})*$`, 'i');
}
