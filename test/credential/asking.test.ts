import { expect, test, vi } from 'vitest';
import { CredentialSource } from '../../src/credential.ts';
import { type Context, pageFunction, turn, waiting } from './page-function.ts';

test('T2 the function is asked per request, and told that nothing was rejected', async () => {
  const credential = vi.fn((_context: Context) => 'a token');
  const source = new CredentialSource('authToken', credential);

  expect(await source.get(waiting())).toBe('a token');
  expect(await source.get(waiting())).toBe('a token');

  expect(credential).toHaveBeenCalledTimes(2);
  expect(credential.mock.lastCall).toEqual([{ rejected: undefined, signal: expect.any(AbortSignal) }]);
});

test('T2 those who ask at a time share one call', async () => {
  const { source, calls, call } = pageFunction();
  const asking = [source.get(waiting()), source.get(waiting()), source.get(waiting())];
  await turn();

  call(0).answer('one');

  expect(await Promise.all(asking)).toEqual(['one', 'one', 'one']);
  expect(calls).toHaveLength(1);
});

test('T2 a string is always that string, and cannot be replaced', async () => {
  const source = new CredentialSource('authToken', 'fixed');

  expect(await source.get(waiting())).toBe('fixed');
  expect(await source.replace('fixed', waiting())).toBeUndefined();
});

test('T2 a failure is told to all who wait, and the next one asks anew', async () => {
  const { source, calls, call } = pageFunction();
  const asking = [source.get(waiting()), source.get(waiting())];
  const failure = new Error('no session');
  call(0).fail(failure);

  expect(await Promise.allSettled(asking)).toEqual([
    { status: 'rejected', reason: failure },
    { status: 'rejected', reason: failure },
  ]);
  const next = source.get(waiting());
  call(1).answer('two');
  expect(await next).toBe('two');
  expect(calls).toHaveLength(2);
});

test('T2 a function that throws at once rejects', async () => {
  const failure = new Error('no session');
  const source = new CredentialSource('authToken', () => {
    throw failure;
  });

  await expect(source.get(waiting())).rejects.toBe(failure);
});
