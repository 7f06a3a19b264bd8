import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entries } from './entries.ts';

interface Report {
  readonly names: string[];
  readonly changed: string[];
  readonly timers: number;
  readonly hasDispose: boolean;
  readonly trip: unknown[];
}

const probe = fileURLToPath(new URL('./ssr/probe.js', import.meta.url));
const bareEngine = new URL('./ssr/bare-engine.js', import.meta.url).href;
/** As a strict Content-Security-Policy has it. */
const noEval = '--disallow-code-generation-from-strings';

/** Within node_modules, so that what the entries import is found. */
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(process.cwd(), 'node_modules', '.bankside-ssr-'));
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

/** In a process of its own. One that is not done by itself, since a timer or a handle is left, never gets here. */
async function inProcess(source: string, ...flags: string[]): Promise<Report> {
  const child = fork(probe, [built(source)], { execArgv: [noEval, ...flags], stdio: 'inherit' });
  const [[report], [exitCode]] = await Promise.all([
    once(child, 'message').then(([message]) => {
      child.disconnect();
      return [message as Report];
    }),
    once(child, 'exit'),
  ]);
  expect(exitCode).toBe(0);
  return report as Report;
}

async function inWorker(source: string): Promise<Report> {
  const worker = new Worker(probe, { workerData: built(source) });
  const [[report], [exitCode]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')]);
  expect(exitCode).toBe(0);
  return report as Report;
}

const trips = [['answered', true], ['misfit', false], 'clean'];

/** Two objects of zod's, by which copies of it on one page agree on their settings. It writes them when it is imported. */
const ofZod = ['globalThis.__zod_globalConfig', 'globalThis.__zod_globalRegistry'];

/** What another package writes when it is imported, which is not for us to prevent. */
const ofOthers: Partial<Record<string, string[]>> = {
  bankside: ofZod,
  'bankside/testing': ofZod,
  'bankside/testing/server': ofZod,
  'bankside/angular': ['globalThis.devtoolsFormatters', 'globalThis.ngDevMode'],
};

describe.each(entries)('S2 %s', (name, source) => {
  const changed = ofOthers[name] ?? [];
  const expected = name === 'bankside' ? [...trips, ...trips] : [];

  it('S1 S2 imports without effect on a server, and runs without eval', async () => {
    const report = await inProcess(source);

    expect(report).toMatchObject({ changed, timers: 0, trip: expected });
    expect(report.names).not.toEqual([]);
  });

  it('S2 imports without effect in a worker', async () => {
    expect(await inWorker(source)).toMatchObject({ changed, timers: 0, trip: expected });
  });

  it('S2 runs without Symbol.dispose, reportError, navigator, AbortSignal.any', async () => {
    expect(await inProcess(source, `--import=${bareEngine}`)).toMatchObject({
      changed,
      timers: 0,
      hasDispose: false,
      trip: expected,
    });
  });
});
