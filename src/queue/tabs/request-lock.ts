import { attempt } from '../../check.ts';

/**
 * How a request for a lock ended. `released`: it was granted, and what held it has ended. `stolen`: another tab has taken it.
 * `withdrawn`: the signal aborted before it was granted. `unusable`: locks do not work here.
 */
export type LockEnd = 'released' | 'stolen' | 'withdrawn' | 'unusable';

/**
 * Requests a lock of the browser, and holds it until the promise of `hold` settles. Browsers refuse locks in a sandboxed
 * frame, and web views or scripts of the page have stand-ins that only look like locks: whatever they do is reported as
 * `unusable`. If such a stand-in never answers, this never settles either: that is for the caller to watch.
 *
 * @param signal Withdraws the request. A grant that comes after that is given back at once.
 * @throws What `hold` has rejected with.
 */
export async function requestLock(
  name: string,
  { signal, isSteal = false }: { readonly signal: AbortSignal; readonly isSteal?: boolean },
  hold: () => Promise<void>,
): Promise<LockEnd> {
  let isGranted = false;
  let isHeld = false;
  let follow: (holding: Promise<void>) => void = () => {};
  const held = new Promise<void>((resolve) => {
    follow = resolve;
  });
  /** If the lock is granted twice, or too late, it returns nothing: that gives it back. */
  const take = (): Promise<void> | undefined => {
    if (isGranted || signal.aborted) return undefined;
    isGranted = true;
    isHeld = true;
    const holding = hold().finally(() => {
      isHeld = false;
    });
    follow(holding);
    return holding;
  };
  // A function of its own, so that what it throws at once is a rejection too.
  const request = async (): Promise<void> => {
    await navigator.locks.request(name, isSteal ? { steal: true } : { signal }, take);
  };
  const refusal = request().then(() => false, isAbortError);
  // A stand-in may never settle, although what held its lock has ended.
  const isAborted = await Promise.race([refusal, held.then(() => false)]);
  if (isGranted && !isHeld) {
    await held;
    return 'released';
  }
  if (!isAborted) return 'unusable';
  if (isHeld) return 'stolen';
  return signal.aborted ? 'withdrawn' : 'unusable';
}

/** Whatever was thrown: reading its name may throw too. */
function isAbortError(error: unknown): boolean {
  return attempt(() => (error as Error).name === 'AbortError') ?? false;
}
