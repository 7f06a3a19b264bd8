import { expect, test, vi } from 'vitest';
import { createEventQueue } from '../../src/testing/linxo/event-queue.ts';
import type { LinxoEvent } from '../../src/testing/linxo/linxo-event.ts';
import { createQueueStore } from '../../src/testing/linxo/queue-store.ts';
import { createPushChannel, type Push } from '../../src/testing/push-channel.ts';
import { createEventStream } from '../../src/testing/server/event-stream.ts';

function event(id: string): LinxoEvent {
  return { id, event_type: 'A', resource_type: 'CONNECTION' } as LinxoEvent;
}

test('a queue that nobody reads keeps the newest hundred thousand events at most', () => {
  const queue = createEventQueue('q', 'user-1', 0, Infinity);
  for (let count = 1; count <= 100_001; count += 1) queue.put(event(String(count)), 0);
  expect(queue.size).toBeLessThanOrEqual(100_000);
  expect(queue.size).toBeGreaterThan(80_000);
  expect(queue.read('destructive', '', 0).at(-1)?.id).toBe('100001');
});

test('each reader still gets what it has not seen, where older events were dropped', () => {
  const queue = createEventQueue('q', 'user-1', 0, Infinity);
  queue.put(event('0'), 0);
  expect(queue.read('per-reader', 'a', 0)).toHaveLength(1);
  for (let count = 1; count <= 100_001; count += 1) queue.put(event(String(count)), 0);
  queue.read('per-reader', 'a', 0);
  queue.put(event('last'), 0);
  expect(queue.read('per-reader', 'a', 0).map(({ id }) => id)).toEqual(['last']);
});

test('events that come again do so in a limited number', () => {
  const queue = createEventQueue('q', 'user-1', 0, Infinity);
  for (let times = 0; times < 3; times += 1) queue.repeat(Array.from({ length: 60_000 }, () => event('x')));
  expect(queue.size).toBe(100_000);
});

test('all queues together keep three hundred thousand events, and the fullest gives way', () => {
  const store = createQueueStore(() => Infinity);
  for (const id of ['small', 'one', 'two', 'three', 'four']) store.open(id, 'user-1', 0);
  const many = Array.from({ length: 90_000 }, () => event('x'));
  store.put('small', [event('kept')], 0);
  for (const id of ['one', 'two', 'three', 'four']) store.put(id, many, 0);
  const sizes = store.all(0).map(({ size }) => size);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(300_000);
  expect(sizes[0]).toBe(1);
});

test('a thousand replies wait at most, and those that have waited for longest give way', () => {
  vi.useFakeTimers();
  try {
    const sent: string[] = [];
    const pushes = createPushChannel(({ requestId }) => sent.push(requestId));
    for (let count = 0; count < 1_002; count += 1) pushes.send({ requestId: String(count) } as Push, 600_000);
    expect(vi.getTimerCount()).toBe(1_000);
    vi.runAllTimers();
    expect([sent.length, sent[0], sent.at(-1)]).toEqual([1_000, '2', '1001']);
  } finally {
    vi.useRealTimers();
  }
});

test('a page that does not read its stream of replies is not waited for', async () => {
  const stream = createEventStream();
  const reader = stream.open().body?.getReader();
  const attentive = stream.open().body?.getReader();
  for (let count = 0; count < 20; count += 1) {
    stream.send('x'.repeat(100_000));
    if (count === 0) await attentive?.read(); // the first words of a stream
    await attentive?.read();
  }
  await expect(reader?.read()).rejects.toThrow('is not read');
  stream.send('after');
  const { value } = (await attentive?.read()) ?? {};
  expect(new TextDecoder().decode(value)).toBe('data: "after"\n\n');
});
