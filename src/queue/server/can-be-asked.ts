import { printable } from '../../text/printable.ts';

/** An address that is longer gets through no gateway. */
const LONGEST = 2_048;

/**
 * Whether it is an id that can be asked for by address: dots lead elsewhere there, and half a character nowhere. One with
 * characters that nobody sees is of no server, and could forge a line where it is logged.
 */
export function canBeAsked(id: unknown): id is string {
  return typeof id === 'string' && id.length <= LONGEST && !/^\.{0,2}$/.test(id) && printable(id) === id;
}
