import { attempt, isFunction } from '../../check.ts';

/**
 * Whether the browser has what tabs share with: locks on secure pages alone, and not in a sandboxed frame. Whether these work
 * shows only when they are used.
 */
export function canShare(): boolean {
  // Where a part is missing, reading it throws.
  const isHere = attempt(() => isFunction(navigator.locks.request) && isFunction(BroadcastChannel));
  return isHere === true && globalThis.origin !== 'null';
}
