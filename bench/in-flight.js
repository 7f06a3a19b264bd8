import { inPage } from './harness/in-page.js';
import { median, medianRatio } from './harness/median.js';
import { sample } from './harness/sample.js';

/** All are sent, then all answered; or the number in flight is constant, and each answer is followed by a request. */
const loads = [
  { load: 'burst', text: 'sent at once', trips: { few: 1_000, many: 100_000 } },
  { load: 'steady', text: 'kept in flight', trips: { few: 5_000, many: 5_000 } },
];

/**
 * The cost of a request with others in flight: with 1,000 against 10, and with 100,000 beside a delegate
 * written by hand.
 *
 * @type {import('./harness/claim.js').Claim}
 */
export function inFlight(options) {
  return inPage('in-flight.js', options, async (open) => {
    const rows = [];
    for (const { load, text, trips } of loads) {
      const few = await sample(open, 3, {
        load,
        depths: [10, 1_000],
        trips: trips.few,
        warmUp: 5,
        rounds: 25,
      });
      const ratio = (/** @type {string} */ name) =>
        medianRatio(few[`${name} 1000`] ?? [], few[`${name} 10`] ?? []);
      const cost = (
        /** @type {Record<string, number[]>} */ times,
        /** @type {string} */ name,
        /** @type {number} */ count,
      ) => `${((median(times[name] ?? []) / count) * 1_000).toFixed(2)} µs`;
      rows.push({
        what: `One of 1,000 requests ${text}, compared with one of 10`,
        ours: `${cost(few, 'bankside 1000', trips.few)} / ${cost(few, 'bankside 10', trips.few)}`,
        beside: `written by hand: ${cost(few, 'handWritten 1000', trips.few)} / ${cost(few, 'handWritten 10', trips.few)}, ${ratio('handWritten').toFixed(2)} ×`,
        found: ratio('bankside') / ratio('handWritten'),
        limit: 1.2,
        unit: '×',
      });
      const many = await sample(open, 1, {
        load,
        depths: [100_000],
        trips: trips.many,
        warmUp: 2,
        rounds: 7,
      });
      rows.push({
        what: `One of 100,000 requests ${text}`,
        ours: cost(many, 'bankside 100000', trips.many),
        beside: `written by hand: ${cost(many, 'handWritten 100000', trips.many)}`,
        found: medianRatio(many['bankside 100000'] ?? [], many['handWritten 100000'] ?? []),
        limit: 1,
        unit: '×',
      });
    }
    return rows;
  });
}
