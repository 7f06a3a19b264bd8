import { attempt } from '../../check.ts';
import { now } from '../../time.ts';
import type { NativeShell } from './native-shell.ts';

/** In ms. */
const LOOK_EVERY = 50;

/** So many wait. Of requests, a bridge has `maxPending`; of notices, as many as the widget sends. */
const MOST_NOTICES = 1_000;

/** A message on its way to a shell. */
export interface Errand {
  /** That of a notice. Of those that wait, the newest are kept. */
  readonly isNotice?: boolean;
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
  /** Those of them that are notices. */
  const notices = new Set<Errand>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(): void {
    const shell = shells.find((known) => attempt(() => known.isThere()) === true);
    for (const [errand, until] of waiting) {
      if (!shell && now() < until) break; // those behind it wait longer
      remove(errand);
      if (shell) errand.use(shell);
      else errand.miss();
    }
    lookLater();
  }

  function remove(errand: Errand): boolean {
    notices.delete(errand);
    return waiting.delete(errand);
  }

  function keepNewest(errand: Errand): void {
    const [oldest] = notices.add(errand);
    if (oldest && notices.size > MOST_NOTICES) remove(oldest);
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
      if (waiting.has(errand)) {
        errand.wait?.();
        if (errand.isNotice) keepNewest(errand);
      }
      return () => {
        if (remove(errand)) lookLater();
      };
    },
    clear() {
      waiting.clear();
      notices.clear();
      lookLater();
    },
  };
}
