import { expect, test } from 'vitest';
import { pageFunction, turn, waiting } from './fixtures/page-function.ts';

test('T2 the function gets the rejected token', async () => {
  const { source, call } = pageFunction();
  const replaced = source.replace('old', waiting());
  await turn();

  expect(call(0).rejected).toBe('old');
  call(0).answer('new');
  expect(await replaced).toBe('new');
});

test('T2 all that wait for a replacement share the call', async () => {
  const { source, calls, call } = pageFunction();
  const replaced = Array.from({ length: 5 }, () => source.replace('old', waiting()));
  await turn();
  call(0).answer('new');

  expect(await Promise.all(replaced)).toEqual(Array(5).fill('new'));
  expect(calls).toHaveLength(1);
});

test('T2 a late 401 uses the token that is already fresh', async () => {
  const { source, calls, call } = pageFunction();
  const first = source.replace('old', waiting());
  call(0).answer('new');
  await first;

  expect(await source.replace('old', waiting())).toBe('new');
  expect(calls).toHaveLength(1);
});

test('T2 a fresh one that is rejected too is asked for again', async () => {
  const { source, calls, call } = pageFunction();
  const first = source.replace('old', waiting());
  call(0).answer('new');
  await first;

  const second = source.replace('new', waiting());
  await turn();
  expect(call(1).rejected).toBe('new');
  call(1).answer('newest');
  expect(await second).toBe('newest');
  expect(calls).toHaveLength(2);
});

test('T2 the function may return the rejected token again, and is not called again for the others that wait', async () => {
  const { source, calls, call } = pageFunction();
  const replaced = [source.replace('old', waiting()), source.replace('old', waiting())];
  await turn();
  call(0).answer('old');

  expect(await Promise.all(replaced)).toEqual(['old', 'old']);
  await turn();
  expect(calls).toHaveLength(1);
});

test('T2 other requests wait for a replacement in flight', async () => {
  const { source, calls, call } = pageFunction();
  const replaced = source.replace('old', waiting());
  const asked = source.get(waiting());
  call(0).answer('new');

  expect(await Promise.all([replaced, asked])).toEqual(['new', 'new']);
  expect(calls).toHaveLength(1);
});

test('T2 a call in flight may return the rejected token: only then there is a second call', async () => {
  const { source, calls, call } = pageFunction();
  const asked = source.get(waiting());
  const replaced = source.replace('old', waiting());
  await turn();
  expect(calls).toHaveLength(1);

  call(0).answer('old');
  expect(await asked).toBe('old');
  await turn();
  expect(call(1).rejected).toBe('old');
  call(1).answer('new');
  expect(await replaced).toBe('new');
});

test('T2 a call in flight that fails does not fail the replacement', async () => {
  const { source, call } = pageFunction();
  const asked = source.get(waiting());
  const replaced = source.replace('old', waiting());
  call(0).fail(new TypeError('no session'));
  await expect(asked).rejects.toThrow('TypeError');
  await turn();

  call(1).answer('new');
  expect(await replaced).toBe('new');
});

test('T2 a request that is aborted during a call gets the reason, and makes no other call', async () => {
  const { source, calls, call } = pageFunction();
  const asked = source.get(waiting());
  const leaver = new AbortController();
  const left = source.replace('old', leaver.signal);
  await turn();

  leaver.abort('gone');
  await expect(left).rejects.toBe('gone');
  call(0).answer('one');
  expect(await asked).toBe('one');
  await turn();
  expect(calls).toHaveLength(1);
});

test('T2 a failed replacement rejects all, and the next 401 calls again', async () => {
  const { source, calls, call } = pageFunction();
  const replaced = [source.replace('old', waiting()), source.replace('old', waiting())];
  await turn();
  call(0).fail(new TypeError('no session'));
  for (const each of replaced) await expect(each).rejects.toThrow('TypeError');

  const next = source.replace('old', waiting());
  await turn();
  expect(calls).toHaveLength(2);
  expect(call(1).rejected).toBe('old');
  call(1).answer('new');
  expect(await next).toBe('new');
});

test('T2 one that was got in the ordinary way is not known to be fresh, though it is another one', async () => {
  const { source, calls, call } = pageFunction();
  const first = source.get(waiting());
  call(0).answer('token-1');
  await first;
  const second = source.get(waiting());
  call(1).answer('token-2');
  await second;

  // All that were given out until now are void: the first to hear of it must not be sent on with the second.
  const replaced = source.replace('token-1', waiting());
  await turn();

  expect(calls.map(({ rejected }) => rejected)).toEqual([undefined, undefined, 'token-1']);
  call(2).answer('token-3');
  expect(await replaced).toBe('token-3');
});

test.each([
  { given: 'new', what: 'the same again is still fresh', asked: [] },
  { given: 'newer', what: 'another one is not', asked: ['old'] },
])('T2 an ordinary answer after a replacement: $what', async ({ given, asked }) => {
  const { source, calls, call } = pageFunction();
  const first = source.replace('old', waiting());
  call(0).answer('new');
  await first;
  const ordinary = source.get(waiting());
  call(1).answer(given);
  await ordinary;

  const replaced = source.replace('old', waiting());
  await turn();
  expect(calls.slice(2).map(({ rejected }) => rejected)).toEqual(asked);
  if (asked.length) call(2).answer('newest');
  expect(await replaced).toBe(asked.length ? 'newest' : 'new');
});

test('T2 a token that is returned twice is not fresh', async () => {
  const { source, calls, call } = pageFunction();
  for (const index of [0, 1]) {
    const asked = source.get(waiting());
    call(index).answer('current');
    await asked;
  }

  const replaced = source.replace('older', waiting());
  await turn();
  expect(calls.map(({ rejected }) => rejected)).toEqual([undefined, undefined, 'older']);
  call(2).answer('new');
  expect(await replaced).toBe('new');
});

test('T2 a replacement of another token, which turns out to be the rejected one, does not count', async () => {
  const { source, calls, call } = pageFunction();
  const other = source.replace('older', waiting());
  const replaced = source.replace('current', waiting());
  await turn();

  // The current token was not rejected: the function only got the older one.
  call(0).answer('current');
  expect(await other).toBe('current');
  await turn();

  expect(calls.map(({ rejected }) => rejected)).toEqual(['older', 'current']);
  call(1).answer('new');
  expect(await replaced).toBe('new');
});
