import { attempt } from '../attempt.ts';
import { now } from '../now.ts';
import type { NativeShell } from './native-shell.ts';

/** In ms. */
const LOOK_EVERY = 50;

/** A message on its way to a shell. */
export interface Errand {
  /** Is given the shell, once. */
  readonly use: (shell: NativeShell) => void;
  /** Is told that it has to wait. */
  readonly wait?: () => void;
  /** Is told that no shell has come in time. */
  readonly miss: () => void;
}

export interface ShellQueue {
  /**
   * Runs an errand as soon as a shell is there, at once if it is; errands in the order in which they came. Returns
   * the function that gives it up.
   */
  run(errand: Errand): () => void;
  /** Gives up all that wait. */
  clear(): void;
}

/**
 * Errands to a shell that may not be there yet. None tells that it has come, so it is looked for again and again,
 * by one timer for all that wait.
 *
 * @param readyTimeout How long each waits, in ms.
 */
export function createShellQueue(shells: readonly NativeShell[], readyTimeout: number): ShellQueue {
  /** Until when each waits, on the clock of `performance.now()`. */
  const waiting = new Map<Errand, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(): void {
    const shell = shells.find((known) => attempt(() => known.isThere()) === true);
    for (const [errand, until] of waiting) {
      if (!shell && now() < until) break; // those behind it wait longer
      waiting.delete(errand);
      if (shell) errand.use(shell);
      else errand.miss();
    }
    lookLater();
  }

  function lookLater(): void {
    clearTimeout(timer);
    const [until] = waiting.values();
    if (until === undefined) return;
    timer = setTimeout(look, Math.min(LOOK_EVERY, Math.ceil(until - now())));
  }

  return {
    run(errand) {
      waiting.set(errand, now() + readyTimeout);
      look(); // so that it does not come before those that wait already
      if (waiting.has(errand)) errand.wait?.();
      return () => {
        if (waiting.delete(errand)) lookLater();
      };
    },
    clear() {
      waiting.clear();
      lookLater();
    },
  };
}
