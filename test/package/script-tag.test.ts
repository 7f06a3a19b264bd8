import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import * as entry from '../../src/index.ts';

const bundle = readFileSync('dist/bankside.iife.min.js', 'utf8');

type Page = Record<string, object | undefined>;

/** zod shares its settings with other copies of zod on the page. */
const ofZod = ['__zod_globalConfig', '__zod_globalRegistry'];

describe('the script-tag bundle', () => {
  it('puts all exports of the package on one global, and zod adds two', () => {
    const page = Object.defineProperties({}, Object.getOwnPropertyDescriptors(globalThis)) as Page;
    // A page has its own `globalThis`. This test has imported zod itself.
    for (const name of ['globalThis', ...ofZod]) delete page[name];
    const before = Object.getOwnPropertyNames(page);
    runInNewContext(bundle, page);
    const added = Object.getOwnPropertyNames(page).filter((name) => !before.includes(name));
    expect(added.sort()).toEqual(['Bankside', ...ofZod]);
    expect(Object.keys(page['Bankside'] ?? {}).sort()).toEqual(Object.keys(entry).sort());
  });
});
