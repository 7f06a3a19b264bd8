import { onAbort, orAbort } from '../../abort.ts';
import { invalidOption } from '../../check.ts';
import { startTimer } from '../../start-timer.ts';

export interface TimeLimit {
  /** In ms. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/**
 * Waits for a function of the page, which may ignore its signal.
 *
 * @param option The option's name, for the error.
 * @throws INVALID_OPTIONS after the time limit. The reason of the signal.
 */
export async function withinTime<T>(
  option: string,
  run: (signal: AbortSignal) => Promise<T>,
  { timeout, signal }: TimeLimit,
): Promise<T> {
  const abort = new AbortController();
  const removeListener = onAbort(signal, () => abort.abort(signal.reason));
  const isLate = (): void =>
    abort.abort(invalidOption(option, `a function that answers within ${timeout} ms`, 'no answer'));
  const timer = startTimer(isLate, timeout);
  try {
    return await orAbort(run(abort.signal), abort.signal);
  } finally {
    clearTimeout(timer);
    removeListener();
  }
}
