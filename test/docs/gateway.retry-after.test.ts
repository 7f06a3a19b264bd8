import { describe, expect, it } from 'vitest';
import { retryAfter } from '../../src/http/retry-after.ts';
import { pageOf } from './fixtures/pages.ts';

const [table] = pageOf('docs/gateway.md').tables.filter(
  ({ heading }) => heading === 'How long the page stays away',
);
const spellings = (table?.rows ?? [])
  .slice(1)
  .flatMap(([values = '', pause = '']) =>
    [...values.matchAll(/`([^`]+)`/g)].map(([, value = '']) => [value, pause] as const),
  );

describe('the table of the spellings of Retry-After', () => {
  it('has some of each kind', () => {
    expect(new Set(spellings.map(([, pause]) => pause)).size).toBe(3);
    expect(spellings.length).toBeGreaterThan(10);
  });

  it.each(spellings)('T3 Q7 says what is made of %s: %s', (value, pause) => {
    const headers = new Headers({ 'retry-after': value, date: 'Sun, 01 Mar 2026 12:00:00 GMT' });
    const wait = retryAfter(headers) ?? 0;
    expect(wait > 0 ? `${wait / 1_000} s` : 'the usual one').toBe(pause);
  });
});
