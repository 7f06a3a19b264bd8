import { printable } from '../../text/printable.ts';

/** A longer address gets through no gateway. In characters. */
const LONGEST = 2_048;

/**
 * Whether a value is an id that can be part of an address. Dots would lead to another address, and half a surrogate pair to
 * none. Servers give no invisible characters, and those could forge a line in a log.
 */
export function isAddressableId(id: unknown): id is string {
  return typeof id === 'string' && id.length <= LONGEST && !/^\.{0,2}$/.test(id) && printable(id) === id;
}
