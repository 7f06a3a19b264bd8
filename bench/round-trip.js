import { inPage } from './harness/in-page.js';
import { median, medianRatio } from './harness/median.js';
import { sample } from './harness/sample.js';

const trips = 1_000;
const variants = [
  { what: 'One round trip, objects', form: 'objects', apart: false, limit: 1.25 },
  { what: 'One round trip, JSON strings', form: 'text', apart: false, limit: 1.25 },
  {
    what: 'One round trip in its own task of the event loop, without the cost of the task',
    form: 'objects',
    apart: true,
    limit: 2,
  },
];

/**
 * A round trip through the bridge, beside a delegate written by hand. The transport answers at once, so that
 * nothing else is measured.
 *
 * @type {import('./harness/claim.js').Claim}
 */
export function roundTrip(options) {
  return inPage('round-trip.js', options, async (open) => {
    const rows = [];
    for (const { what, limit, ...variant } of variants) {
      const times = await sample(open, 5, {
        ...variant,
        trips,
        warmUp: 20,
        rounds: variant.apart ? 60 : 120,
      });
      const { bankside = [], handWritten = [], bare = [] } = times;
      // Differences of two times vary too much to be compared round by round.
      const net = (/** @type {number[]} */ batches) => median(batches) - median(bare);
      const cost = (/** @type {number[]} */ batches) =>
        `${micros(variant.apart ? net(batches) : median(batches))} µs`;
      rows.push({
        what,
        ours: cost(bankside),
        beside: `written by hand: ${cost(handWritten)}`,
        found: variant.apart ? net(bankside) / net(handWritten) : medianRatio(bankside, handWritten),
        ...(limit ? { limit } : {}),
        unit: '×',
      });
    }
    return rows;
  });
}

/** @param {number} batch In ms. */
function micros(batch) {
  return ((batch / trips) * 1_000).toFixed(2);
}
