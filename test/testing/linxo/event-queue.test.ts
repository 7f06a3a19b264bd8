import { expect, test } from 'vitest';
import { createEventQueue } from '../../../src/testing/linxo/event-queue.ts';
import type { LinxoEvent } from '../../../src/testing/linxo/wire.ts';

function event(id: string): LinxoEvent {
  return { id, event_type: 'A', resource_type: 'CONNECTION' } as LinxoEvent;
}

test('a queue without reads keeps at most the newest hundred thousand events', () => {
  const queue = createEventQueue('q', 'user-1', 0, Infinity);
  for (let count = 1; count <= 100_001; count += 1) queue.put(event(String(count)), 0);
  expect(queue.size).toBeLessThanOrEqual(100_000);
  expect(queue.size).toBeGreaterThan(80_000);
  expect(queue.read('destructive', '', 0).at(-1)?.id).toBe('100001');
});

test('each reader still gets its unread events after older ones were dropped', () => {
  const queue = createEventQueue('q', 'user-1', 0, Infinity);
  queue.put(event('0'), 0);
  expect(queue.read('per-reader', 'a', 0)).toHaveLength(1);
  for (let count = 1; count <= 100_001; count += 1) queue.put(event(String(count)), 0);
  queue.read('per-reader', 'a', 0);
  queue.put(event('last'), 0);
  expect(queue.read('per-reader', 'a', 0).map(({ id }) => id)).toEqual(['last']);
});

test('the number of repeated events is limited', () => {
  const queue = createEventQueue('q', 'user-1', 0, Infinity);
  for (let times = 0; times < 3; times += 1) queue.repeat(Array.from({ length: 60_000 }, () => event('x')));
  expect(queue.size).toBe(100_000);
});
