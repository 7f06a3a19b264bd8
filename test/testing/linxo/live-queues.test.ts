import { expect, test } from 'vitest';
import { createLiveQueues } from '../../../src/testing/linxo/live-queues.ts';
import type { LinxoEvent } from '../../../src/testing/linxo/wire.ts';

function event(id: string): LinxoEvent {
  return { id, event_type: 'A', resource_type: 'CONNECTION' } as LinxoEvent;
}

test('all queues together keep three hundred thousand events, and the largest loses some', () => {
  const store = createLiveQueues(() => Infinity);
  for (const id of ['small', 'one', 'two', 'three', 'four']) store.open(id, 'user-1', 0);
  const many = Array.from({ length: 90_000 }, () => event('x'));
  store.put('small', [event('kept')], 0);
  for (const id of ['one', 'two', 'three', 'four']) store.put(id, many, 0);
  const sizes = store.all(0).map(({ size }) => size);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(300_000);
  expect(sizes[0]).toBe(1);
});

test('space is made for many queues at once, not queue by queue', () => {
  const store = createLiveQueues(() => Infinity);
  for (let count = 0; count < 3_000; count += 1) store.open(`q${count}`, 'user-1', 0);
  const sizes = () => store.all(0).map(({ size }) => size);
  const total = () => sizes().reduce((sum, size) => sum + size, 0);
  for (let count = 0; count < 101; count += 1) store.publish('user-1', event('x'), 0);
  // The next events need no new space.
  expect(total()).toBeLessThanOrEqual(230_000);
  expect(total()).toBeGreaterThan(200_000);
  expect(Math.min(...sizes())).toBeGreaterThan(30);
});
