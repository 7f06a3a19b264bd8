import { onAbort } from './on-abort.ts';

/** Waits. Resolves with whether the whole time passed: false, at once, when the signal aborts. */
export async function sleep(ms: number, signal: AbortSignal): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let letGo: (() => void) | undefined;
  await new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
    letGo = onAbort(signal, resolve);
  });
  clearTimeout(timer);
  letGo?.();
  return !signal.aborted;
}
