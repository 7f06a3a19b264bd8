import { forgetLastMatch } from '../text/forget-last-match.ts';

/** The characters of ids, types and names. A sentence, a body or an e-mail address has others. */
const NAME = /^[\w.:-]{1,48}$/;

/** Separators between the parts of a name. */
const SEPARATORS = /[.:_-]+/;

/**
 * A word with a number before or after it, or a short mix of both, as in a UUID. A token is a long mix. The number of a card
 * or an account is mostly a long number. A token of parts this short, or of letters alone, looks like a name.
 */
const PART = /^([A-Za-z]*\d{0,15}|\d{1,15}[A-Za-z]*|[A-Za-z\d]{1,15})$/;

/** Whether a string from outside looks like a name, and so can be shown and sent unchanged. */
export function isName(text: string): boolean {
  const matches = NAME.test(text) && text.split(SEPARATORS).every((part) => PART.test(part));
  forgetLastMatch();
  return matches;
}
