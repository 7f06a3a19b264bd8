import { onAbort } from '../../abort.ts';

/** How long to wait until the page before has released the queue, in ms. */
const PATIENCE = 1_000;

/**
 * Holds a queue for this page until the signal aborts. Resolves with false if another page holds it: a duplicated tab has
 * the same id in its storage, and of two readers of one queue, each may get only half of the events. Where there are no locks,
 * or a sandboxed frame may not use them, it resolves with true.
 */
export async function claimQueue(queueId: string, signal: AbortSignal): Promise<boolean> {
  const { locks } = globalThis.navigator ?? {};
  if (!locks) return true;
  return new Promise((resolve) => {
    const wait = new AbortController();
    const giveUp = (): void => wait.abort();
    const timer = setTimeout(giveUp, PATIENCE);
    const unsubscribe = onAbort(signal, giveUp);
    const hold = (): Promise<void> => {
      clearTimeout(timer);
      resolve(true);
      return new Promise((release) => {
        onAbort(signal, release);
      });
    };
    locks
      .request(`bankside.queue ${queueId}`, { signal: wait.signal }, hold)
      .catch((error) => resolve(error?.name !== 'AbortError'))
      .finally(() => {
        clearTimeout(timer);
        unsubscribe();
      });
  });
}
