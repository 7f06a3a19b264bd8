import { expect, test, vi } from 'vitest';
import { createEventQueue } from '../../src/testing/linxo/event-queue.ts';
import type { LinxoEvent } from '../../src/testing/linxo/linxo-event.ts';
import { createQueueStore } from '../../src/testing/linxo/queue-store.ts';
import { createNewest } from '../../src/testing/newest.ts';
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

test('room is made for many queues at once, and not queue by queue', () => {
  const store = createQueueStore(() => Infinity);
  for (let count = 0; count < 3_000; count += 1) store.open(`q${count}`, 'user-1', 0);
  const sizes = () => store.all(0).map(({ size }) => size);
  const total = () => sizes().reduce((sum, size) => sum + size, 0);
  for (let count = 0; count < 101; count += 1) store.publish('user-1', event('x'), 0);
  // The next events need no room to be made for them.
  expect(total()).toBeLessThanOrEqual(230_000);
  expect(total()).toBeGreaterThan(200_000);
  expect(Math.min(...sizes())).toBeGreaterThan(30);
});

test('replies that wait have a size together, and those that have waited for longest give way', () => {
  vi.useFakeTimers();
  try {
    const sent: string[] = [];
    const pushes = createPushChannel(({ requestId }) => sent.push(requestId));
    const response = { statusMessage: 'x'.repeat(900_000) };
    for (let count = 0; count < 100; count += 1)
      pushes.send({ requestId: String(count), response } as Push, 600_000);
    expect(vi.getTimerCount()).toBe(5);
    vi.runAllTimers();
    expect(sent).toEqual(['95', '96', '97', '98', '99']);
    for (let count = 0; count < 100; count += 1) pushes.send({ requestId: 'r', response } as Push, 1);
    pushes.close();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('what a widget tells of its user is kept up to a size, and the oldest gives way', () => {
  const { list, add } = createNewest();
  const large = Array.from({ length: 300_000 }, () => ({}));
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
