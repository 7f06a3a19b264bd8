import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { BanksideError } from '../src/index.ts';
import { pageFunction, turn, waiting } from './fixtures/page-function.ts';

test('T2 an aborted request gets the reason, and the others still wait', async () => {
  const { source, calls, call } = pageFunction();
  const leaver = new AbortController();
  const left = source.get(leaver.signal);
  const stays = source.get(waiting());

  leaver.abort('gone');

  await expect(left).rejects.toBe('gone');
  expect(call(0).signal.aborted).toBe(false);
  call(0).answer('one');
  expect(await stays).toBe('one');
  expect(calls).toHaveLength(1);
});

test('T2 also if the first request is aborted', async () => {
  const { source, call } = pageFunction();
  const stays = source.get(waiting());
  const leaver = new AbortController();
  const left = source.get(leaver.signal);

  leaver.abort('gone');

  await expect(left).rejects.toBe('gone');
  expect(call(0).signal.aborted).toBe(false);
  call(0).answer('one');
  expect(await stays).toBe('one');
});

test('T2 newcomers join a call that one has left, but for one that took another too long', async () => {
  const { source, calls, call } = pageFunction();
  const [leaver, impatient] = [new AbortController(), new AbortController()];
  const left = Promise.allSettled([source.get(leaver.signal), source.get(impatient.signal)]);
  const stays = source.get(waiting());

  leaver.abort('gone');
  const joins = source.get(waiting());
  expect(calls).toHaveLength(1);
  impatient.abort(timeout());
  const asksAnew = source.get(waiting());
  expect(calls).toHaveLength(2);

  // The end of the first call does not end the second, which is still shared.
  call(0).answer('late');
  expect(await Promise.all([stays, joins])).toEqual(['late', 'late']);
  await turn();
  const joinsAnew = source.get(waiting());
  call(1).answer('new');
  expect(await Promise.all([asksAnew, joinsAnew])).toEqual(['new', 'new']);
  expect(calls).toHaveLength(2);
  expect(await left).toMatchObject([{ reason: 'gone' }, { reason: { code: 'TIMEOUT' } }]);
});

test('T2 a replacement that was too slow for one request is still one for those that wait', async () => {
  const { source, calls, call } = pageFunction();
  const impatient = new AbortController();
  const left = source.replace('older', impatient.signal);
  const replaced = source.replace('current', waiting());
  await turn();
  impatient.abort(timeout());
  await expect(left).rejects.toThrow();

  call(0).answer('new');

  expect(await replaced).toBe('new');
  expect(calls).toHaveLength(1);
});

test('T2 the last abort aborts the call, which the next request does not share', async () => {
  const { source, calls, call } = pageFunction();
  const [one, two] = [new AbortController(), new AbortController()];
  const left = [source.get(one.signal), source.get(two.signal)];

  one.abort('first');
  expect(call(0).signal.aborted).toBe(false);
  two.abort('last');
  expect(call(0).signal.aborted).toBe(true);

  expect(await Promise.allSettled(left)).toMatchObject([{ reason: 'first' }, { reason: 'last' }]);
  const next = source.get(waiting());
  expect(calls).toHaveLength(2);
  call(1).answer('two');
  expect(await next).toBe('two');
});

test('T2 an answer to a call that all have left is no news', async () => {
  const { source, calls, call } = pageFunction();
  const leaver = new AbortController();
  const left = source.replace('old', leaver.signal);
  await turn();
  leaver.abort('gone');
  await expect(left).rejects.toBe('gone');
  const replaced = source.replace('old', waiting());
  await turn();
  call(1).answer('current');
  expect(await replaced).toBe('current');

  call(0).answer('from long ago');
  await turn();

  expect(await source.replace('old', waiting())).toBe('current');
  expect(calls).toHaveLength(2);
});

test('T2 a request that is aborted already does not wait, and makes no call', async () => {
  const { source, calls } = pageFunction();

  await expect(source.get(AbortSignal.abort('gone'))).rejects.toBe('gone');
  await expect(source.replace('old', AbortSignal.abort('gone'))).rejects.toBe('gone');
  expect(calls).toEqual([]);
});

test('T2 aborted requests do not prevent a later abort', async () => {
  const { source, call } = pageFunction();
  const [one, two] = [new AbortController(), new AbortController()];
  const first = source.get(one.signal);
  one.abort();
  await expect(first).rejects.toThrow();
  const second = source.get(two.signal);
  one.abort();

  expect(call(1).signal.aborted).toBe(false);
  call(1).answer('two');
  expect(await second).toBe('two');
});

test.each(['answered', 'failed', 'left'])('B9 no listener stays on a signal: %s', async (end) => {
  const { source, call } = pageFunction();
  const leaver = new AbortController();
  const listeners = (): number => getEventListeners(leaver.signal, 'abort').length;
  const asking = source.get(leaver.signal);
  asking.catch(() => {});
  expect(listeners()).toBe(1);

  if (end === 'answered') call(0).answer('one');
  else if (end === 'failed') call(0).fail(new Error('no session'));
  else leaver.abort();
  await asking.catch(() => {});
  await turn();

  expect(listeners()).toBe(0);
});

function timeout(): BanksideError<'TIMEOUT'> {
  const request = { requestId: 1, server: 'pserver', type: undefined } as const;
  return new BanksideError('TIMEOUT', 'It took too long', { ...request, elapsed: 100, timeout: 100 });
}
