import { LONGEST_TIMER } from '../longest-timer.ts';

/** What a time must be, for errors. */
export const TIME_LIMIT: string = `a positive number of ms, at most ${LONGEST_TIMER}`;

/** Whether a timer can wait so long. */
export function isTimeLimit(ms: unknown): ms is number {
  return typeof ms === 'number' && ms > 0 && ms <= LONGEST_TIMER;
}
