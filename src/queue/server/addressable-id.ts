import { checkCall } from '../../check.ts';
import { printable } from '../../text/printable.ts';

/** Gateways refuse longer addresses. In characters. */
const LONGEST = 2_048;

/**
 * Whether a value is an id that can be part of an address. `.` and `..` would change the address, half of a surrogate pair cannot
 * be encoded, and an invisible character could forge a line in a log. No server uses them.
 */
export function isAddressableId(id: unknown): id is string {
  return typeof id === 'string' && id.length <= LONGEST && !/^\.{0,2}$/.test(id) && printable(id) === id;
}

/** @throws INVALID_CALL */
export function checkConnectionId(call: string, id: unknown): void {
  checkCall(isAddressableId(id), call, 'the id of a connection', id);
}
