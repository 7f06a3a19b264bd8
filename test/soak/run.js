/**
 * Simulates an hour in a real Chromium: `npm run soak`, or `npm run soak -- --minutes 10 --lives 40 --seed 7`. It
 * fails if anything is left, or wrong.
 */
import { parseArgs } from 'node:util';
import { withChromium } from '../../bench/harness/chromium.js';
import { held } from '../../bench/harness/held.js';
import { serve } from '../../bench/harness/serve.js';
import { bundleSoak } from './bundle-soak.js';

/** The limit for the growth of the heap, in kB. One number kept for each request or event would exceed it. */
const GROWTH = 64;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '60' },
    lives: { type: 'string', default: '200' },
  },
});
const options = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]));
for (const [name, value] of Object.entries(options)) {
  if (!(value > 0)) throw new TypeError(`--${name} is to be a number above 0, and not '${values[name]}'`);
}

const began = performance.now();
const server = await serve(await bundleSoak());
const { result, growth } = await withChromium(async (browser) => {
  const page = await browser.newPage();
  await page.emulateFocusedPage(true);
  await page.goto(server.origin);
  const devtools = await page.createCDPSession();
  const soak = (given) =>
    page.evaluate((all) => import('/script.js').then((script) => script.soak(all)), given);
  // A first run, so that what the engine keeps permanently is there before the measurement.
  await soak(options);
  const before = await held(devtools);
  const soaked = await soak(options);
  return { result: soaked, growth: (await held(devtools)) / 1_000 - before / 1_000 };
}).finally(() => server.close());

const { wrong, left, ...counts } = result;
const rows = {
  'simulated minutes': options.minutes,
  seed: options.seed,
  lives: options.lives,
  ...counts,
  ...Object.fromEntries(Object.entries(left).map(([name, count]) => [`${name} left`, count])),
  wrong: wrong.length,
  'growth of the heap in kB': Math.round(growth),
  'real seconds': Math.round((performance.now() - began) / 1_000),
};
console.log('| what | how much |\n| --- | --- |');
for (const [name, value] of Object.entries(rows)) console.log(`| ${name} | ${value} |`);
for (const words of wrong.slice(0, 20)) console.error(words);
const isClean = !wrong.length && Object.values(left).every((count) => count === 0) && growth <= GROWTH;
process.exitCode = isClean ? 0 : 1;
