import { spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectsOf, suites } from './suites.js';

const script = fileURLToPath(new URL('run.js', import.meta.url));
const noBrowser = fileURLToPath(new URL('no-browser', import.meta.url));

/** Has a stand-in for Vitest, which reports one test for each project, named after it. */
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bankside-run-'));
  const vitest = join(folder, 'node_modules', 'vitest');
  await mkdir(vitest, { recursive: true });
  await writeFile(join(vitest, 'package.json'), '{"type":"module"}');
  await copyFile(new URL('fixtures/stand-in-vitest.js', import.meta.url), join(vitest, 'vitest.mjs'));
});

afterAll(() => rm(folder, { recursive: true }));

/** Runs without a browser, and without a command that could install one. */
async function run(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: folder,
    env: { ...process.env, PATH: '', CI: '', CHROME_PATH: noBrowser, BANKSIDE_FIREFOX: noBrowser, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [complaints, status] = await Promise.all([
    text(child.stderr),
    new Promise((resolve) => child.on('close', resolve)),
  ]);
  return { complaints, status };
}

interface Outcome {
  readonly title: string;
  readonly status: string;
}

/** The projects whose test passed. */
async function ran(suite: string): Promise<string[]> {
  const report = JSON.parse(await readFile(join(folder, 'test-results', `${suite}.json`), 'utf8'));
  return report.testResults
    .flatMap(({ assertionResults }: { assertionResults: Outcome[] }) => assertionResults)
    .flatMap(({ title, status }: Outcome) => (status === 'passed' ? [title] : []))
    .sort();
}

const skipped = `Skipped: the tests in Chrome, Chromium or Edge, which is not installed.
CHROME_PATH names ${noBrowser}, which does not run. Install it, or name its file in CHROME_PATH (on Debian: apt-get install --no-install-recommends chromium).`;

it('without a browser, runs the rest, and reports at the end what was skipped', async () => {
  const { complaints, status } = await run(['test', '--built']);
  expect(await ran('test')).toEqual(['node', 'types']);
  expect(complaints.trim().endsWith(skipped)).toBe(true);
  expect(status).toBe(0);
});

it('fails if CI is set as well; passes unknown arguments on to Vitest', async () => {
  const { complaints, status } = await run(['test', '--built', '--testNamePattern=node'], { CI: 'true' });
  expect(await ran('test')).toEqual(['node']);
  expect(complaints.trim()).toBe(`${skipped}\nCI is set, so this run fails.`);
  expect(status).toBe(1);
});

it('with a browser, runs its projects too, and fails if one of their tests fails', async () => {
  const env = { CHROME_PATH: process.execPath, FAILING: 'chromium-pages' };
  const { status } = await run(['test', '--built'], env);
  expect(await ran('test')).toEqual(['chromium', 'chromium-patched', 'node', 'types']);
  expect(status).toBe(1);
});

it('fails if there is nothing to run, and for an unknown suite', async () => {
  const webkit = { BANKSIDE_WEBKIT_DRIVER: noBrowser, BANKSIDE_XVFB: noBrowser, BANKSIDE_PYTHON: noBrowser };
  const engines = await run(['engines', '--built'], webkit);
  expect(engines.complaints.match(/Skipped/g)).toHaveLength(3);
  expect(engines.status).toBe(1);

  const { complaints, status } = await run(['tset']);
  expect(complaints).toBe('Name the suite to run: test, engines, all\n');
  expect(status).toBe(2);
});

it('has no time for slow pages in `npm test`, which the other suites run in each engine', () => {
  const { engines } = suites.all;
  const slow = engines.map((engine) => `${engine}-slow-pages`);
  const slowIn = (projects: readonly string[]) => projects.filter((project) => slow.includes(project));
  expect(slowIn(projectsOf('test', engines))).toEqual([]);
  expect(slowIn(projectsOf('engines', engines))).toEqual(slow);
  expect(slowIn(projectsOf('all', engines, { afterTest: true }))).toEqual(slow);
});

it('runs no project twice if the second suite runs after the first', () => {
  const engines = suites.all.engines;
  const first = projectsOf('test', ['chromium']);
  const second = projectsOf('all', engines, { afterTest: true });
  expect(second.filter((project) => first.includes(project))).toEqual([]);
  expect(new Set([...first, ...second])).toEqual(new Set([...first, ...projectsOf('all', engines)]));
});
