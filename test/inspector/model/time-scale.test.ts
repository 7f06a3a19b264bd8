import { describe, expect, test } from 'vitest';
import { ticks, timeScale } from '../../../src/inspector/model/time-scale.ts';
import { START } from '../fixtures/log-of.ts';

describe('the picture’s time', () => {
  test('ends a little after now, or at the chosen time', () => {
    const live = timeScale(START, 60_000, undefined, 600);
    expect(live.x(START)).toBeCloseTo(600 - 36);
    expect(live.to).toBe(START + 3_600);
    const moved = timeScale(START, 60_000, START - 60_000, 600);
    expect([moved.x(START - 120_000), moved.x(START - 60_000)]).toEqual([0, 600]);
  });

  test.each([15_000, 60_000, 300_000, 1_200_000])('has some round times in %d ms', (span) => {
    const scale = timeScale(START, span, START, 900);
    const found = ticks(scale, 74);
    expect(found.length).toBeGreaterThan(2);
    for (const [index, at] of found.entries()) {
      const next = found[index + 1];
      expect(at % 1_000).toBe(0);
      if (next) expect(scale.x(next) - scale.x(at)).toBeGreaterThanOrEqual(74);
    }
  });
});
