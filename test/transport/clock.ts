import { afterEach, beforeEach, vi } from 'vitest';

/** Time stands still in the tests of a file, unless they move it. The event loop's own turns go on, so that requests do arrive. */
export function useClock(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

/** Lets everything happen that needs none of the clock's time, until the condition holds. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await turn();
}

/** Lets everything happen that needs none of the clock's time: for what must not happen. */
export async function quiet(): Promise<void> {
  for (let turns = 0; turns < 50; turns += 1) await turn();
}

/** Moves the clock in small steps until a promise has settled. Each step waits for what follows from it. */
export async function drive<T>(promise: Promise<T>): Promise<T> {
  let isSettled = false;
  const settle = (): void => {
    isSettled = true;
  };
  promise.then(settle, settle);
  for (;;) {
    await quiet();
    if (isSettled) return promise;
    vi.advanceTimersByTime(20);
  }
}

async function turn(): Promise<void> {
  if (vi.isFakeTimers()) vi.advanceTimersByTime(0);
  await new Promise((resolve) => setImmediate(resolve));
}
