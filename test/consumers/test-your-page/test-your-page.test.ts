import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageOf } from '../../docs/fixtures/pages.ts';
import { executableOf } from '../../engines/executables.js';
import { createProject, type Project, shownFile } from '../projects/project.ts';

const run = promisify(execFile);

const shown = (heading: string, name: string): string => shownFile('docs/test-your-page.md', heading, name);

const asModules = JSON.stringify({ type: 'module' });
/** The manifest for Jest, with the script that starts it. */
const jestManifest =
  pageOf('docs/test-your-page.md').snippets.find(
    ({ heading, language }) => heading === 'Jest' && language === 'json',
  )?.code ?? '';
const forJest = "import { afterAll, beforeAll, expect, test } from '@jest/globals';";

const wire = shown('What is tested', 'wire.js');
/** A page with a fault that the test must find: it never answers. */
const broken = wire.replace('bridge.attach(widget);', '');

/** The shown test of Vitest, for another runner. */
const forRunner = (imports: string, wire = './wire.js'): string =>
  shown('Vitest', 'wire.test.js')
    .replace(/^import .* from 'vitest';$/m, imports)
    .replace("'./wire.js'", `'${wire}'`);

/** Each takes less than a minute on an idle machine: a test tool starts, and some compile msw first. */
describe('docs/test-your-page.md, with the published package', { timeout: 600_000 }, () => {
  let project: Project;

  beforeAll(() => {
    project = createProject(import.meta.dirname);
  }, 600_000);

  afterAll(() => {
    project?.remove();
  });

  /** Writes a folder of the project, with the function that the page wires its widget with. */
  function write(folder: string, manifest: string, files: Readonly<Record<string, string>>): void {
    project.write(`${folder}/package.json`, manifest);
    for (const [name, content] of Object.entries(files)) project.write(`${folder}/${name}`, content);
  }

  /** Runs the script as it is shown, but for the packages, which are in the folder above. */
  async function runScript(folder: string): Promise<string> {
    const [command, ...args] = JSON.parse(jestManifest).scripts.test.split(' ') as string[];
    expect(command).toBe('node');
    const located = args.map((arg) => (arg.startsWith('node_modules/') ? join(project.root, arg) : arg));
    const env = { ...process.env, NO_COLOR: '1' };
    const { stdout, stderr } = await run(process.execPath, located, { cwd: join(project.root, folder), env });
    return stdout + stderr;
  }

  it('Vitest, in Node, jsdom and happy-dom, with a fake clock', async () => {
    const test = shown('Vitest', 'wire.test.js');
    const env = 'environment'; // spelt out, this file would have it
    write('vitest', asModules, {
      'wire.js': wire,
      'wire.test.js': test,
      'jsdom.test.js': `// @vitest-${env} jsdom\n${test}`,
      'happy-dom.test.js': `// @vitest-${env} happy-dom\n${test}`,
      'clock.test.js': shown('A fake clock', 'clock.test.js')
        .replace(/^import (.*)\bjest\b(.*) from '@jest\/globals';$/m, "import $1vi$2 from 'vitest';")
        .replace(/jest\.useFakeTimers\(.*\)/, 'vi.useFakeTimers()')
        .replaceAll('jest.', 'vi.'),
    });
    expect(await project.run('vitest', 'vitest', ['run'])).toMatch(/Tests +4 passed/);
  });

  it('Vitest fails for a page that answers nothing', async () => {
    const limit = "test('the widget is answered, and a stale token does not show', { timeout: 2_000 },";
    const test = shown('Vitest', 'wire.test.js').replace(/^test\('[^']*',/m, limit);
    write('broken', asModules, { 'wire.js': broken, 'wire.test.js': test });
    await expect(project.run('broken', 'vitest', ['run'])).rejects.toThrow(/1 failed/);
  });

  it('Jest with ES modules, a mocked fetch and a fake clock', async () => {
    expect(shown('Jest', 'jest.config.js')).toContain('transform: {}');
    write('jest', jestManifest, {
      'jest.config.js': shown('Jest', 'jest.config.js'),
      'wire.js': wire,
      'wire.test.js': forRunner(forJest),
      'mocked-fetch.test.js': shown('A mocked fetch', 'mocked-fetch.test.js'),
      'object.test.js': shown('A mocked fetch', 'mocked-fetch.test.js')
        .replace(
          'new Response(JSON.stringify({ ok: true, unread: 4 }))',
          '({ ok: true, status: 200, json: async () => ({ ok: true }) })',
        )
        .replace(/expect\(await (.*)\)\.toMatchObject\(.*\);/, "await expect($1).rejects.toThrow('text()');"),
      'clock.test.js': shown('A fake clock', 'clock.test.js'),
    });
    expect(await runScript('jest')).toMatch(/Tests: +4 passed/);
  });

  it('Jest with Babel', async () => {
    write('babel', '{}', {
      'jest.config.cjs': shown('Jest with Babel', 'jest.config.cjs'),
      'wire.js': wire,
      'wire.test.js': forRunner(forJest),
      'failure.test.js': shown('Jest with Babel', 'failure.test.js'),
    });
    project.copy('babel.config.cjs', 'babel/babel.config.cjs');
    expect(await project.run('babel', 'jest', [])).toMatch(/Tests: +2 passed/);
  });

  it.each(['Jest with Babel', 'Jest with ts-jest', 'Jest with jsdom'])(
    '%s: the same packages are compiled in the folders of pnpm',
    (heading) => {
      const module = { exports: { transformIgnorePatterns: [''] } };
      new Function('module', shown(heading, 'jest.config.cjs'))(module);
      const [pattern = ''] = module.exports.transformIgnorePatterns;
      const isCompiled = (path: string): boolean => !new RegExp(pattern).test(path);
      const store = '/bank/node_modules/.pnpm';
      for (const path of [
        '/bank/node_modules/bankside/dist/index.js',
        '/bank/node_modules/@open-draft/deferred-promise/build/index.mjs',
        `${store}/ky@1.14.0/node_modules/ky/distribution/index.js`,
        `${store}/@open-draft+deferred-promise@3.0.0/node_modules/@open-draft/deferred-promise/build/index.mjs`,
      ])
        expect(isCompiled(path)).toBe(true);
      for (const path of [
        '/bank/node_modules/kysely/index.js',
        '/bank/node_modules/msw/lib/core/index.js',
        `${store}/msw@2.15.0/node_modules/msw/lib/core/index.js`,
      ])
        expect(isCompiled(path)).toBe(false);
    },
  );

  it('Jest with jsdom, and Babel', async () => {
    write('jsdom', '{}', {
      'jest.config.cjs': shown('Jest with jsdom', 'jest.config.cjs'),
      'wire.js': wire,
      'wire.test.js': forRunner(forJest),
    });
    project.copy('babel.config.cjs', 'jsdom/babel.config.cjs');
    expect(await project.run('jsdom', 'jest', [])).toMatch(/Tests: +1 passed/);
    const plain = shown('Jest with jsdom', 'jest.config.cjs').replace('jest-fixed-jsdom', 'jsdom');
    project.write('jsdom/jest.config.cjs', plain);
    const withoutMsw = shown('A mocked fetch', 'mocked-fetch.test.js');
    project.write('jsdom/wire.test.js', withoutMsw);
    await expect(project.run('jsdom', 'jest', [])).rejects.toThrow('TextEncoder is not defined');
  });

  it('Jest with ts-jest to CommonJS, type checked', async () => {
    write('ts-jest', '{}', {
      'jest.config.cjs': shown('Jest with ts-jest', 'jest.config.cjs'),
      'tsconfig.json': strict({ module: 'CommonJS', moduleResolution: 'node10', esModuleInterop: true }),
      'wire.ts': shown('What is tested', 'wire.ts'),
      'wire.test.ts': forRunner(forJest, './wire'),
    });
    expect(await project.run('ts-jest', 'jest', [])).toMatch(/Tests: +1 passed/);
    await project.run('ts-jest', 'tsc', ['-p', '.']);
  });

  it('Jest with ts-jest and ES modules, type checked', async () => {
    write('ts-jest-esm', jestManifest, {
      'jest.config.js': shown('Jest with ts-jest', 'jest.config.js'),
      'tsconfig.json': strict({ module: 'NodeNext', moduleResolution: 'NodeNext', isolatedModules: true }),
      'wire.ts': shown('What is tested', 'wire.ts'),
      'wire.test.ts': forRunner(forJest),
    });
    expect(await runScript('ts-jest-esm')).toMatch(/Tests: +1 passed/);
    await project.run('ts-jest-esm', 'tsc', ['-p', '.']);
  });

  it('Playwright, in TypeScript and in JavaScript', async () => {
    const [fixture, spec] = [shown('Playwright', 'with-sandbox.ts'), shown('Playwright', 'insights.spec.ts')];
    write('playwright', asModules, {
      'tsconfig.json': strict({ module: 'ESNext', moduleResolution: 'bundler' }),
      'ts/with-sandbox.ts': fixture,
      'ts/insights.spec.ts': spec,
      'js/with-sandbox.js': fixture.replace(/^import type .*\n/m, '').replace('<{ sandbox: Sandbox }>', ''),
      'js/insights.spec.js': spec.replace("'./with-sandbox'", "'./with-sandbox.js'"),
    });
    // A module of the page, as a development server sends it.
    project.write('playwright/src/session/login.js', "export const signIn = '/sign-in';\n");
    for (const name of ['index.html', 'page.js', 'serve.js', 'playwright.config.js'])
      project.copy(name, `playwright/${name}`);
    await project.run('playwright', 'tsc', ['-p', '.']);
    const env = { PORT: `${await freePort()}`, CHROMIUM: executableOf('chromium') };
    expect(await project.run('playwright', 'playwright', ['test'], env)).toMatch(/6 passed/);
  });
});

/** As strict as a bank's project may be. */
function strict(more: object): string {
  const libraries = { lib: ['ES2022', 'DOM', 'DOM.Iterable'], types: ['node'], skipLibCheck: true };
  return JSON.stringify({
    compilerOptions: { target: 'ES2022', strict: true, noEmit: true, ...libraries, ...more },
  });
}

/** Playwright starts the page's server itself, and needs its port. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
