import { held } from './harness/held.js';
import { inPage } from './harness/in-page.js';

const pages = [
  { what: 'requests', script: 'heap.js' },
  { what: 'events', script: 'queue-heap.js' },
];

/**
 * The memory of the page after 10,000 and after 1,000,000 requests or events, in every call shape and with every
 * outcome. One number kept for each would be 8,000 kB.
 *
 * @type {import('./harness/claim.js').Claim}
 */
export async function heap(options) {
  const rows = [];
  for (const { what, script } of pages) {
    const { early, late } = await inPage(script, options, measure);
    rows.push({
      what: `Heap growth from 10,000 to 1,000,000 ${what}, without compiled code`,
      ours: `${late.toFixed(0)} kB`,
      beside: `after 10,000: ${early.toFixed(0)} kB`,
      found: late - early,
      limit: 16,
      unit: 'kB',
    });
  }
  return rows;
}

/** @param {import('./harness/in-page.js').Open} open In kB. */
async function measure(open) {
  const { call, page } = await open();
  const devtools = await page.createCDPSession();
  await call('runUntil', 10_000);
  const early = await held(devtools);
  await call('runUntil', 1_000_000);
  return { early: early / 1_000, late: (await held(devtools)) / 1_000 };
}
