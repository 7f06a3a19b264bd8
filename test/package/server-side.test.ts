import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entries } from '../entries.ts';

interface Report {
  readonly names: string[];
  readonly changed: string[];
  readonly timers: number;
  readonly hasDispose: boolean;
  readonly trip: unknown[];
}

const probe = fileURLToPath(new URL('./fixtures/probe.js', import.meta.url));
const maker = fileURLToPath(new URL('./fixtures/made-on-a-server.js', import.meta.url));
const bareEngine = new URL('./fixtures/bare-engine.js', import.meta.url).href;
/** Like a strict Content-Security-Policy. */
const noEval = '--disallow-code-generation-from-strings';

/** Within node_modules, so that the entries find their imports. */
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(resolve('node_modules/.bankside-server-side-'));
  await build({
    entryPoints: entries.map(([, source]) => source),
    outdir: folder,
    outbase: 'src',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    packages: 'external',
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function built(source: string): string {
  return pathToFileURL(join(folder, source.replace('src/', '').replace(/\.tsx?$/, '.mjs'))).href;
}

/** Imports all entries in one process, one after the other. It hangs if an entry leaves a timer or a handle. */
async function inProcess(...flags: string[]): Promise<readonly Report[]> {
  const urls = entries.map(([, source]) => built(source));
  const child = fork(probe, urls, { execArgv: [noEval, ...flags], stdio: 'inherit' });
  const [[reports], [exitCode]] = await Promise.all([
    once(child, 'message').then(([message]) => {
      child.disconnect();
      return [message as Report[]];
    }),
    once(child, 'exit'),
  ]);
  expect(exitCode).toBe(0);
  return reports as Report[];
}

/** Imports one entry alone. */
async function inWorker(source: string): Promise<Report> {
  const worker = new Worker(probe, { workerData: [built(source)] });
  const [[[report]], [exitCode]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')]);
  expect(exitCode).toBe(0);
  return report as Report;
}

/** What making everything has touched, and what the calls say. It hangs if something is left running. */
async function madeOnServer(...flags: string[]): Promise<unknown> {
  const names = ['index', 'inspector', 'monitoring', 'recording', 'webview-host', 'testing/doubles'];
  const urls = names.map((name) => built(`src/${name}.ts`));
  const child = fork(maker, urls, { execArgv: [noEval, ...flags], stdio: 'inherit' });
  const ended = once(child, 'exit').then(([exitCode]) => expect(exitCode).toBe(0));
  const [[report]] = await Promise.all([once(child, 'message'), ended]);
  return report;
}

const trips = [['answered', true], ['misfit', false], 'clean'];

/** Two objects that zod creates on import, through which its copies on a page share their settings. */
const ofZod = ['globalThis.__zod_globalConfig', 'globalThis.__zod_globalRegistry'];

/** What other packages write on import, which this package cannot prevent. */
const ofOthers: Partial<Record<string, string[]>> = {
  bankside: ofZod,
  'bankside/testing': ofZod,
  'bankside/testing/server': ofZod,
  'bankside/angular': ['globalThis.devtoolsFormatters', 'globalThis.ngDevMode'],
};

/** The expected report of each entry, alone or after the others. */
function expected(isAlone: boolean): object[] {
  const written = new Set<string>();
  return entries.map(([name]) => {
    const own = ofOthers[name] ?? [];
    const changed = isAlone ? own : own.filter((key) => !written.has(key));
    for (const key of own) written.add(key);
    return { changed, timers: 0, trip: name === 'bankside' ? [...trips, ...trips] : [] };
  });
}

describe('S2 each entry', () => {
  it('S1 S2 is imported without side effects on a server, and runs without eval', async () => {
    const reports = await inProcess();

    expect(reports).toMatchObject(expected(false));
    const empty = entries.filter((_, index) => reports[index]?.names.length === 0).map(([name]) => name);
    expect(empty).toEqual(['bankside/personetics']); // types alone
  });

  it.each(entries.map(([name, source], index) => [name, source, index] as const))(
    'S2 is imported without side effects in a worker, alone: %s',
    async (_name, source, index) => {
      expect(await inWorker(source)).toMatchObject(expected(true)[index] ?? {});
    },
  );

  it('S2 runs without Symbol.dispose, reportError, navigator, AbortSignal.any', async () => {
    const bare = expected(false).map((report) => ({ ...report, hasDispose: false }));

    expect(await inProcess(`--import=${bareEngine}`)).toMatchObject(bare);
  });
});

describe('S5 S2 what a page makes at the top of a module', () => {
  const called = {
    bridge: expect.stringMatching(/^INVALID_OPTIONS: .*endpoints\.pserver.*on a server, give a whole one/),
    poller: expect.stringMatching(/^INVALID_OPTIONS: .*baseUrl.*on a server, give a whole one/),
    native: expect.stringMatching(/^NO_CHANNEL: /),
  };

  it('S5 S2 is inert on a server, and says so when it is called', async () => {
    expect(await madeOnServer()).toEqual({ made: [], called });
  });

  it('S5 S2 is inert on a server without Symbol.dispose, reportError, AbortSignal.any', async () => {
    expect(await madeOnServer(`--import=${bareEngine}`)).toEqual({ made: [], called });
  });
});
