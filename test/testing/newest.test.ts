import { expect, test } from 'vitest';
import { createNewest } from '../../src/testing/newest.ts';

test('what a widget tells of its user is kept up to a size, and the oldest gives way', () => {
  const { list, add } = createNewest();
  const large = 'x'.repeat(900_000);
  for (let count = 0; count < 7; count += 1) expect(add([{ count, large }])).toBe(1);
  expect(JSON.stringify(list).length).toBeLessThan(5_100_000);
  expect(list).toHaveLength(5);
  expect(list.at(-1)).toMatchObject({ count: 6 });
  expect(add([1, 2])).toBe(2);
  expect(list.slice(-2)).toEqual([1, 2]);
  // One that is too large for it alone is kept all the same, until the next.
  add(['x'.repeat(6_000_000)]);
  expect(list).toHaveLength(1);
  add(['y']);
  expect(list).toEqual(['y']);
});

test('what cannot be written as JSON is kept as the newest alone', () => {
  const { list, add } = createNewest();
  add([1, 2n, undefined]);
  expect(list).toEqual([undefined]);
});
