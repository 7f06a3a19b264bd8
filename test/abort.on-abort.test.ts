import { getEventListeners } from 'node:events';
import { expect, it, vi } from 'vitest';
import { onAbort } from '../src/abort.ts';

const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

it('runs once, when the signal aborts, and removes the listener', () => {
  const controller = new AbortController();
  const run = vi.fn();
  onAbort(controller.signal, run);
  expect(run).not.toHaveBeenCalled();
  controller.abort();

  expect(run).toHaveBeenCalledTimes(1);
  expect(listeners(controller.signal)).toBe(0);
});

it('runs at once where the signal has aborted, and adds no listener', () => {
  const signal = AbortSignal.abort();
  const run = vi.fn();
  const stop = onAbort(signal, run);
  stop();

  expect(run).toHaveBeenCalledTimes(1);
  expect(listeners(signal)).toBe(0);
});

it('removes its listener from the signal, and may be called twice', () => {
  const controller = new AbortController();
  const run = vi.fn();
  const stop = onAbort(controller.signal, run);
  expect(listeners(controller.signal)).toBe(1);
  stop();
  stop();
  expect(listeners(controller.signal)).toBe(0);
  controller.abort();

  expect(run).not.toHaveBeenCalled();
});

it('does nothing without a signal', () => {
  const run = vi.fn();
  onAbort(undefined, run)();

  expect(run).not.toHaveBeenCalled();
});
