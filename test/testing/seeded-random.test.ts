import { expect, test } from 'vitest';
import { seededRandom } from '../../src/testing/seeded-random.ts';

function draw(seed: number, stream: string): number[] {
  const random = seededRandom(seed, stream);
  return Array.from({ length: 5_000 }, random.next);
}

test('each seed and stream has its own sequence', () => {
  expect(draw(1, 'a')).toEqual(draw(1, 'a'));
  expect(draw(1, 'a')).not.toEqual(draw(2, 'a'));
  expect(draw(1, 'a')).not.toEqual(draw(1, 'b'));
});

test.each([0, 1, -1, 0.5, 2 ** 53])('the seed %s spreads evenly, from the first number on', (seed) => {
  const drawn = draw(seed, 'spread');

  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...drawn)).toBeLessThan(1);
  for (const tenth of Array.from({ length: 10 }, (_, index) => index / 10)) {
    const share = drawn.filter((value) => value >= tenth && value < tenth + 0.1).length / drawn.length;
    expect(share).toBeGreaterThan(0.08);
    expect(share).toBeLessThan(0.12);
  }
});

test('whole numbers reach both ends, amounts have no more than cents', () => {
  const random = seededRandom(1, 'ends');
  const numbers = Array.from({ length: 200 }, () => random.between(3, 6));
  const amounts = Array.from({ length: 200 }, () => random.amount(1, 2));

  expect([...new Set(numbers)].sort()).toEqual([3, 4, 5, 6]);
  for (const amount of amounts) {
    expect(amount).toBe(Number(amount.toFixed(2)));
    expect(amount >= 1 && amount <= 2).toBe(true);
  }
});
