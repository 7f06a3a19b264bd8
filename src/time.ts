import { onAbort } from './abort.ts';

/**
 * The time in ms on a clock that no change of the system's time moves, but in the few engines without
 * `performance`: some that run an app's own JavaScript.
 */
export function now(): number {
  return (globalThis.performance ?? Date).now();
}

/** setTimeout takes no more: a longer delay would fire at once. In ms. */
export const LONGEST_TIMER: number = 2 ** 31 - 1;

/** What a time must be, for errors. */
export const TIME_LIMIT: string = `a positive number of ms, at most ${LONGEST_TIMER}`;

/** Whether a timer can wait so long. */
export function isTimeLimit(ms: unknown): ms is number {
  return typeof ms === 'number' && ms > 0 && ms <= LONGEST_TIMER;
}

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

/**
 * One timer that stands for many deadlines, since in Chromium a timer for each costs more than the rest of a
 * request. All times on the clock of `performance.now()`; a deadline may be `Infinity`.
 */
export interface Alarm {
  /** Adds a deadline. */
  add(deadline: number): void;
  /** Rings at this time at the latest. */
  setFor(deadline: number): void;
  /**
   * Forgets one of the deadlines. When none is left and the turn is over, the timer is cleared: often the next
   * one comes within the turn.
   */
  remove(deadline: number): void;
}

/** @param ring Is told the time, and how late it is, in ms. It ends what is due, and sets the alarm for the rest. */
export function createAlarm(ring: (now: number, late: number) => void): Alarm {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let rings = Infinity;
  let finite = 0;

  function setFor(deadline: number): void {
    if (deadline >= rings) return;
    clearTimeout(timer);
    rings = deadline;
    timer = setTimeout(onTimer, Math.min(Math.ceil(deadline - now()), LONGEST_TIMER));
  }

  function onTimer(): void {
    const time = now();
    const late = time - rings;
    rings = Infinity;
    ring(time, late);
  }

  function clearIfUnused(): void {
    if (finite) return;
    clearTimeout(timer);
    rings = Infinity;
  }

  return {
    setFor,
    add(deadline) {
      if (deadline < Infinity) finite += 1;
      setFor(deadline);
    },
    remove(deadline) {
      if (deadline < Infinity) finite -= 1;
      if (!finite) Promise.resolve().then(clearIfUnused);
    },
  };
}
