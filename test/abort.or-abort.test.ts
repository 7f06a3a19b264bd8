import { expect, it, vi } from 'vitest';
import { orAbort } from '../src/abort.ts';

it('is the outcome, and lets go of the signal', async () => {
  const abort = new AbortController();
  const add = vi.spyOn(abort.signal, 'addEventListener');
  const remove = vi.spyOn(abort.signal, 'removeEventListener');

  expect(await orAbort(Promise.resolve('it'), abort.signal)).toBe('it');
  await expect(orAbort(Promise.reject(new Error('no')), abort.signal)).rejects.toThrow('no');
  expect(remove).toHaveBeenCalledTimes(2);
  expect(remove.mock.calls.map(([, run]) => run)).toEqual(add.mock.calls.map(([, run]) => run));
});

it('is the signal’s reason where that comes first, at once if it has', async () => {
  const abort = new AbortController();
  const waiting = orAbort(new Promise(() => {}), abort.signal);
  const reason = new Error('given up');
  abort.abort(reason);

  await expect(waiting).rejects.toBe(reason);
  await expect(orAbort(new Promise(() => {}), abort.signal)).rejects.toBe(reason);
});
