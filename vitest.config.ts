import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { TestProjectInlineConfiguration, ViteUserConfig } from 'vitest/config';
import { importSnippets, sources } from './test/docs/import-snippets.ts';
import { type EngineName, engineNames } from './test/engines/engine.ts';
import { engines } from './test/engines/vitest-provider.ts';

/** Runs of each property test when there is time: `npm run test:all`. */
const manyRuns = '2000';

/** Tests that need the built package. */
const built = ['test/{docs,examples,package}/**/*.test.ts'];
/** Tests that start a browser themselves. */
const pages = ['test/pages/**/*.test.ts', 'test/engines/{engines,observed-server}.test.ts'];
/** Those of them that wait for timeouts of tabs and scripts, or try one fault after the other: five times as long as the rest. */
const slowPages = [
  'test/pages/{changed-globals,diagnosis,gateway,loader,minimal,network-faults,queue}/**/*.test.ts',
];
/** The pages of the bank's example: they show the library, and prove little of it that is not proven elsewhere. */
const examples = ['test/pages/{vanilla,shells}/**/*.test.ts'];
const patient = ['test/soak/**/*.test.ts', 'test/engines/left-processes.test.ts'];
/** The built site: these build it once. */
const site = ['test/site/pages/**/*.test.ts'];
const buildsSite = ['test/site/build-site.ts'];
const elsewhere = [
  ...pages,
  ...examples,
  ...patient,
  'test/{browser,consumers}/**',
  'test/site/{*.test.ts,pages/**}',
  '**/node_modules/**',
];

/** A limit is to end what hangs, not to judge speed: on a busy machine, starting an engine alone takes seconds. */
const patience = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 30_000 } } };

/** One more than there are cores: tests of pages wait most of the time, and others can run meanwhile. */
const workers = availableParallelism() + 1;

/** A fault in any file of the compiler's program fails them: of `src`, or of all that there is. */
const typesAlone = { enabled: true, only: true, include: ['test/types/**/*.test-d.ts'] };
/** Version 7 takes a fifth of the time, and has no API: what needs that has version 6. Each package has a command `tsc`. */
const quickChecker = resolve('node_modules/typescript-7/bin/tsc');
const checkerWithApi = resolve('node_modules/typescript/bin/tsc');

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

/** These patch their page for good, before Angular or React is loaded: they run apart from all others, which share one page. */
const patching = ['test/browser/angular/zone.test.ts', 'test/browser/react/fast-refresh.test.tsx'];

const inBrowsers = { enabled: true, headless: true, provider: engines(), screenshotFailures: false };

/** With packages of its own: the oldest React and the oldest Angular that this one works with. */
const oldest = resolve('test/consumers/oldest');
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

function inNode(name: string, exclude: string[]): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      include: ['test/**/*.test.ts'],
      exclude,
      setupFiles: ['test/harness/property-runs.ts', 'test/harness/close-connections.ts'],
      // To load the sources and their packages anew for each file takes longer than to run it.
      isolate: false,
      sequence: { groupOrder: 0 },
      maxWorkers: workers,
      ...patience,
    },
  };
}

/**
 * Files that drive an engine, once for each: `engineUnderTest` says which it is. Projects run in the order of their names:
 * these, which wait more than they work, come before `node`, whose tests use what they leave of the machine.
 */
function driving(
  engine: EngineName,
  name: string,
  {
    include,
    exclude = [],
    globalSetup = [],
  }: { readonly include: string[]; readonly exclude?: string[]; readonly globalSetup?: string[] },
): TestProjectInlineConfiguration {
  return {
    test: {
      name: `${engine}-${name}`,
      include,
      exclude,
      globalSetup,
      env: { BANKSIDE_ENGINE: engine },
      isolate: false,
      sequence: { groupOrder: 0 },
      maxWorkers: workers,
      ...patience,
    },
  };
}

/** Of `npx vitest`: what needs neither a build nor a browser. `--project` names others. */
const byDefault = { project: ['unit'] };

