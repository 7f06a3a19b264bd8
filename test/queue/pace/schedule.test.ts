import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SCHEDULE, pollGap, QUEUE_LIFE, retryGap } from '../../../src/queue/pace/schedule.ts';

const DAY = 86_400_000;
const IDLE = { isClose: false, isHidden: false, wasRequested: false };
const unit = fc.double({ min: 0, max: 1, noNaN: true });

describe('the gap between polls', () => {
  it.each([
    [{ isClose: true, isHidden: false, wasRequested: false }, 1_800],
    [{ isClose: true, isHidden: false, wasRequested: true }, 900],
    [{ isClose: true, isHidden: true, wasRequested: false }, 60_000],
    [{ isClose: true, isHidden: true, wasRequested: true }, 30_000],
    [{ isClose: false, isHidden: false, wasRequested: false }, 600_000],
    [{ isClose: false, isHidden: true, wasRequested: false }, 600_000],
    [{ isClose: false, isHidden: false, wasRequested: true }, 600_000],
  ])('Q5 %j: %i ms, plus or minus 5%', (pace, gap) => {
    expect(pollGap(pace, DEFAULT_SCHEDULE, 0.5)).toBeCloseTo(gap);
    expect(pollGap(pace, DEFAULT_SCHEDULE, 0)).toBeCloseTo(0.95 * gap);
    expect(pollGap(pace, DEFAULT_SCHEDULE, 1)).toBeCloseTo(1.05 * gap);
  });

  it('Q5 at most 200 polls a day while idle, whatever the jitter', () => {
    expect(DAY / pollGap(IDLE, DEFAULT_SCHEDULE, 0)).toBeLessThan(200);
  });

  it('Q5 never longer than the queue’s lifetime, whatever the schedule, with time for a retry', () => {
    fc.assert(
      fc.property(
        unit,
        fc.boolean(),
        fc.boolean(),
        fc.integer({ min: 1, max: DAY }),
        (jitter, isClose, isHidden, long) => {
          const schedule = { ...DEFAULT_SCHEDULE, close: long, idle: long, hidden: long };
          const gap = pollGap({ isClose, isHidden, wasRequested: false }, schedule, jitter);
          expect(gap).toBeLessThanOrEqual(DEFAULT_SCHEDULE.keepAlive);
        },
      ),
    );
    expect(QUEUE_LIFE - DEFAULT_SCHEDULE.keepAlive).toBeGreaterThanOrEqual(120_000);
  });

  it('Q5 a hidden page never polls more often than a visible one', () => {
    const schedule = { ...DEFAULT_SCHEDULE, close: 90_000 };
    expect(pollGap({ ...IDLE, isClose: true, isHidden: true }, schedule, 0.5)).toBe(90_000);
  });
});

describe('the gap after a failure', () => {
  it('Q7 doubles each time, up to a minute, times a jitter of 0.5 to 1.5', () => {
    const gaps = [1, 2, 3, 4, 5, 6, 7, 100, 5_000].map((nth) => retryGap(nth, 0, 0.5));
    expect(gaps).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000]);
    expect(retryGap(1, 0, 0)).toBe(1_000);
    expect(retryGap(1, 0, 1)).toBe(3_000);
  });

  it('Q7 adds the server’s Retry-After, with a jitter of up to 10% of it', () => {
    expect(retryGap(1, 60_000, 0)).toBe(1_000 + 60_000);
    expect(retryGap(1, 60_000, 1)).toBe(3_000 + 66_000);
  });

  it('Q7 is never shorter than Retry-After, and little longer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.nat(DAY), unit, (nth, retryAfter, jitter) => {
        const gap = retryGap(nth, retryAfter, jitter);
        expect(gap).toBeGreaterThanOrEqual(retryAfter);
        expect(gap).toBeLessThanOrEqual(retryAfter * 1.1 + 90_000);
      }),
    );
  });
});
