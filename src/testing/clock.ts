import { MILLISECONDS } from './field-schemas.ts';
import { named, read } from './read.ts';

/** The sandbox's time, in milliseconds: somebody else's clock, and how far it has been put ahead of that. */
export interface Clock {
  now(): number;
  /** Throws a `TypeError` for what would put it back. */
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
