import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readSiteFile } from './fixtures/built-site.ts';

/** Uncompressed and compressed, in bytes. */
const BUDGET = { plain: 28_000, gzipped: 8_000 };

/** What a browser must have before it paints the playground: the page, and its style sheets. Its script is deferred. */
function filesBeforeFirstPaint(): readonly string[] {
  const html = readSiteFile('playground/index.html');
  const styles = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, path = '']) =>
    readSiteFile(`playground/${path}`),
  );
  return [html, ...styles];
}

it('the playground needs few bytes before its first paint', () => {
  const files = filesBeforeFirstPaint();
  const sizes = {
    plain: sum(files.map((text) => Buffer.byteLength(text))),
    gzipped: sum(files.map((text) => gzipSync(text).length)),
  };
  expect(files).toHaveLength(2);
  expect(sizes.plain).toBeLessThanOrEqual(BUDGET.plain);
  expect(sizes.gzipped).toBeLessThanOrEqual(BUDGET.gzipped);
});

it('no script of the playground keeps it from being painted, and no style sheet loads another', () => {
  const [html = '', ...styles] = filesBeforeFirstPaint();
  for (const [script] of html.matchAll(/<script[^>]*>/g)) expect(script).toContain('type="module"');
  for (const style of styles) expect(style).not.toMatch(/@import|@font-face/);
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
