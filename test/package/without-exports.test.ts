import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { subpathFolders } from '../../release/subpath-folders.js';
import { type Consumer, createConsumer } from './consumer.ts';

const exported = Object.entries(manifest.exports).flatMap(([subpath, target]) =>
  typeof target === 'string' ? [] : [[subpath.replace('.', 'bankside'), target] as const],
);

let consumer: Consumer;

beforeAll(() => {
  consumer = createConsumer(['@angular/core', 'msw', 'react', 'rxjs']);
});

afterAll(() => {
  consumer.remove();
});

const installed = (path: string): string => join(consumer.folder, 'node_modules', 'bankside', path);

describe('a tool that does not read `exports`', () => {
  beforeAll(() => {
    const { exports: _, ...rest } = JSON.parse(readFileSync(installed('package.json'), 'utf8'));
    writeFileSync(installed('package.json'), JSON.stringify(rest));
  });

  afterAll(() => {
    writeFileSync(installed('package.json'), JSON.stringify(manifest));
  });

  it.each(exported)('finds the module of %s as Node has always looked for it', (name, target) => {
    const { resolve } = createRequire(join(consumer.folder, 'page.cjs'));
    expect(resolve(name)).toBe(resolve(installed(target.default)));
  });

  it.each([...subpathFolders(manifest.exports)])('finds the types of %s beside it', (folder, { types }) => {
    expect(existsSync(installed(join(folder, types)))).toBe(true);
  });

  it('finds the types of the package', () => {
    expect(manifest.types).toBe(manifest.exports['.'].types);
    expect(manifest.main).toBe(manifest.exports['.'].default);
  });
});

describe('webpack with no field for `exports`', () => {
  it('finds each module that needs no framework', async () => {
    const { default: webpack } = await import('webpack');
    const names = exported
      .map(([name]) => name)
      .filter((name) => !/angular|react|testing$|server/.test(name));
    const page = names.map(
      (name, index) => `import * as part${index} from '${name}';\nconsole.log(part${index});`,
    );
    const compiler = webpack({
      mode: 'development',
      target: ['web', 'es2022'],
      entry: consumer.write('page.js', page.join('\n')),
      output: { path: join(consumer.folder, 'built') },
      devtool: false,
      resolve: { exportsFields: [] },
      module: { rules: [{ resolve: { fullySpecified: false } }] },
    });
    const stats = await new Promise<string[]>((done, fail) => {
      compiler?.run((error, result) => {
        if (error) fail(error);
        const { errors = [], warnings = [] } =
          result?.toJson({ all: false, errors: true, warnings: true }) ?? {};
        done([...errors, ...warnings].map(({ message }) => message));
      });
    });
    expect(stats).toEqual([]);
  });
});

describe('`require`', () => {
  // None may have a top-level `await`: then Node throws ERR_REQUIRE_ASYNC_MODULE.
  it.each(exported)('loads %s, in releases of Node that can', (name) => {
    const require = createRequire(consumer.write('page.cjs', ''));
    const features: { require_module?: boolean } = process.features;
    if (features.require_module) expect(typeof require(name)).toBe('object');
    else expect(() => require(name)).toThrow(expect.objectContaining({ code: 'ERR_REQUIRE_ESM' }));
  });
});
