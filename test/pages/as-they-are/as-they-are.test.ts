import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { useEngine } from '../../engines/use-engine.ts';
import { ARRIVALS, LOCKED_OUTCOMES, OUTCOMES } from '../../security/pages-as-they-are/expected.ts';
import * as wrappers from '../../security/pages-as-they-are/fetch-wrappers.js';
import { datejs, mootools, prototype16, sugar } from '../../security/pages-as-they-are/libraries.js';
import { lockdown } from '../../security/pages-as-they-are/lockdown.js';
import { wholePolyfill } from '../../security/pages-as-they-are/polyfills.js';
import { mootoolsRequest } from '../../security/pages-as-they-are/request-classes.js';
import { type PageParts, ServedPage, type Told } from './served-page.ts';

/** How a connection breaks off is the engine's affair: some ask once more themselves. */
const use = Object.keys(OUTCOMES)
  .filter((part) => part !== 'lost')
  .join(' ');
const withoutLost = ({ lost: _lost, ...outcomes }: Readonly<Record<string, string>>): object => outcomes;

const run = (script: () => void): string => `(${script})();`;
const zone = readFileSync('node_modules/zone.js/bundles/zone.umd.js', 'utf8');

const pages: Readonly<Record<string, PageParts>> = {
  'with Prototype.js': { before: [run(prototype16)] },
  'with MooTools but for its Request, and Datejs': { before: [run(mootools), run(datejs)] },
  'with Sugar, and no Array.prototype.entries': {
    before: [run(sugar), 'delete Array.prototype.entries;'],
  },
  'in a lockdown': { before: [run(lockdown)] },
  'that is locked down later': { after: [run(lockdown)] },
  'with a polyfill of fetch and all its classes': { before: [run(wholePolyfill)] },
  'with zone.js, and wrappers of fetch around it': {
    before: [zone, run(wrappers.signing), run(wrappers.monitoring)],
    after: [run(wrappers.spreading)],
  },
};

describe(`pages as they are in ${engineUnderTest}`, () => {
  const getEngine = useEngine(engineUnderTest);
  let served: ServedPage;

  afterEach(() => served.close());

  async function open(parts: PageParts): Promise<Told> {
    served = await ServedPage.serve(parts);
    const page = await getEngine().open(served.url);
    const told = await served.told();
    await page.close();
    return told;
  }

  it.each(Object.entries(pages))('T5 B5 a page %s sends all of it', async (kind, parts) => {
    const { outcomes, errors } = await open({ ...parts, use });

    expect(errors).toEqual([]);
    expect(outcomes).toEqual(withoutLost(/lock/.test(kind) ? LOCKED_OUTCOMES : OUTCOMES));
    const arrived = served.bank.arrivals.map(({ told }) => told);
    expect(arrived).toEqual(ARRIVALS.filter((told) => !told.startsWith('POST /lost')));
  });

  it.each(['page', 'bankside.iife.min.js', 'bankside.min.js'] as const)(
    "T5 a page with MooTools' Request is told so when it loads %s",
    async (build) => {
      const { errors } = await open({ before: [run(mootoolsRequest)], build });

      expect(errors).toEqual([
        expect.stringMatching(/BanksideError: option 'window\.Request': expected the browser's own class/),
      ]);
      expect(served.bank.arrivals).toEqual([]);
    },
  );

  it("T5 a page with MooTools' Request sends nothing if that came later, and says why", async () => {
    const { outcomes } = await open({ after: [run(mootoolsRequest)], use: 'broken later queue' });

    expect(outcomes).toEqual({
      broken: 'BanksideError INVALID_OPTIONS window.Request true',
      later: 'BanksideError INVALID_OPTIONS window.Request true',
      queue: 'BanksideError INVALID_OPTIONS window.Request true failed',
    });
    expect(served.bank.arrivals).toEqual([]);
  });
});
