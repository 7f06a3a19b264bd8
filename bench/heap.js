import { setTimeout as sleep } from 'node:timers/promises';
import { inPage } from './harness/in-page.js';

/**
 * The page's heap after 10,000 requests and after 1,000,000, in every way in and every way out. What the engine itself still compiles in between is some tens
 * of kB; a single number kept for every request would be 8,000.
 *
 * @type {import('./harness/claim.js').Claim}
 */
export function heap(options) {
  return inPage('heap.js', options, async (open) => {
    const { call, page } = await open();
    const devtools = await page.createCDPSession();

    async function usedAfter(/** @type {number} */ requests) {
      await call('requestUntil', requests);
      for (let again = 0; again < 3; again += 1) {
        await devtools.send('HeapProfiler.collectGarbage');
        await sleep(100);
      }
      // JavaScript's own heap alone: the browser's own objects (signals, timers) are swept when it pleases.
      const { usedSize } = await devtools.send('Runtime.getHeapUsage');
      return usedSize / 1_000;
    }

    const early = await usedAfter(10_000);
    const late = await usedAfter(1_000_000);
    return [
      {
        what: 'Heap after 1,000,000 requests, as against 10,000',
        ours: `${late.toFixed(0)} kB`,
        beside: `after 10,000: ${early.toFixed(0)} kB`,
        found: late - early,
        limit: 64,
        unit: 'kB',
      },
    ];
  });
}
