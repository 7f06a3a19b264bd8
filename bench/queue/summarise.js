import { oneWay } from './distance.js';

/** @typedef {{ polls: number, reads: number, length: number, mean: number, late: number, bound: number }} Summary Per synchronisation; times in ms. */

/**
 * Sums up many synchronisations. `bound` is the lowest possible mean delay, H/(2N)+d, with the length and the polls
 * of each synchronisation. `late` is the 95th percentile of the delay.
 *
 * @param {readonly import('./follow-sync.js').Course[]} courses
 * @returns {Summary}
 */
export function summarise(courses) {
  const delays = courses.flatMap((course) => course.delays).sort((one, other) => one - other);
  if (delays.some(Number.isNaN)) throw new Error('An event was never heard');
  const bounds = courses.flatMap(({ length, polls, delays }) =>
    delays.map(() => length / (2 * polls) + oneWay),
  );
  return {
    polls: meanOf(courses.map(({ polls }) => polls)),
    reads: meanOf(courses.map(({ reads }) => reads)),
    length: meanOf(courses.map(({ length }) => length)),
    mean: meanOf(delays),
    late: delays[Math.ceil(delays.length * 0.95) - 1] ?? Number.NaN,
    bound: meanOf(bounds),
  };
}

/** @param {readonly number[]} values */
function meanOf(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
