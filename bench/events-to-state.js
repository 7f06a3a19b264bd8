import { inPage } from './harness/in-page.js';
import { median, medianRatio } from './harness/median.js';
import { sample } from './harness/sample.js';

const events = 1_000;

/**
 * The cost of a large answer of the queue: parsing, reading with zod, dropping duplicates, calling handlers, and
 * updating the connections.
 *
 * @type {import('./harness/claim.js').Claim}
 */
export function eventsToState(options) {
  return inPage('events-to-state.js', options, async (open) => {
    const times = await sample(open, 5, { events, warmUp: 20, rounds: 60 });
    const { bankside = [], parse = [], zod = [] } = times;
    const reading = `${median(zod).toFixed(2)} ms, ${medianRatio(zod, parse).toFixed(2)} ×`;
    return [
      {
        what: '1,000 events, from JSON text to handlers and state',
        ours: `${median(bankside).toFixed(2)} ms`,
        beside: `JSON.parse alone: ${median(parse).toFixed(2)} ms; zod alone: ${reading}`,
        found: medianRatio(bankside, parse),
        limit: 3.5,
        unit: '×',
      },
    ];
  });
}
