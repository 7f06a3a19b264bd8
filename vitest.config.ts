import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { ViteUserConfig } from 'vitest/config';
import { importSnippets, sources } from './test/docs/import-snippets.ts';
import { engines } from './test/engines/vitest-provider.ts';

/** Runs of each property test when there is time: `npm run test:all`. */
const manyRuns = '2000';

const slow = ['test/slow/**/*.test.ts', 'test/**/*.property.test.ts'];
const elsewhere = ['test/browser/**', 'test/pages/**', 'test/engines/**', 'test/slow/**'];

/** A limit is to end what hangs, not to judge speed: on a busy machine, starting an engine alone takes seconds. */
const patience = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 30_000 } } };

/** Vitest leaves one core to itself, which has little to do: on two, half of the machine would stand idle. */
const workers = availableParallelism();
/** Each comes with browsers, and with the clocks of pages that are to be in time. */
const workersWithPages = Math.min(workers, 4);

/** Named, since dependencies that are only met on the way make Vite reload the page in the middle of a test. */
const metOnTheWay = [
  'ky',
  'mitt',
  'msw',
  'react',
  'react/jsx-dev-runtime',
  'react-dom/client',
  'react-dom/server',
  'react-refresh/runtime',
  '@angular/compiler',
  '@angular/core',
  '@angular/platform-browser',
  'rxjs',
  'zod/mini',
  'zone.js',
];

const inBrowsers = { enabled: true, headless: true, provider: engines(), screenshotFailures: false };

/** With packages of its own: the oldest React and the oldest Angular that this one works with. */
const oldest = resolve('test/slow/oldest');
const besideTheOldest = {
  alias: [
    ...sources,
    // A folder's own package.json is not asked what it exports.
    {
      find: '@angular/common/http',
      replacement: `${oldest}/node_modules/@angular/common/fesm2022/http.mjs`,
    },
    {
      find: /^(react(-dom)?|@angular\/[\w-]+|rxjs|zone\.js)(?=\/|$)/,
      replacement: `${oldest}/node_modules/$&`,
    },
    { find: './act.ts', replacement: resolve('test/browser/react/oldest-act.ts') },
    { find: './zoneless.ts', replacement: resolve('test/browser/angular/oldest-zoneless.ts') },
  ],
};

const config: ViteUserConfig = {
  test: {
    reporters: ['default', 'json'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: elsewhere,
          setupFiles: ['test/harness/property-runs.ts'],
          sequence: { groupOrder: 0 },
          maxWorkers: workers,
          ...patience,
        },
      },
      {
        test: {
          name: 'types',
          include: [],
          typecheck: { enabled: true, only: true, include: ['test/types/**/*.test-d.ts'] },
          sequence: { groupOrder: 0 },
        },
      },
      {
        plugins: [importSnippets()],
        resolve: { alias: [...sources] },
        optimizeDeps: { include: [...metOnTheWay, 'fast-check'] },
        test: {
          include: ['test/browser/**/*.test.{ts,tsx}'],
          globalSetup: ['test/browser/scripted-server.ts'],
          sequence: { groupOrder: 1 },
          ...patience,
          browser: {
            ...inBrowsers,
            instances: ['chromium', 'firefox', 'webkit'].map((browser) => ({ browser, name: browser })),
          },
        },
      },
      {
        cacheDir: 'node_modules/.vite-oldest',
        plugins: [importSnippets()],
        resolve: besideTheOldest,
        optimizeDeps: { include: [...metOnTheWay, 'react-dom/test-utils'] },
        test: {
          include: ['test/browser/{react,angular}/**/*.test.{ts,tsx}'],
          globalSetup: [`${oldest}/install.ts`],
          sequence: { groupOrder: 4 },
          ...patience,
          browser: {
            ...inBrowsers,
            instances: ['chromium', 'firefox', 'webkit'].map((browser) => ({
              browser,
              name: `slow-oldest-${browser}`,
            })),
          },
        },
      },
      {
        resolve: besideTheOldest,
        test: {
          name: 'slow-oldest-server',
          include: ['test/{react,angular}/server.test.ts'],
          // Angular's own import of that rxjs is one that bundlers resolve, and Node does not.
          server: { deps: { inline: [/@angular/, /rxjs/] } },
          globalSetup: [`${oldest}/install.ts`],
          sequence: { groupOrder: 4 },
          ...patience,
        },
      },
      {
        test: {
          name: 'pages',
          include: ['test/pages/**/*.test.ts', 'test/engines/**/*.test.ts'],
          sequence: { groupOrder: 2 },
          maxWorkers: workersWithPages,
          ...patience,
        },
      },
      {
        test: {
          name: 'slow',
          include: slow,
          globalSetup: [`${oldest}/install.ts`],
          sequence: { groupOrder: 3 },
          maxWorkers: workersWithPages,
          env: { BANKSIDE_RUNS: process.env['BANKSIDE_RUNS'] ?? manyRuns },
          setupFiles: ['test/harness/property-runs.ts'],
          ...patience,
        },
      },
    ],
  },
};

export default config;
