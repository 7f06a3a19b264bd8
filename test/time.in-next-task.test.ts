import { afterEach, describe, expect, test, vi } from 'vitest';
import { inNextTask } from '../src/time.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('inNextTask', () => {
  test('Q3 runs once, after all microtasks of this task', async () => {
    const order: string[] = [];
    const ran = new Promise<void>((resolve) => {
      inNextTask(() => {
        order.push('task');
        resolve();
      });
    });
    for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
    order.push('microtasks');
    await ran;
    expect(order).toEqual(['microtasks', 'task']);
  });

  test('S2 where there is no MessageChannel, it is a timer', () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    vi.stubGlobal('MessageChannel', undefined);
    const run = vi.fn();
    inNextTask(run);
    expect(run).not.toHaveBeenCalled();
    vi.runAllTimers();
    expect(run).toHaveBeenCalledOnce();
  });
});
