import { MILLISECONDS, named, read } from './schemas.ts';

/** The sandbox's time in milliseconds: the given clock, plus all jumps. */
export interface Clock {
  now(): number;
  /** Moves the time forward. @throws TypeError for a negative time. */
  jump(ms: number): void;
}

const END = Date.UTC(10_000, 0);

export function createClock(now: () => number): Clock {
  let ahead = 0;

  return {
    now: () => now() + ahead,
    jump(ms) {
      const jump = read(MILLISECONDS, ms, named('A jump of the clock'));
      if (now() + ahead + jump >= END)
        throw new TypeError('A jump of the clock must end before the year 10000.');
      ahead += jump;
    },
  };
}

/** Resolves after `ms`, or when the signal aborts because the client has disconnected. */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (ms <= 0 || signal.aborted) return resolve();
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });

    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}

/** Resolves when the signal aborts. */
export function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
