/** Runs something when a signal aborts, at once if it has. Returns the function that lets go of the signal. */
export function onAbort(signal: AbortSignal | undefined, run: () => void): () => void {
  if (signal?.aborted) run();
  else signal?.addEventListener('abort', run, { once: true });
  return () => signal?.removeEventListener('abort', run);
}

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

/** What was made with a signal of its own, and what aborts that. */
export interface Owned<T> {
  readonly owned: T;
  readonly abort: AbortController;
}

/** Makes something for a framework's adapter to end. If `create` throws, what it has made by then ends with its signal. */
export function makeOwned<T>(create: (signal: AbortSignal) => T): Owned<T> {
  const abort = new AbortController();
  try {
    return { owned: create(abort.signal), abort };
  } catch (error) {
    abort.abort(error);
    throw error;
  }
}
