import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { subpathFolders } from '../../release/subpath-folders.js';
import { bundles, entries } from '../entries.ts';
import { bundlers } from './bundle-with.js';
import { type Consumer, createConsumer } from './consumer.ts';
import { pack } from './pack.ts';
import { expectParts, pagesByParts, partsNotFound } from './page-parts.ts';

let consumer: Consumer;

beforeAll(() => {
  consumer = createConsumer();
  consumer.write('package.json', '{ "type": "module" }');
});

afterAll(() => {
  consumer.remove();
});

const run = promisify(execFile);
const tsc = resolve('node_modules/typescript-7/bin/tsc');
const attw = resolve('node_modules/@arethetypeswrong/cli/dist/index.js');
const installed = (path: string): string => join(consumer.folder, 'node_modules', 'bankside', path);

describe('the package', () => {
  it('has no warning of publint', async () => {
    const { buffer, byteOffset, byteLength } = pack().tarball;
    const tarball = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
    const { messages } = await publint({ strict: true, pack: { tarball } });
    expect(messages).toEqual([]);
  });

  it('has types that resolve with each module resolution, also of tools that do not read `exports`', async () => {
    const tarball = consumer.write('packed.tgz', pack().tarball);
    // `require` of a module works in the releases of Node that docs/vanilla.md names.
    const rules = ['--profile', 'strict', '--ignore-rules', 'cjs-resolves-to-esm'];
    const { stdout } = await run(process.execPath, [attw, tarball, ...rules, '--no-color']);
    for (const [name] of entries) expect(stdout).toContain(`"${name}"`);
  });

  it('contains the build, the licence and the documents, and nothing else', () => {
    const { files } = pack();
    expect(files).toEqual(
      expect.arrayContaining([
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'dist/bankside.iife.min.js',
        'dist/index.d.ts',
        'dist/index.js',
        'dist/testing/index.d.ts',
        'dist/testing/index.js',
      ]),
    );
    const folders = [...subpathFolders(manifest.exports).keys()].map((folder) => `${folder}/package.json`);
    const papers = ['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'package.json'];
    expect(files.filter((path) => !/^(dist|docs|examples\/minimal)\//.test(path)).sort()).toEqual(
      [...papers, ...folders].sort(),
    );
    const written = (folder: string) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile())
        .map((file) => join(file.parentPath, file.name).replaceAll('\\', '/'));
    expect(files.filter((path) => path.startsWith('docs/')).sort()).toEqual(written('docs').sort());
  });
});

describe('the declarations', () => {
  const program = `
    import { httpTransport, type Transport, WidgetBridge } from 'bankside';

    const transport: Transport = httpTransport({ endpoints: { pserver: '/pserver' }, authToken: false });
    export function start(): WidgetBridge {
      const bridge = new WidgetBridge({ transport });
      bridge.on('failure', ({ error }) => {
        if (error.code === 'TIMEOUT') console.warn(error.details.timeout.toFixed());
      });
      return bridge;
    }
    // @ts-expect-error: the declarations are more than \`any\`.
    export const wrong: number = start().getSnapshot();
${bundles.map(([, file], index) => `    export * as bundle${index} from '${file.replace('dist', 'bankside')}';`).join('\n')}`;

  /** The strictest options of a bank's project, and the oldest library that the package supports. */
  const compilerOptions = {
    target: 'ES2022',
    lib: ['ES2022', 'DOM'],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
  };

  // For other versions of TypeScript, see test/consumers/typescript.test.ts.
  it.each([
    ['NodeNext', 'NodeNext'],
    ['Bundler', 'ESNext'],
  ])('are complete for a strict project on an older library (%s)', async (moduleResolution, module) => {
    consumer.write('program.ts', program);
    const config = {
      compilerOptions: { ...compilerOptions, module, moduleResolution },
      files: ['program.ts'],
    };
    const file = consumer.write(`tsconfig.${moduleResolution}.json`, JSON.stringify(config));
    const checked = await run(process.execPath, [tsc, '-p', file, '--listFiles']).catch(({ stdout }) => ({
      stdout,
    }));
    const lines: string[] = checked.stdout.split(/\r?\n/);
    expect(lines.filter((line) => line.includes('/bankside/dist/')).length).toBeGreaterThan(3);
    expect(lines.filter((line) => /error TS/.test(line))).toEqual([]);
  });

  it('keep the docstrings of the public names', () => {
    const undocumented = readdirSync(installed('dist'))
      .filter((name) => name.endsWith('.d.ts'))
      .map((name) => readFileSync(join(installed('dist'), name), 'utf8'))
      .flatMap((text) => text.match(/(?<!\*\/\n)^declare (class|function) \w+/gm) ?? []);
    expect(undocumented).toEqual([]);
  });
});

describe('a bundled page', () => {
  it('is known to contain a part by a string that only that part has', () => {
    expect(partsNotFound(consumer)).toEqual([]);
  });

  // For other bundlers, see test/consumers/bundled-parts.test.ts.
  it.each(pagesByParts)(
    'contains %j of the package and nothing else, without a warning',
    async (taken, page) => {
      expectParts(await bundlers.esbuild(consumer.write(`${taken.length}.js`, page)), taken);
    },
  );
});

describe('`bankside/personetics`', () => {
  it.each(Object.entries(bundlers))(
    'adds nothing to a page, without a warning (%s)',
    async (_name, bundle) => {
      const { code, warnings } = await bundle(
        consumer.write('types.js', "import 'bankside/personetics';\nconsole.log('page');"),
      );
      expect(warnings).toEqual([]);
      expect(code).toContain('page');
      expect(code.length).toBeLessThan(60);
    },
  );
});

describe('the lockfile', () => {
  it('names no registry, so that it works with any', () => {
    expect(readFileSync('package-lock.json', 'utf8')).not.toMatch(/"resolved": *"http/);
  });
});
