import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { consumers, measureSize } from '../package/measure-size.js';

interface Row {
  readonly what: string;
  readonly ours: string;
  readonly found: number;
  readonly digits?: number;
}

const results = JSON.parse(readFileSync('bench/results.json', 'utf8')) as Readonly<
  Record<string, { readonly rows: readonly Row[] }>
>;
const block =
  /<!-- bench:start -->\n([\s\S]*)<!-- bench:end -->/.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '';

describe('the figures of the README', () => {
  it.each(Object.values(results).flatMap(({ rows }) => rows))(
    'are those that were measured: $what',
    ({ what, ours, found, digits = 2 }) => {
      const row = block.split('\n').find((line) => line.includes(`| ${what} |`));
      expect(row).toContain(`| ${ours} |`);
      expect(row).toContain(found.toFixed(digits));
    },
  );

  it('are of every script that measures', () => {
    const scripts = readdirSync('bench').filter((file) => file.endsWith('.js') && file !== 'run.js');
    expect(
      Object.keys(results)
        .map((name) => `${name}.js`)
        .sort(),
    ).toEqual(scripts.sort());
  });

  it('come with all that is to be said of them', () => {
    const copy = readFileSync('bench/results.md', 'utf8').replaceAll('](../', '](');
    expect(`# Measures\n\n${block.trim()}\n`).toBe(copy);
  });

  it.each(consumers)('are of this build: $what', async ({ what, imports }) => {
    const { gzipped } = await measureSize({ bankside: imports });
    const row = results['sizes']?.rows.find((known) => known.what.includes(what));
    // The same bundle comes out some bytes larger or smaller with another release of Node.
    const difference = Math.abs((row?.found ?? 0) * 1_000 - gzipped);
    expect(difference, 'out of date: npm run bench -- sizes').toBeLessThan(20);
  });
});
