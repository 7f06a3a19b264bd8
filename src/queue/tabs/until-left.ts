import { onAbort } from '../../abort.ts';

/** Resolves if the tab leaves before it was granted the lock. Otherwise its leadership ends first, and releases the lock. */
export function untilLeft(leave: AbortSignal, granted: AbortSignal): Promise<'withdrawn'> {
  return new Promise((resolve) => {
    const unsubscribe = onAbort(leave, () => resolve('withdrawn'));
    onAbort(granted, unsubscribe);
  });
}
