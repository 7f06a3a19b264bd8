import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { entries } from '../entries.ts';
import { consumers, measureSize } from './measure-size.js';

/** All that an entry holds, in bytes: minified and gzipped, without its optional peers. */
const limits: Readonly<Record<string, number>> = {
  bankside: 29_600,
  'bankside/angular': 1_000,
  'bankside/inspector': 18_200,
  'bankside/monitoring': 1_900,
  'bankside/react': 1_000,
  'bankside/testing': 26_900,
  'bankside/testing/doubles': 9_500,
  'bankside/testing/server': 20_700,
  'bankside/webview-host': 7_500,
};

describe('a page’s bundle', () => {
  it.each(consumers)('does not grow beyond $ceiling bytes with $imports', async ({ imports, ceiling }) => {
    const { gzipped } = await measureSize({ bankside: imports });
    expect(gzipped).toBeLessThanOrEqual(ceiling);
  });
});

describe('an entry as a whole', () => {
  it('has a limit, whichever it is', () => {
    expect(Object.keys(limits).sort()).toEqual(entries.map(([name]) => name).sort());
  });

  it.each(entries)('%s does not grow beyond its limit', async (name, source) => {
    const names = Object.keys(await import(/* @vite-ignore */ `../../${source}`));
    const left = [...Object.keys(manifest.peerDependencies), 'node:*'];
    const { gzipped } = await measureSize({ [name]: names }, left);
    expect(gzipped).toBeLessThanOrEqual(limits[name] ?? 0);
  });
});
