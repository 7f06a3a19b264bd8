import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { launch } from '../../engines/launch.ts';
import { useForSuite } from '../../harness/use-for-suite.ts';
import { ARRIVALS, LOCKED_OUTCOMES, OUTCOMES } from '../../security/changed-globals/expected.ts';
import * as wrappers from '../../security/changed-globals/fetch-wrappers.js';
import { datejs, mootools, prototype16, sugar } from '../../security/changed-globals/libraries.js';
import { lockdown } from '../../security/changed-globals/lockdown.js';
import { wholePolyfill } from '../../security/changed-globals/polyfills.js';
import { mootoolsRequest } from '../../security/changed-globals/request-classes.js';
import { type PageParts, type Report, ServedPage } from './served-page.ts';

/** Engines handle a broken connection differently: some repeat the request themselves. */
const use = Object.keys(OUTCOMES)
  .filter((part) => part !== 'lost')
  .join(' ');
const withoutLost = ({ lost: _lost, ...outcomes }: Readonly<Record<string, string>>): object => outcomes;

const run = (script: () => void): string => `(${script})();`;
const zone = readFileSync('node_modules/zone.js/bundles/zone.umd.js', 'utf8');

const pages: Readonly<Record<string, PageParts>> = {
  'with Prototype.js': { before: [run(prototype16)] },
  'with MooTools except its Request, and Datejs': { before: [run(mootools), run(datejs)] },
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

describe(`pages that change globals, in ${engineUnderTest}`, () => {
  const getEngine = useForSuite(() => launch(engineUnderTest));
  let served: ServedPage;

  afterEach(() => served.close());

  async function open(parts: PageParts): Promise<Report> {
    served = await ServedPage.serve(parts);
    const page = await getEngine().open(served.url);
    const report = await served.report();
    await page.close();
    return report;
  }

  it.each(Object.entries(pages))('T5 B5 a page %s sends all requests', async (kind, parts) => {
    const { outcomes, errors } = await open({ ...parts, use });

    expect(errors).toEqual([]);
    expect(outcomes).toEqual(withoutLost(/lock/.test(kind) ? LOCKED_OUTCOMES : OUTCOMES));
    const arrived = served.bank.arrivals.map(({ request }) => request);
    expect(arrived).toEqual(ARRIVALS.filter((request) => !request.startsWith('POST /lost')));
  });

  it.each(['page', 'bankside.iife.min.js', 'bankside.min.js'] as const)(
    "T5 a page with MooTools' Request gets an error when it loads %s",
    async (build) => {
      const { errors } = await open({ before: [run(mootoolsRequest)], build });

      expect(errors).toEqual([
        expect.stringMatching(/BanksideError: option 'window\.Request': expected the browser's own class/),
      ]);
      expect(served.bank.arrivals).toEqual([]);
    },
  );

  it("T5 a page with MooTools' Request sends nothing if that was loaded later, and reports why", async () => {
    const { outcomes } = await open({ after: [run(mootoolsRequest)], use: 'broken later queue' });

    expect(outcomes).toEqual({
      broken: 'BanksideError INVALID_OPTIONS window.Request true',
      later: 'BanksideError INVALID_OPTIONS window.Request true',
      queue: 'BanksideError INVALID_OPTIONS window.Request true failed',
    });
    expect(served.bank.arrivals).toEqual([]);
  });
});
