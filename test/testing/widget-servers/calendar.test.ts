import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dayFromNow, lastMonths, nextDays } from '../../../src/testing/widget-servers/calendar.ts';

beforeEach(() => vi.useFakeTimers({ now: Date.UTC(2027, 4, 31, 23), toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

test('days are counted from now', () => {
  expect([dayFromNow(-1), dayFromNow(0), dayFromNow(1)]).toEqual(['2027-05-30', '2027-05-31', '2027-06-01']);
});

test('on the last day of a long month, no month is skipped or repeated', () => {
  expect(lastMonths(6)).toEqual(['Dec', 'Jan', 'Feb', 'Mar', 'Apr', 'May']);
});

test('a week begins today', () => {
  expect(nextDays(3)).toEqual(['Mon', 'Tue', 'Wed']);
});
