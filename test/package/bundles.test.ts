import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'acorn';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import lock from '../../package-lock.json' with { type: 'json' };
import { bundles } from '../entries.ts';
import { codeFromText } from './fixtures/code-from-text.ts';

const scriptTag = 'dist/bankside.iife.min.js';
const modules = bundles.map(([, file]) => file);
const all = [scriptTag, ...modules];
const lockedPackages: Readonly<Record<string, { readonly version?: string; readonly license?: string }>> =
  lock.packages;

function read(file: string): string {
  return readFileSync(file, 'utf8');
}

interface SourceMap {
  readonly sources: readonly string[];
  readonly sourcesContent: readonly (string | null)[];
}

/** The other packages whose files are in a bundle, by its source map. */
function inlinedIn(file: string): string[] {
  const { sources } = JSON.parse(read(`${file}.map`)) as SourceMap;
  const names = sources.flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? []);
  return [...new Set(names)].sort();
}

/** Such as `mitt 3.0.1 (MIT)`, as it is locked. */
function locked(name: string): string {
  const { version, license } = lockedPackages[`node_modules/${name}`] ?? {};
  return `${name} ${version} (${license})`;
}

describe('a bundle', () => {
  it('exists for each declared file, and for no other', () => {
    const found = readdirSync('dist', { recursive: true, encoding: 'utf8' });
    expect(
      found
        .filter((name) => name.endsWith('.min.js'))
        .map((name) => `dist/${name.replaceAll(sep, '/')}`)
        .sort(),
    ).toEqual([...all].sort());
  });

  it.each(all)('names the packages in it, and comes with their licences: %s', (file) => {
    const inlined = inlinedIn(file);
    const own = `bankside ${manifest.version} (${manifest.license})`;
    const papers = `${basename(file)}.LICENSE.txt`;
    expect(read(file).split(' */')[0]).toBe(`/*! ${[own, ...inlined.map(locked)].join(', ')}; see ${papers}`);
    const licences = read(`${file}.LICENSE.txt`);
    for (const folder of ['.', ...inlined.map((name) => `node_modules/${name}`)]) {
      const paper = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name)) ?? '';
      expect(licences).toContain(read(`${folder}/${paper}`).trim());
    }
  });

  it.each([scriptTag, 'dist/bankside.min.js'])('contains all dependencies: %s', (file) => {
    expect(inlinedIn(file)).toEqual(Object.keys(manifest.dependencies).sort());
  });

  it.each(all)('comes with its digest, for integrity: %s', (file) => {
    const digest = createHash('sha384').update(readFileSync(file)).digest('base64');
    expect(read(`${file}.integrity.txt`)).toBe(`sha384-${digest}\n`);
  });

  it.each(all)('has a source map for debuggers: %s', (file) => {
    expect(read(file).trimEnd().split('\n').at(-1)).toBe(`//# sourceMappingURL=${basename(file)}.map`);
    const { sources, sourcesContent } = JSON.parse(read(`${file}.map`)) as SourceMap;
    expect(sourcesContent).toHaveLength(sources.length);
    expect(sourcesContent).not.toContain(null);
  });

  it.each(all)('S1 creates no code from strings: %s', (file) => {
    expect(codeFromText(read(file), file === scriptTag ? 'script' : 'module')).toEqual([]);
  });
});

it('B9 bundlers keep the call that clears the last match, although it seems to have no effect', async () => {
  const { WidgetBridge }: typeof import('../../src/index.ts') = await import(
    pathToFileURL(resolve('dist/bankside.min.js')).href
  );
  const bridge = new WidgetBridge({ transport: { send: () => undefined } });
  expect(/secret/.test('a secret')).toBe(true);
  bridge.dispose();

  expect((RegExp as unknown as { input: string }).input).toBe('');
});

describe('a bundle as a module', () => {
  it('exists for each entry that does something and needs neither a framework nor Node', () => {
    const needsMore = ['./angular', './personetics', './react', './testing', './testing/server'];
    const entries = Object.keys(manifest.exports).filter(
      (path) => !path.endsWith('.min.js') && path !== './package.json' && !needsMore.includes(path),
    );
    const named = entries.map((path) => (path === '.' ? './bankside' : path));
    expect(bundles.map(([, file]) => file.replace('dist', '.').replace('.min.js', '')).sort()).toEqual(
      named.sort(),
    );
  });

  it.each(bundles)('has the exports of %s, and imports nothing: %s', async (source, file) => {
    const entry = await import(/* @vite-ignore */ `../../${source}`);
    const bundle = await import(/* @vite-ignore */ pathToFileURL(file).href);
    expect(Object.keys(bundle).sort()).toEqual(Object.keys(entry).sort());
    const { body } = parse(read(file), { ecmaVersion: 'latest', sourceType: 'module' });
    expect(body.filter((node) => 'source' in node && node.source)).toEqual([]);
    expect(read(file)).not.toMatch(/\bimport\s*\(/);
  });

  it.each(bundles)('has the types of %s', (source, file) => {
    const types = source.replace('src/', 'dist/').replace(/\.ts$/, '.d.ts');
    const entry = Object.values(manifest.exports).find(
      (files) => typeof files !== 'string' && files.default === `./${file}`,
    );
    expect(entry).toMatchObject({ types: `./${types}` });
    expect(existsSync(types)).toBe(true);
  });
});

describe('the search for code from strings', () => {
  it.each([
    ['eval', 'eval("1")'],
    ['a constructor', 'new Function("")'],
    ['a call', 'Function("")()'],
    ['another name', 'const F = Function; new F("")'],
    ['a member', 'globalThis[Function.name]'],
    ['a shorthand', 'const all = { eval };'],
  ])('S1 finds %s', (_what, code) => {
    expect(codeFromText(code, 'script')).toHaveLength(1);
  });

  it('S1 accepts other names', () => {
    expect(
      codeFromText('a.eval; const b = { Function: 1 }; class C { eval() {} } f(isFunction)', 'script'),
    ).toEqual([]);
  });

  it('S1 finds the code of full zod', () => {
    expect(codeFromText(read('node_modules/zod/v4/core/util.js'), 'module')).not.toEqual([]);
  });
});
