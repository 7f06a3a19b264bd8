import { onAbort } from '../on-abort.ts';

/** The outcome, or the signal's reason if that comes first: a function of the page's own may not listen to the signal. */
export async function orAbort<T>(outcome: T | Promise<T>, signal: AbortSignal): Promise<T> {
  let letGo = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    letGo = onAbort(signal, () => reject(signal.reason));
  });
  try {
    return await Promise.race([outcome, aborted]);
  } finally {
    letGo();
  }
}
