import { describe, expect, test } from 'vitest';
import { retryAfter } from '../../src/http/retry-after.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const read = (value: string): number | undefined => retryAfter(new Headers({ 'retry-after': value }), NOW);

describe('T3 retryAfter', () => {
  test.each([
    ['0', 0],
    ['12', 12_000],
    [' 12 ', 12_000],
    ['007', 7_000],
    ['Sun, 01 Mar 2026 12:00:05 GMT', 5_000],
    ['Sunday, 01-Mar-26 12:00:05 GMT', 5_000],
    ['Sun Mar  1 12:00:05 2026 GMT', 5_000],
    ['sun, 01 mar 2026 12:00:05 gmt', 5_000],
  ])('T3 %j is %i ms', (value, ms) => {
    expect(read(value)).toBe(ms);
  });

  test.each(['Sun, 01 Mar 2026 11:59:59 GMT', 'Thu, 01 Jan 1970 00:00:00 GMT'])(
    'T3 %j has passed: 0',
    (value) => {
      expect(read(value)).toBe(0);
    },
  );

  test.each([
    '',
    'soon',
    '-5',
    '+5',
    '1.5',
    '1e3',
    '0x10',
    '5s',
    '5, 6',
    '2026-03-01T12:00:05Z',
    '1 Mar 2026',
    'Sun, 99 Foo 2026 12:00:05 GMT',
    'NaN',
    'Infinity',
  ])('T3 %j is not to be understood', (value) => {
    expect(read(value)).toBeUndefined();
  });

  test('T3 a missing header is undefined', () => {
    expect(retryAfter(new Headers(), NOW)).toBeUndefined();
  });

  test('T3 dates count from now, unless told otherwise', () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();

    const ms = retryAfter(new Headers({ 'retry-after': date }));

    expect(ms).toBeGreaterThan(3_500_000);
    expect(ms).toBeLessThanOrEqual(3_600_000);
  });

  test('Q7 a date comes to no more than the longest wait, seconds to as many as they are', () => {
    const inAnHour = new Date(NOW + 3_600_000).toUTCString();

    expect(retryAfter(new Headers({ 'retry-after': inAnHour }), NOW, 900_000)).toBe(900_000);
    expect(retryAfter(new Headers({ 'retry-after': '3600' }), NOW, 900_000)).toBe(3_600_000);
  });
});
