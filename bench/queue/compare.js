import { inVirtualTime } from '../harness/virtual-time.js';
import { followSync } from './follow-sync.js';
import { peers, pollerOf } from './followers.js';
import { summarise } from './summarise.js';

/** @import { Package } from '../harness/load.js' */
/** @import { Summary } from './summarise.js' */
/** @typedef {{ ours: Summary, theirs: Record<string, Summary> }} Comparison */

/** From a poll to its answer, in ms. A peer starts its interval after the answer. */
const roundTrip = 100;

/** How much the number of a peer's polls may differ from ours. */
const tolerance = 0.01;

/**
 * Follows the same synchronisations with all. Each peer has the interval at which it sends as many polls as
 * the poller.
 *
 * @param {Package} bankside
 * @param {{ close: number, syncs: number }} options `close`: of our schedule, in ms.
 * @returns {Promise<Comparison>}
 */
export async function compare(bankside, { close, syncs }) {
  const { ours: alone } = await measure(bankside, syncs, { ours: close });
  let gaps = Object.fromEntries(Object.keys(peers).map((name) => [name, close - roundTrip]));
  for (let tries = 0; tries < 8; tries += 1) {
    const found = await measure(bankside, syncs, gaps);
    if (Object.values(found).every((peer) => Math.abs(peer.polls / of(alone).polls - 1) < tolerance)) {
      const { ours, ...theirs } = await measure(bankside, syncs, { ours: close, ...gaps });
      return { ours: of(ours), theirs };
    }
    // The first poll does not depend on the interval, and half of the last interval is within the synchronisation.
    const stretch = (/** @type {string} */ name) => (of(found[name]).polls - 0.5) / (of(alone).polls - 0.5);
    gaps = Object.fromEntries(
      Object.entries(gaps).map(([name, gap]) => [name, (gap + roundTrip) * stretch(name) - roundTrip]),
    );
  }
  throw new Error('No interval gives as many polls');
}

/**
 * @param {Package} bankside
 * @param {number} syncs
 * @param {Record<string, number>} gaps By name; `ours` is the poller.
 * @returns {Promise<Record<string, Summary>>}
 */
function measure(bankside, syncs, gaps) {
  const followers = Object.entries(gaps).map(([name, gap]) => {
    const follow = name === 'ours' ? pollerOf(bankside.QueuePoller) : of(peers[name]);
    return { name, follow, gap };
  });
  return inVirtualTime(async ({ until }) => {
    /** @type {import('./follow-sync.js').Course[][]} */
    const courses = followers.map(() => []);
    for (let seed = 1; seed <= syncs; seed += 1) {
      const sync = await until(followSync(bankside, seed, followers));
      for (const [index, course] of sync.entries()) courses[index]?.push(course);
    }
    return Object.fromEntries(followers.map(({ name }, index) => [name, summarise(of(courses[index]))]));
  });
}

/** @template T @param {T | undefined} value */
function of(value) {
  if (value === undefined) throw new Error('Not all were measured');
  return value;
}
