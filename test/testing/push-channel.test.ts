import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Push, PushChannel } from '../../src/testing/push-channel.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('the total size of waiting replies is limited, and the oldest are dropped', () => {
  const sent: string[] = [];
  const pushes = new PushChannel(({ requestId }) => sent.push(requestId));
  const response = { statusMessage: 'x'.repeat(900_000) };
  for (let count = 0; count < 12; count += 1)
    pushes.send({ requestId: String(count), response } as Push, 600_000);
  expect(vi.getTimerCount()).toBe(5);
  vi.runAllTimers();
  expect(sent).toEqual(['7', '8', '9', '10', '11']);
  for (let count = 0; count < 12; count += 1) pushes.send({ requestId: 'r', response } as Push, 1);
  pushes.close();
  expect(vi.getTimerCount()).toBe(0);
});

test('at most a thousand replies wait, and the oldest are dropped', () => {
  const sent: string[] = [];
  const pushes = new PushChannel(({ requestId }) => sent.push(requestId));
  for (let count = 0; count < 1_002; count += 1) pushes.send({ requestId: String(count) } as Push, 600_000);
  expect(vi.getTimerCount()).toBe(1_000);
  vi.runAllTimers();
  expect([sent.length, sent[0], sent.at(-1)]).toEqual([1_000, '2', '1001']);
});
