import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pageOf } from './fixtures/pages.ts';
import { isTitleIn } from './fixtures/test-titles.ts';

/** Pages whose links name tests, each by its file and its title. */
const files = ['docs/review.md', 'docs/protocol.md'];
/** The tables of which every row names one. */
const tables = files
  .flatMap((file) => pageOf(file).tables)
  .filter(({ rows: [head = []] }) => ['proven by', 'shown by'].includes(head.at(-1) ?? ''));
const proofs = files.flatMap((file) =>
  pageOf(file)
    .links.filter(({ target }) => target.startsWith('../test/'))
    .map(({ target, title, line }) => ({ place: `${file}:${line}`, target, title: title ?? '' })),
);

describe('a proof', () => {
  it('is named in some tables', () => {
    expect(tables.length).toBeGreaterThan(5);
  });

  it.each(tables.flatMap(({ rows }) => rows.slice(1)).map((row) => [row[0], row.at(-1)]))(
    'is named for: %s',
    (_what, proof) => {
      expect(proof).toMatch(/\]\(\.\.\/test\/\S+ "[^"]+"\)/);
    },
  );

  it.each(proofs)('at $place is a test that is there: $target, $title', ({ target, title }) => {
    expect(title).not.toBe('');
    expect(isTitleIn(join('docs', target), title)).toBe(true);
  });

  it('is found in titles only', () => {
    const file = 'test/requests/pending.same-id.test.ts';
    expect(isTitleIn(file, 'B7')).toBe(true);
    expect(isTitleIn(file, 'B')).toBe(false);
    expect(isTitleIn(file, 'vitest')).toBe(false);
  });
});
