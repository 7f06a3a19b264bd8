import type { LinxoEvent } from './linxo-event.ts';
import { lengthOf } from './script-limits.ts';

const sizes = new WeakMap<LinxoEvent, number>();

/** How many characters of JSON an event's accounts are: all else of it is short. */
export function sizeOfAccounts(event: LinxoEvent): number {
  if (!event.accounts) return 0;
  const size = sizes.get(event) ?? lengthOf(event.accounts);
  sizes.set(event, size);
  return size;
}
