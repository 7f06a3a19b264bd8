import { existsSync, readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { describe, expect, it, vi } from 'vitest';
import { StandInPage } from '../security/changed-globals/stand-in-page.ts';
import { codeUnder, pageOf } from './fixtures/pages.ts';
import { runSnippet } from './fixtures/run-snippet.ts';

/** What old libraries do, and the option that the error names. */
const libraries = [
  ['window.Request', 'window.Request = class { send() {} };'],
  ['Object.prototype', 'Object.prototype.each = function () {};'],
] as const;

/** The bridge alone, put where the page can see it. */
const bridgeAlone = (from: string): string => `
  import { portTransport, WidgetBridge } from '${from}';
  Object.assign(window, { portTransport, WidgetBridge });`;

async function bundle(contents: string): Promise<string> {
  const stdin = { contents, resolveDir: '.' };
  const { outputFiles } = await build({
    stdin,
    bundle: true,
    format: 'iife',
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

describe.each(libraries)(
  'T5 a page with an old library (%s) that only needs the bridge',
  (option, library) => {
    const refusal = expect.objectContaining({
      code: 'INVALID_OPTIONS',
      details: expect.objectContaining({ option }),
    });

    it.each([
      ['the script tag', () => readFileSync('dist/bankside.iife.min.js', 'utf8'), 'Bankside'],
      ['the one module', () => bundle(bridgeAlone('./dist/bankside.min.js')), 'WidgetBridge'],
    ])('throws as a whole: %s', async (_what, source, name) => {
      const page = new StandInPage();
      page.run(library);
      const script = await source();
      let thrown: unknown;
      try {
        page.run(script);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toEqual(refusal);
      expect(page.run(`typeof ${name}`)).toBe('undefined');
    });

    it('works with a bundler', async () => {
      const page = new StandInPage();
      page.run(library);
      page.run(await bundle(bridgeAlone('./dist/index.js')));
      expect(page.run('typeof new WidgetBridge({ transport: { send() {} } }).send')).toBe('function');
    });
  },
);

describe('a page without a build that extends a schema', () => {
  const heading = 'Extend a schema';
  const [map] = pageOf('docs/vanilla.md').snippets.filter(
    ({ heading: above, language }) => above === heading && language === 'json',
  );

  it('has the file in the folder that it serves', () => {
    const { imports } = JSON.parse(map?.code ?? '') as { imports: Record<string, string> };
    expect(Object.keys(imports)).toEqual(['bankside', 'zod/mini']);
    expect(existsSync(`${imports['zod/mini']?.replace('/vendor/', 'node_modules/')}`)).toBe(true);
    expect(existsSync(`${imports['bankside']?.replace('/vendor/', 'dist/')}`)).toBe(true);
  });

  it('loads about ninety files of zod’s, and none of another package', async () => {
    const { metafile } = await build({
      entryPoints: ['node_modules/zod/mini/index.js'],
      bundle: true,
      format: 'esm',
      packages: 'external',
      treeShaking: false,
      metafile: true,
      write: false,
    });
    const files = Object.keys(metafile.inputs);
    expect(files.length).toBeGreaterThan(80);
    expect(files.length).toBeLessThan(100);
    expect(files.filter((file) => !file.startsWith('node_modules/zod/'))).toEqual([]);
    expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports)).toEqual([]);
  });

  it('S4 reads its own fields, although the module contains its own zod', async () => {
    const path: string = '../../dist/bankside.min.js';
    const bankside = (await import(path)) as object;
    let handler = (_event: object): void => {};
    const on = (_type: '*', given: typeof handler): void => {
      handler = given;
    };
    const console = { log: vi.fn() };
    await runSnippet(codeUnder('docs/vanilla.md', heading), { poller: { on }, console }, { bankside });

    handler({ id: 1, event_status: 'SYNC_ALL_SUCCESS', bank_reference: 'b-1' });
    handler({ id: 2, event_type: 'LIST_ACCOUNTS' });
    handler({ id: 3, event_type: 'LIST_ACCOUNTS', resource: { id: '..' }, bank_reference: 'b-3' });

    expect(console.log.mock.calls).toEqual([['SYNC_ALL_SUCCESS: b-1']]);
  });
});
