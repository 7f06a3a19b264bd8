import { forgetLastMatch } from '../text/forget-last-match.ts';

/** What ids, types and names are made of. A sentence, a body or an e-mail address has more. */
const NAME = /^[\w.:-]{1,48}$/;

/** What stands between the parts of a name. */
const BETWEEN = /[.:_-]+/;

/**
 * A word with a number before or after it, or a short mix of both, as in a UUID. A token is a long mix, and the number of
 * a card or an account mostly a long number. A token that is cut into parts as short, or is of letters alone, could not be
 * told from a name.
 */
const PART = /^([A-Za-z]*\d{0,15}|\d{1,15}[A-Za-z]*|[A-Za-z\d]{1,15})$/;

/** Whether a text that others wrote looks like a name, and may be shown and sent as it is. */
export function isName(text: string): boolean {
  const isOne = NAME.test(text) && text.split(BETWEEN).every((part) => PART.test(part));
  forgetLastMatch();
  return isOne;
}

/** What others wrote, as a text; of what is neither text nor number, its kind alone. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : typeof value;
}

/** The same of one that may be missing. */
export function textIfAny(value: unknown): string | undefined {
  return value === undefined || value === null || value === '' ? undefined : textOf(value);
}

/** A number, if it is one: an error may have been made by the page's own transport. */
export function plainNumber(value: unknown): number | undefined {
  return Number.isFinite(value) ? (value as number) : undefined;
}