const config: ViteUserConfig = {
  test: {
    ...byDefault,
    projects: [
      inNode('unit', elsewhere.concat(built)),
      inNode('node', elsewhere),
      {
        test: {
          name: 'types',
          include: [],
          typecheck: { ...typesAlone, checker: quickChecker, tsconfig: 'test/types/tsconfig.json' },
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'all-types',
          include: [],
          typecheck: { ...typesAlone, checker: checkerWithApi, tsconfig: 'tsconfig.json' },
          sequence: { groupOrder: 4 },
        },
      },
      {
        plugins: [importSnippets()],
        resolve: { alias: [...sources] },
        optimizeDeps: { include: [...metOnTheWay, 'fast-check'] },
        test: {
          name: 'browsers',
          include: ['test/browser/**/*.test.{ts,tsx}'],
          globalSetup: ['test/browser/scripted-server.ts'],
          // To load the sources into a page of its own for each file takes longer than to run it.
          isolate: false,
          sequence: { groupOrder: 0 },
          maxWorkers: workers,
          ...patience,
          browser: {
            ...inBrowsers,
            instances: engineNames.flatMap((browser) => [
              { browser, name: browser, exclude: patching },
              { browser, name: `${browser}-patched`, include: patching },
            ]),
          },
        },
      },
      ...engineNames.map((engine) =>
        driving(engine, 'pages', {
          include: pages,
          // An app whose WebView is WebKit's.
          exclude: [...examples, ...slowPages, ...(engine === 'webkit' ? [] : ['test/pages/native/**'])],
        }),
      ),
      ...engineNames.map((engine) => driving(engine, 'slow-pages', { include: slowPages })),
      ...engineNames.map((engine) => driving(engine, 'examples', { include: examples })),
      {
        cacheDir: 'node_modules/.vite-oldest',
        plugins: [importSnippets()],
        resolve: besideTheOldest,
        optimizeDeps: { include: [...metOnTheWay, 'react-dom/test-utils'] },
        test: {
          name: 'oldest-browsers',
          include: ['test/browser/{react,angular}/**/*.test.{ts,tsx}'],
          globalSetup: [`${oldest}/install.ts`, 'test/browser/scripted-server.ts'],
          sequence: { groupOrder: 4 },
          ...patience,
          browser: {
            ...inBrowsers,
            instances: engineNames.map((browser) => ({ browser, name: `${browser}-oldest` })),
          },
        },
      },
      {
        resolve: besideTheOldest,
        test: {
          name: 'oldest-server',
          include: ['test/{react,angular}.server.test.ts'],
          // Angular's own import of that rxjs is one that bundlers resolve, and Node does not.
          server: { deps: { inline: [/@angular/, /rxjs/] } },
          globalSetup: [`${oldest}/install.ts`],
          sequence: { groupOrder: 4 },
          ...patience,
        },
      },
      ...engineNames.map((engine) => driving(engine, 'patient', { include: patient })),
      {
        test: {
          name: 'site',
          include: ['test/site/*.test.ts'],
          globalSetup: buildsSite,
          isolate: false,
          sequence: { groupOrder: 0 },
          maxWorkers: workers,
          ...patience,
        },
      },
      ...engineNames.map((engine) => driving(engine, 'site', { include: site, globalSetup: buildsSite })),
      {
        test: {
          name: 'consumers',
          include: ['test/consumers/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup: [`${oldest}/install.ts`],
          sequence: { groupOrder: 0 },
          maxWorkers: workers,
          ...patience,
        },
      },
      {
        test: {
          name: 'many-runs',
          include: ['test/**/*.property.test.ts'],
          exclude: elsewhere,
          isolate: false,
          sequence: { groupOrder: 0 },
          maxWorkers: workers,
          env: { BANKSIDE_RUNS: process.env['BANKSIDE_RUNS'] ?? manyRuns },
          setupFiles: ['test/harness/property-runs.ts', 'test/harness/close-connections.ts'],
          ...patience,
        },
      },
    ],
  },
};

export default config;
