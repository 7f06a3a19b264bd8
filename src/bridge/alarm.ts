/** setTimeout takes no more than this; a larger delay would fire at once. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** One timer that stands for many deadlines, since in Chromium a timer for each costs more than the rest of a request. */
export interface Alarm {
  /** Rings at this time (on the clock of `performance.now()`) at the latest. */
  setFor(deadline: number): void;
  clear(): void;
}

/** @param ring Is told the time, ends what is due, and returns the next deadline: `Infinity` for none. */
export function createAlarm(ring: (now: number) => number): Alarm {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let rings = Infinity;
  const clear = (): void => {
    clearTimeout(timer);
    rings = Infinity;
  };
  const setFor = (deadline: number): void => {
    if (deadline >= rings) return;
    clear();
    rings = deadline;
    timer = setTimeout(
      () => {
        rings = Infinity;
        setFor(ring(performance.now()));
      },
      Math.min(Math.ceil(deadline - performance.now()), LONGEST_DELAY),
    );
  };
  return { setFor, clear };
}
