/** Runs a function when a signal aborts; at once if it has aborted. Returns the function that removes the listener. */
export function onAbort(signal: AbortSignal | undefined, run: () => void): () => void {
  if (signal?.aborted) run();
  else signal?.addEventListener('abort', run, { once: true });
  return () => signal?.removeEventListener('abort', run);
}

/** Waits for a result, and rejects with the signal's reason if that aborts first: a function of the page may ignore the signal. */
export async function orAbort<T>(result: T | Promise<T>, signal: AbortSignal): Promise<T> {
  let removeListener = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    removeListener = onAbort(signal, () => reject(signal.reason));
  });
  try {
    return await Promise.race([result, aborted]);
  } finally {
    removeListener();
  }
}

/** An object that was created with a signal, and the controller that ends it. */
export interface Owned<T> {
  readonly owned: T;
  readonly abort: AbortController;
}

/** Creates an object that a framework's adapter ends. If `create` throws, its signal ends what it has created so far. */
export function makeOwned<T>(create: (signal: AbortSignal) => T): Owned<T> {
  const abort = new AbortController();
  try {
    return { owned: create(abort.signal), abort };
  } catch (error) {
    abort.abort(error);
    throw error;
  }
}
