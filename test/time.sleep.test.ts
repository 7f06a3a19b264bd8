import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sleep } from '../src/time.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

describe('sleep', () => {
  test('T3 resolves with true once the whole time has passed, not before', async () => {
    const { signal } = new AbortController();
    const woke = vi.fn();
    sleep(1_000, signal).then(woke);

    await vi.advanceTimersByTimeAsync(999);
    expect(woke).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(woke).toHaveBeenCalledExactlyOnceWith(true);
    expect(listeners(signal)).toBe(0);
  });

  test('B9 an abort ends it at once with false, and removes timer and listener', async () => {
    const controller = new AbortController();
    const sleeping = sleep(1_000, controller.signal);
    expect([vi.getTimerCount(), listeners(controller.signal)]).toEqual([1, 1]);

    controller.abort();

    expect(await sleeping).toBe(false);
    expect([vi.getTimerCount(), listeners(controller.signal)]).toEqual([0, 0]);
  });

  test('B9 also where the signal is aborted already', async () => {
    const signal = AbortSignal.abort();

    expect(await sleep(1_000, signal)).toBe(false);
    expect([vi.getTimerCount(), listeners(signal)]).toEqual([0, 0]);
  });

  test('B9 an abort after the end changes nothing', async () => {
    const controller = new AbortController();
    const sleeping = sleep(1_000, controller.signal);
    await vi.advanceTimersByTimeAsync(1_000);
    controller.abort();

    expect(await sleeping).toBe(true);
  });
});
