import { printable } from '../../text/printable.ts';

const LONGEST = 100;
/** As all known ones are. */
const WORD = /^\w{0,100}$/;

/**
 * A status as it stands in a state: of one line, and not long, whatever a server wrote. Pages log it and show it as it is. Events
 * keep what the server wrote.
 */
export function statusText(status: string): string {
  return WORD.test(status) ? status : printable(status.slice(0, LONGEST));
}
