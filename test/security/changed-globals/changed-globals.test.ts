import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Bank } from './bank.ts';
import { ARRIVALS, LOCKED_OUTCOMES, OUTCOMES } from './expected.ts';
import * as wrappers from './fetch-wrappers.js';
import * as libraries from './libraries.js';
import { lockdown } from './lockdown.js';
import * as polyfills from './polyfills.js';
import { replacements } from './replacements.js';
import { StandInPage } from './stand-in-page.ts';

/** Uses all parts on the page, and checks the outcomes. */
async function live(page: StandInPage, expected = OUTCOMES): Promise<void> {
  const outcomes = await page.use();
  expect(outcomes).toEqual(expected);
  expect(page.bank.arrivals.map(({ request }) => request)).toEqual(ARRIVALS);
  expect(page.uncaught).toEqual([]);
}

function scriptOf(run: string | (() => void)): string {
  return `(${run})();`;
}

const scripts: Readonly<Record<string, string>> = {
  'with the engine’s globals': '',
  ...Object.fromEntries(
    [libraries, { lockdown }, polyfills, replacements]
      .flatMap((scripts) => Object.entries<string | (() => void)>(scripts))
      .map(([name, run]) => [`with ${name}`, scriptOf(run)]),
  ),
  'with zone.js': readFileSync('node_modules/zone.js/bundles/zone.umd.js', 'utf8'),
};

/** Scripts with which the package throws when it is loaded. */
const REFUSED = /jsonJs/;

describe.each(Object.entries(scripts))('T5 B5 a page %s', (name, script) => {
  const outcomes = name === 'with lockdown' ? LOCKED_OUTCOMES : OUTCOMES;

  if (!REFUSED.test(name))
    it('works if that was loaded before', async () => {
      const page = new StandInPage();
      page.run(script);
      await page.load();
      await live(page, outcomes);
    });

  it('works if that was loaded later', async () => {
    const page = new StandInPage();
    await page.load();
    page.run(script);
    await live(page, outcomes);
  });
});

describe.each(Object.entries(wrappers))('T5 a page that replaces fetch: %s', (name, wrapper) => {
  it('sends each request completely', async () => {
    const seal = (text: string): string => [...text].reverse().join('');
    const page = new StandInPage(new Bank(name === 'unsealing' ? seal : undefined));
    await page.load();
    page.run(scriptOf(wrapper));
    await live(page);
    expect(new Set(page.bank.arrivals.map(({ csrf }) => csrf))).toEqual(new Set(['c-1']));
  });
});
