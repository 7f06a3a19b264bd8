import { LONGEST_TIMER } from './longest-timer.ts';
import { now } from './now.ts';

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
