import { load } from './harness/load.js';
import { compare } from './queue/compare.js';
import { plotPolling } from './queue/plot-polling.js';

/** `schedule.close`: the default, and others for the plot. */
const usual = 1_800;
const others = [1_000, 2_500, 4_000];

/**
 * How late events are during a synchronisation, by the number of polls.
 *
 * @type {import('./harness/claim.js').Claim}
 */
export async function polling(options) {
  const bankside = await load(options);
  const { ours, theirs } = await compare(bankside, { close: usual, syncs: 500 });
  if (!options.dist) {
    const curve = [{ ours, theirs }];
    for (const close of others) curve.push(await compare(bankside, { close, syncs: 100 }));
    plotPolling(curve);
  }
  return [
    {
      what: 'Polling during a synchronisation: mean delay of events, compared with the bound H/(2N)+d',
      ours: describe(ours),
      beside: `H/(2N)+d: ${seconds(ours.bound)}, H: ${seconds(ours.length)}`,
      found: ours.mean / ours.bound,
      limit: 1,
      unit: '×',
    },
    ...Object.entries(theirs).map(([name, peer]) => ({
      what: `Polling during a synchronisation: mean delay of events, compared with ${name}`,
      ours: seconds(ours.mean),
      beside: describe(peer),
      found: ours.mean / peer.mean,
      limit: 1,
      unit: '×',
    })),
  ];
}

/** @param {import('./queue/summarise.js').Summary} summary */
function describe({ mean, late, polls, reads }) {
  const more = reads ? ` and ${reads.toFixed(2)} reads of the connection` : '';
  return `${seconds(mean)}, 95 % in ${seconds(late)}, with ${polls.toFixed(2)} polls${more}`;
}

/** @param {number} time In ms. */
function seconds(time) {
  return `${(time / 1_000).toFixed(2)} s`;
}
