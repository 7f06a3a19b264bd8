import { availableParallelism } from 'node:os';
import type { ViteUserConfig } from 'vitest/config';
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
        // Named here, since dependencies that are only met on the way make Vite reload the page in the middle of a test.
        optimizeDeps: {
          include: ['mitt', 'msw', 'fast-check', 'react', 'react/jsx-dev-runtime', 'react-dom/client'],
        },
        test: {
          include: ['test/browser/**/*.test.{ts,tsx}'],
          globalSetup: ['test/browser/scripted-server.ts'],
          sequence: { groupOrder: 1 },
          ...patience,
          browser: {
            enabled: true,
            headless: true,
            provider: engines(),
            screenshotFailures: false,
            instances: ['chromium', 'firefox', 'webkit'].map((browser) => ({ browser, name: browser })),
          },
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
