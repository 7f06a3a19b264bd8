import { onAbort } from '../../abort.ts';
import { requestLock } from './request-lock.ts';
import { waitPatiently } from './wait-patiently.ts';

/** How long to wait until the page before has released the queue, in ms. */
const PATIENCE = 1_000;
/** How long a browser may take to withdraw a request, in ms. Locks that take longer do not work. */
const WITHDRAWAL = 1_000;

/**
 * Holds a queue for this page until the signal aborts. Resolves with false if another page holds it: a duplicated tab has
 * the same id in its storage, and of two readers of one queue, each may get only half of the events. Where locks are missing,
 * refused or do not work, it resolves with true.
 */
export async function claimQueue(queueId: string, signal: AbortSignal): Promise<boolean> {
  const wait = new AbortController();
  const giveUp = (): void => wait.abort();
  let unsubscribe = (): void => {};
  let stopHolding = (): void => {};
  const answered = new AbortController();
  try {
    return await new Promise<boolean>((resolve) => {
      unsubscribe = onAbort(signal, () => {
        giveUp();
        resolve(false);
      });
      const hold = (): Promise<void> => {
        resolve(true);
        return new Promise((release) => {
          stopHolding = onAbort(signal, release);
        });
      };
      const request = requestLock(`bankside.queue ${queueId}`, { signal: wait.signal }, hold);
      // Only a request that another page kept waiting is withdrawn.
      request.then((end) => {
        stopHolding();
        resolve(end !== 'withdrawn');
      });
      isSilent(giveUp, answered.signal).then((isUnusable) => isUnusable && resolve(true));
    });
  } finally {
    answered.abort();
    unsubscribe();
  }
}

/** Gives up after a while. Resolves with true if the browser does not answer that either. */
async function isSilent(giveUp: () => void, answered: AbortSignal): Promise<boolean> {
  if (!(await waitPatiently(PATIENCE, answered))) return false;
  giveUp();
  return waitPatiently(WITHDRAWAL, answered);
}
