import { onAbort } from '../../abort.ts';

/** How long a tab that goes away may take to let go of its queue, in ms. */
const PATIENCE = 1_000;

/**
 * Holds a queue for this page until the signal aborts. Resolves with false if another page holds it: a tab
 * that was duplicated has the same id in its storage, and two readers of one queue may each get half of the
 * events. Where browsers have no locks, or refuse them as in a sandboxed frame, nobody can tell, and the queue
 * is taken.
 */
export async function claimQueue(queueId: string, signal: AbortSignal): Promise<boolean> {
  const { locks } = globalThis.navigator ?? {};
  if (!locks) return true;
  return new Promise((resolve) => {
    const wait = new AbortController();
    const giveUp = (): void => wait.abort();
    const timer = setTimeout(giveUp, PATIENCE);
    const letGo = onAbort(signal, giveUp);
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
        letGo();
      });
  });
}
