import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPlayground } from '../site/playground/build.js';
import { withChromium } from './harness/chromium.js';
import { median } from './harness/median.js';
import { serveFolder } from './harness/serve-folder.js';

const RUNS = 15;

/** In ms. */
const PATIENCE = 30_000;

/**
 * How soon a visitor of the playground sees it, and the first request with its answer. Each run has a profile of its own, with
 * an empty cache and no service worker.
 *
 * @type {import('./harness/claim.js').Claim}
 */
export async function playground() {
  const folder = await mkdtemp(join(tmpdir(), 'playground-'));
  await buildPlayground(folder);
  const server = await serveFolder(folder);
  /** @type {Visit[]} */
  const visits = [];
  try {
    await withChromium(async (browser) => {
      // The first page of a browser waits for the browser.
      await visit(browser, server.origin);
      while (visits.length < RUNS) visits.push(await visit(browser, server.origin));
    });
  } finally {
    server.close();
    await rm(folder, { recursive: true });
  }
  return [
    row('first paint', visits, 'paint', 1_000),
    row('the first request is shown with its answer', visits, 'answer', 10_000),
  ];
}

/** @typedef {{ paint: number, answer: number }} Visit In ms since the navigation began. */

/**
 * @param {import('puppeteer-core').Browser} browser
 * @param {string} address
 * @returns {Promise<Visit>}
 */
async function visit(browser, address) {
  const profile = await browser.createBrowserContext();
  try {
    const page = await profile.newPage();
    await page.setViewport({ width: 1_440, height: 900 });
    await page.goto(address);
    return await page.evaluate(seen, PATIENCE);
  } finally {
    await profile.close();
  }
}

/**
 * Runs in the page.
 *
 * @param {number} patience
 */
async function seen(patience) {
  const isAnswered = () => {
    const frame = /** @type {HTMLIFrameElement | null} */ (document.querySelector('iframe'));
    return frame?.contentDocument?.querySelector('[data-part][data-state="ready"]');
  };
  while (!isAnswered()) {
    if (performance.now() > patience) throw new Error('The playground shows no answer');
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  const answer = performance.now();
  const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
  if (paint === undefined) throw new Error('Nothing was painted');
  return { paint, answer };
}

/**
 * @param {string} what
 * @param {readonly Visit[]} visits
 * @param {keyof Visit} moment
 * @param {number} limit In ms.
 */
function row(what, visits, moment, limit) {
  const times = visits.map((times) => times[moment]).sort((one, other) => one - other);
  const found = median(times);
  return {
    what: `Playground from an empty cache: ${what}`,
    ours: `${found.toFixed(0)} ms, ${times[0]?.toFixed(0)} to ${times.at(-1)?.toFixed(0)} ms`,
    beside: '–',
    found,
    limit,
    unit: 'ms',
    digits: 0,
  };
}
