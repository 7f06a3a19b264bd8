import { onAbort } from './abort.ts';
import { startTimer } from './start-timer.ts';

/**
 * The time in ms. A change of the system's time does not move this clock, except in the few engines without `performance`:
 * some that run an app's own JavaScript.
 */
export function now(): number {
  return (globalThis.performance ?? Date).now();
}

/** In ms. `setTimeout` with a longer delay fires at once. */
export const LONGEST_TIMER: number = 2 ** 31 - 1;

/** What a time limit must be, for errors. */
export const TIME_LIMIT: string = `a positive number of ms, at most ${LONGEST_TIMER}`;

/** Whether a timer can wait that long. */
export function isTimeLimit(ms: unknown): ms is number {
  return typeof ms === 'number' && ms > 0 && ms <= LONGEST_TIMER;
}

/** Waits. Resolves with `true` after that time, or with `false` as soon as the signal aborts. */
export async function sleep(ms: number, signal: AbortSignal): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let removeListener: (() => void) | undefined;
  await new Promise<void>((resolve) => {
    timer = startTimer(resolve, ms);
    removeListener = onAbort(signal, resolve);
  });
  clearTimeout(timer);
  removeListener?.();
  return !signal.aborted;
}

/** Runs a function in a task of its own: what waits on the page goes first, events and rendering included. */
export function inNextTask(run: () => void): void {
  if (!globalThis.MessageChannel) {
    setTimeout(run);
    return;
  }
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    run();
  };
  port2.postMessage(undefined);
}

/**
 * One timer for many deadlines: in Chromium, a timer for each request costs more than the rest of the request. All times are
 * on the clock of `performance.now()`. A deadline may be `Infinity`.
 */
export interface Alarm {
  add(deadline: number): void;
  /** Makes it ring at this time at the latest. */
  setFor(deadline: number): void;
  /** Removes a deadline. Without deadlines the timer is cleared, but only in a microtask: often the next one is added before. */
  remove(deadline: number): void;
}

/** @param ring Gets the time, and how late the timer is, in ms. It ends what is due, and sets the alarm for the rest. */
export function createAlarm(ring: (now: number, late: number) => void): Alarm {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let rings = Infinity;
  let finite = 0;

  function setFor(deadline: number): void {
    if (deadline >= rings) return;
    clearTimeout(timer);
    rings = deadline;
    timer = startTimer(onTimer, Math.min(Math.ceil(deadline - now()), LONGEST_TIMER));
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
