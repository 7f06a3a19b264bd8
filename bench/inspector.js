import { inPage } from './harness/in-page.js';

/** In ms, at 60 frames a second. A gap of more than one and a half frames means a dropped frame. */
const FRAME = 1_000 / 60;

const load = { perSecond: 200, seconds: 10 };

/**
 * The cost of a render of the inspector with 10,000 entries and 200 new requests a second, and how many more frames
 * the page drops than without it.
 *
 * @type {import('./harness/claim.js').Claim}
 */
export function inspector(options) {
  return inPage('inspector.js', options, async (open) => {
    const without = await life(open, false);
    const { busy, renderings, gaps } = await life(open, true);
    const each = (busy - without.busy) / renderings;
    return [
      {
        what: 'Inspector with 10,000 entries and 200 requests a second: one rendering with layout and paint',
        ours: `${each.toFixed(2)} ms of CPU time, ${(renderings / load.seconds).toFixed(1)} times a second`,
        beside: `a frame: ${FRAME.toFixed(1)} ms`,
        found: each,
        limit: 16,
        unit: 'ms',
      },
      {
        what: 'Inspector with the same load: dropped frames in 10 s',
        ours: `${dropped(gaps)} of ${gaps.length}`,
        beside: `without the inspector: ${dropped(without.gaps)} of ${without.gaps.length}`,
        found: dropped(gaps),
        limit: 0,
        unit: 'frames',
        digits: 0,
      },
    ];
  });
}

/**
 * @param {import('./harness/in-page.js').Open} open
 * @param {boolean} hasInspector
 */
async function life(open, hasInspector) {
  const { call, page } = await open();
  await page.setViewport({ width: 1_280, height: 900 });
  const devtools = await page.createCDPSession();
  await call('fill', { hasInspector });
  // The time of the page's own thread, without that of other programs.
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await busyTime(devtools);
  const lived = /** @type {{ renderings: number, gaps: number[] }} */ (await call('live', load));
  const busy = (await busyTime(devtools)) - before;
  await page.close();
  return { ...lived, busy };
}

/** In ms. @param {import('puppeteer-core').CDPSession} devtools */
async function busyTime(devtools) {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
}

/** @param {readonly number[]} gaps */
function dropped(gaps) {
  return gaps.filter((gap) => gap > 1.5 * FRAME).length;
}
