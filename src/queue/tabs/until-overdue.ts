import { waitPatiently } from './wait-patiently.ts';

/** Resolves if the lock was not granted in this time, in ms; otherwise never. Stealing a lock is a matter of ms, where locks work. */
export async function untilOverdue(time: number, granted: AbortSignal): Promise<'overdue'> {
  return (await waitPatiently(time, granted)) ? 'overdue' : new Promise(() => {});
}
