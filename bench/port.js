import { inPage } from './harness/in-page.js';
import { median, medianRatio } from './harness/median.js';
import { sample } from './harness/sample.js';

const trips = 1_000;
const loads = [
  { text: 'one at a time', atOnce: 1, limitByPenpal: 1.1 },
  { text: '100 at once', atOnce: 100, limitByPenpal: 1 },
];

/**
 * A request over a MessageChannel whose other side answers at once, beside a bare channel, penpal and comlink.
 *
 * @type {import('./harness/claim.js').Claim}
 */
export function port(options) {
  return inPage('port.js', options, async (open) => {
    const rows = [];
    for (const { text, atOnce, limitByPenpal } of loads) {
      const times = await sample(open, 3, { atOnce, trips, warmUp: 15, rounds: 30 });
      const { bankside = [] } = times;
      const beside = (
        /** @type {string} */ name,
        /** @type {string} */ peer,
        /** @type {number} */ limit,
      ) => ({
        what: `portTransport, ${text}, compared with ${peer}`,
        ours: micros(bankside),
        beside: `${peer}: ${micros(times[name] ?? [])}`,
        found: medianRatio(bankside, times[name] ?? []),
        limit,
        unit: '×',
      });
      rows.push(
        beside('bare', 'a bare channel', 1.25),
        beside('penpal', 'penpal', limitByPenpal),
        beside('comlink', 'comlink', 1),
      );
    }
    return rows;
  });
}

/** @param {number[]} batches In ms. */
function micros(batches) {
  return `${((median(batches) / trips) * 1_000).toFixed(2)} µs`;
}
