/** setTimeout takes no more than this; a larger delay would fire at once. */
const LONGEST_DELAY = 2 ** 31 - 1;

/**
 * One timer that stands for many deadlines, since in Chromium a timer for each costs more than the rest of a
 * request.
 */
export interface Alarm {
  /** Rings at this time at the latest. Both times on the clock of `performance.now()`. */
  setFor(deadline: number, now: number): void;
  clear(): void;
}

/** @param ring Is told the time, ends what is due, and returns the next deadline: `Infinity` for none. */
export function createAlarm(ring: (now: number) => number): Alarm {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let rings = Infinity;

  function clear(): void {
    clearTimeout(timer);
    timer = undefined;
    rings = Infinity;
  }

  function setFor(deadline: number, now: number): void {
    if (deadline >= rings) return;
    if (timer !== undefined) clear();
    rings = deadline;
    timer = setTimeout(onTimer, Math.min(Math.ceil(deadline - now), LONGEST_DELAY));
  }

  function onTimer(): void {
    timer = undefined;
    rings = Infinity;
    const now = performance.now();
    setFor(ring(now), now);
  }

  return { setFor, clear };
}
