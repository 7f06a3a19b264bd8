import { readdirSync, readFileSync } from 'node:fs';
import { posix, sep } from 'node:path';
import { type ecmaVersion, parse } from 'acorn';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { apisThatAreMissing, type Engines } from './fixtures/used-apis.ts';

/** As the README states them. */
const [, year, chrome, firefox, safari] =
  /^ES(\d{4}): Chrome ([\d.]+), Firefox ([\d.]+), Safari ([\d.]+) and later\./m.exec(
    readFileSync('README.md', 'utf8'),
  ) ?? [];
const browsers = { chrome, chrome_android: chrome, firefox, safari, safari_ios: safari } as Engines;
const node: Engines = { nodejs: manifest.engines.node.replace('>=', '') };

/** Features that the package uses only if they exist. The tests of S2 and of the loader run without them. */
const withFallback = [
  'AbortSignal.any',
  'PerformanceResourceTiming.prototype.responseStatus',
  'Symbol.asyncDispose',
  'Symbol.dispose',
];

function filesOf(folder: string, extension: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(extension) && !file.endsWith(`.d${extension}`))
    .map((file) => posix.join(folder, file.replaceAll(sep, '/')));
}

function read(code: string, sourceType: 'module' | 'script'): void {
  parse(code, { ecmaVersion: Number(year) as ecmaVersion, sourceType, allowHashBang: true });
}

describe('the oldest engines of the README', () => {
  it('can parse all of dist', () => {
    const files = filesOf('dist', '.js');
    expect(files).toContain('dist/bridge/bridge.js');
    for (const file of files) {
      expect(
        () => read(readFileSync(file, 'utf8'), file.includes('.iife.') ? 'script' : 'module'),
        file,
      ).not.toThrow();
    }
  });

  it.each([
    ['a set of a regular expression', '/[\\p{L}--[a-z]]/v'],
    ['`using`', '{ using lock = take(); }'],
    ['a decorator', '@page class Page {}'],
    ['an import attribute', 'import data from "./data.json" with { type: "json" };'],
  ])('could not read %s', (_what, code) => {
    expect(() => read(code, 'module')).toThrow(SyntaxError);
  });

  it('have all features that are used without a fallback', () => {
    const files = filesOf('src', '.ts');
    const isOfNode = (file: string) => /^src\/(?:cli|testing\/server)\//.test(file);
    const enginesOf = (file: string): Engines => (isOfNode(file) ? node : browsers);
    const missing = apisThatAreMissing(files, enginesOf);
    expect(missing.filter(({ api }) => !withFallback.includes(api))).toEqual([]);
    expect([...new Set(missing.map(({ api }) => api))].sort()).toEqual(withFallback);
  });

  it('do not have newer features, but have older ones', () => {
    const file = '/newer.ts';
    const own = 'const own = { toSorted: () => [], any: (all: unknown) => all, withResolvers() {} };';
    const older = `
      own.toSorted(); own.any([]); own.withResolvers(); AbortSignal.timeout(1); structuredClone({}); [1].at(-1);
      Object.hasOwn({}, 'a'); navigator.locks.request('a', () => {}); crypto.randomUUID(); [1].findLast(Boolean);`;
    const newer = `
      AbortSignal.any([]); Promise.withResolvers(); Array.fromAsync([]); ([2, 1] as readonly number[]).toSorted();
      [2].values().map(String); new Set([1]).union(new Set()); URL.canParse('/'); Object.groupBy([], String);
      const { userActivation } = navigator; new ClipboardItem({}); new Uint8Array().toBase64();
      document.body.ariaLabel; document.createElement('canvas').getContext('2d')?.reset();`;
    const text = `export {}; ${own} ${older} ${newer}`;
    const found = apisThatAreMissing([file], () => browsers, new Map([[file, text]]));
    expect(found.map(({ api }) => api)).toEqual([
      'AbortSignal.any',
      'Promise.withResolvers',
      'Array.fromAsync',
      'Array.prototype.toSorted',
      'Iterator.prototype.map',
      'Set.prototype.union',
      'URL.canParse',
      'Object.groupBy',
      'Navigator.prototype.userActivation',
      'ClipboardItem',
      'Uint8Array.prototype.toBase64',
      'Element.prototype.ariaLabel',
      'CanvasRenderingContext2D.prototype.reset',
    ]);
    expect(found[3]?.missing).toEqual(['firefox 114']);
  });
});
