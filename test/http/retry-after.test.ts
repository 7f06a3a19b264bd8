import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { retryAfter } from '../../src/http/retry-after.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const read = (value: string): number | undefined => retryAfter(new Headers({ 'retry-after': value }), NOW);

describe('T3 retryAfter', () => {
  test.each([
    ['0', 0],
    ['12', 12_000],
    [' 12 ', 12_000],
    ['007', 7_000],
    ['120.0', 120_000],
    ['120.', 120_000],
    ['1.5', 1_500],
    ['120, 120', 120_000],
    ['5,5', 5_000],
    ['Sun, 01 Mar 2026 12:00:05 GMT, Sun, 01 Mar 2026 12:00:05 GMT', 5_000],
    ['Sun Mar  1 12:00:05 2026', 5_000],
    [`${NOW / 1000 + 5}`, 5_000],
    [`${NOW / 1000 + 5}.250`, 5_250],
    [`${NOW / 1000 - 5}`, 0],
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
    '.5',
    '1.5.5',
    '120, 60',
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

  test("T3 dates count from the server's own time, where the page can read it", () => {
    const served = (retry: string, date: string) =>
      retryAfter(new Headers({ 'retry-after': retry, date: date }));

    expect(served('Sun, 01 Mar 2026 12:00:05 GMT', 'Sun, 01 Mar 2026 12:00:00 GMT')).toBe(5_000);
    expect(served(`${NOW / 1000 + 5}`, 'Sun, 01 Mar 2026 12:00:00 GMT')).toBe(5_000);
    expect(served('12', 'Sun, 01 Mar 2026 12:00:00 GMT')).toBe(12_000);
  });

  test.each([undefined, 'yesterday'])("T3 else from this machine's (%s)", (date) => {
    vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const headers = { 'retry-after': 'Sun, 01 Mar 2026 12:00:05 GMT', ...(date && { date }) };

    expect(retryAfter(new Headers(headers))).toBe(5_000);
  });

  test.each([
    '901',
    '86400',
    '999999999',
    '9'.repeat(400),
    'Sun, 01 Mar 2026 13:00:00 GMT',
    'Fri, 31 Dec 9999 23:59:59 GMT',
    `${NOW / 1000 + 3_600}`,
    `${NOW}`,
  ])('T3 Q7 %j is at most 15 minutes', (value) => {
    expect(read(value)).toBe(900_000);
  });

  test('T5 by the language’s own dates, also where `Date.parse` was replaced', () => {
    vi.spyOn(Date, 'parse').mockReturnValue(null as unknown as number);
    onTestFinished(() => {
      vi.restoreAllMocks();
    });

    expect(read('Sun, 01 Mar 2026 12:00:05 GMT')).toBe(5_000);
  });
});
