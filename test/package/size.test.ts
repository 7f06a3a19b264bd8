import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import * as angular from '../../src/angular.ts';
import * as bankside from '../../src/index.ts';
import * as react from '../../src/react.ts';
import * as webviewHost from '../../src/webview-host.ts';
import { entries } from '../entries.ts';
import { consumers, measureSize } from './measure-size.js';

/** The size of a whole entry in bytes, minified and gzipped, without its optional peers. */
const limits: Readonly<Record<string, number>> = {
  bankside: 62_550,
  'bankside/angular': 7_300,
  'bankside/inspector': 57_100,
  'bankside/monitoring': 4_000,
  'bankside/personetics': 20, // an empty file, gzipped
  'bankside/react': 7_150,
  'bankside/recording': 7_850,
  'bankside/testing': 45_300,
  'bankside/testing/doubles': 10_050,
  'bankside/testing/server': 40_950,
  'bankside/webview-host': 11_450,
};

const ofHttpOrQueue = [
  'httpTransport',
  'QueuePoller',
  'followLinxoWidget',
  'channelSchema',
  'connectionSchema',
  'queueEventSchema',
];
const namesWithoutHttp = Object.keys(bankside).filter((name) => !ofHttpOrQueue.includes(name));

describe('a page’s bundle', () => {
  it.each(consumers)('is not larger than $ceiling bytes with $imports', async ({ imports, ceiling }) => {
    const { gzipped } = await measureSize({ bankside: imports });
    expect(gzipped).toBeLessThanOrEqual(ceiling);
  });
});

describe('the packages in a page’s bundle', () => {
  it.each([
    ['a custom transport', ['WidgetBridge'], ['mitt']],
    ['nativeTransport', ['WidgetBridge', 'nativeTransport'], ['mitt']],
    ['portTransport', ['WidgetBridge', 'portTransport'], ['mitt']],
    ['servePort', ['servePort'], []],
    ['all exports that need neither HTTP nor the queue', namesWithoutHttp, ['mitt']],
    ['httpTransport', ['WidgetBridge', 'httpTransport'], ['ky', 'mitt']],
    ['schemas alone', ['queueEventSchema'], ['zod']],
    ['followLinxoWidget alone', ['followLinxoWidget'], ['zod']],
    ['QueuePoller', ['QueuePoller'], ['ky', 'mitt', 'zod']],
  ])('are the needed ones, with %s', async (_what, imports, expected) => {
    const { packages } = await measureSize({ bankside: imports });
    expect(packages).toEqual(expected);
  });

  it('are neither ky nor zod with bankside/webview-host', async () => {
    const { packages } = await measureSize({ 'bankside/webview-host': Object.keys(webviewHost) });
    expect(packages).toEqual(['mitt']);
  });
});

describe('the loader of the vendor’s script', () => {
  it.each([
    ['bankside/angular', angular],
    ['bankside/react', react],
  ])('is not in a bundle of %s that does not use it', async (name, entry) => {
    const names = Object.keys(entry).filter((known) => !known.endsWith('LoadedWidget'));
    const { gzipped } = await measureSize({ [name]: names }, Object.keys(manifest.peerDependencies));
    expect(gzipped).toBeLessThanOrEqual(1_000);
  });
});

describe('an entry as a whole', () => {
  it('has a limit', () => {
    expect(Object.keys(limits).sort()).toEqual(entries.map(([name]) => name).sort());
  });

  it.each(entries)('%s is not larger than its limit', async (name, source) => {
    const names = Object.keys(await import(/* @vite-ignore */ `../../${source}`));
    const left = [...Object.keys(manifest.peerDependencies), 'node:*'];
    const { gzipped } = await measureSize({ [name]: names }, left);
    expect(gzipped).toBeLessThanOrEqual(limits[name] ?? 0);
  });
});
