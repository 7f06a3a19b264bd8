/** The sandbox's time, in milliseconds: somebody else's clock, and how far it has been put ahead of that. */
export interface Clock {
  now(): number;
  /** Throws a `TypeError` for what would put it back. */
  jump(ms: number): void;
}

export function createClock(now: () => number): Clock {
  let ahead = 0;

  return {
    now: () => now() + ahead,
    jump(ms) {
      if (!(Number.isFinite(ms) && ms >= 0)) {
        throw new TypeError(`A clock must jump by a number of milliseconds, 0 or more, not ${String(ms)}.`);
      }
      ahead += ms;
    },
  };
}
