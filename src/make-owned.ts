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
