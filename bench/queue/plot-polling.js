import { writeFileSync } from 'node:fs';
import { toSvg } from '../harness/plot.js';

/** @import { Comparison } from './compare.js' */
/** @import { Summary } from './summarise.js' */

const file = new URL('../../docs/images/polling.svg', import.meta.url);

/** @typedef {import('../harness/plot.js').Line} Line */
/** @type {Line['mark'][]} */
const marks = ['circle', 'square', 'diamond', 'cross'];

/**
 * Draws the delay of events against the number of polls.
 *
 * @param {readonly Comparison[]} comparisons At several values of `schedule.close`.
 */
export function plotPolling(comparisons) {
  const paces = [...comparisons].sort((one, other) => one.ours.polls - other.ours.polls);
  const ours = paces.map((pace) => pace.ours);
  const theirs = Object.keys(paces[0]?.theirs ?? {}).map((name, index) => ({
    name,
    mark: marks[index],
    points: paces.map((pace) => at(pace.theirs[name])),
  }));
  const bound = { name: 'H/(2N) + d', points: ours.map((pace) => at({ ...pace, mean: pace.bound })) };
  writeFileSync(
    file,
    toSvg({
      title: 'How late events are during a synchronisation',
      x: 'polls in a synchronisation',
      y: 'mean delay in s',
      lines: [{ name: 'bankside', mark: 'disc', points: ours.map(at) }, ...theirs, bound],
    }),
  );
}

/** @param {Pick<Summary, 'polls' | 'mean'> | undefined} summary @returns {[number, number]} */
function at({ polls, mean } = { polls: Number.NaN, mean: Number.NaN }) {
  return [polls, mean / 1_000];
}
