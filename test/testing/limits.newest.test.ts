import { expect, test } from 'vitest';
import { createNewestItems } from '../../src/testing/limits.ts';

test('the user’s events are kept up to a size, and the oldest are dropped', () => {
  const { list, add } = createNewestItems();
  const large = 'x'.repeat(900_000);
  for (let count = 0; count < 7; count += 1) expect(add([{ count, large }])).toBe(1);
  expect(JSON.stringify(list).length).toBeLessThan(5_100_000);
  expect(list).toHaveLength(5);
  expect(list.at(-1)).toMatchObject({ count: 6 });
  expect(add([1, 2])).toBe(2);
  expect(list.slice(-2)).toEqual([1, 2]);
  // An item that is too large on its own is kept until the next one.
  add(['x'.repeat(6_000_000)]);
  expect(list).toHaveLength(1);
  add(['y']);
  expect(list).toEqual(['y']);
});

test('a value that cannot be serialised is only kept while it is the newest', () => {
  const { list, add } = createNewestItems();
  add([1, 2n, undefined]);
  expect(list).toEqual([undefined]);
});
