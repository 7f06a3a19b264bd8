import { inPage } from './harness/in-page.js';

const load = { connections: 10, events: 400 };

/**
 * How often React renders a component that shows one connection, while events about all of them arrive in turn.
 *
 * @type {import('./harness/claim.js').Claim}
 */
export function reRenders(options) {
  return inPage('re-renders.js', options, async (open) => {
    const { call } = await open();
    const { bankside = Number.NaN, useState = Number.NaN } = /** @type {Record<string, number>} */ (
      await call('measure', load)
    );
    return [
      {
        what: `React: renderings per event of a component that shows one of ${load.connections} connections`,
        ours: `useConnection: ${bankside.toFixed(2)}`,
        beside: `useState in the parent: ${useState.toFixed(2)}`,
        found: bankside / useState,
        limit: 1 / load.connections,
        unit: '×',
      },
    ];
  });
}
