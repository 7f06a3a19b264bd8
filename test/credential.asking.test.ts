import { expect, test, vi } from 'vitest';
import { CredentialSource } from '../src/credential.ts';
import { type Context, pageFunction, turn, waiting } from './fixtures/page-function.ts';

test('T2 the function is called for each request, with nothing rejected', async () => {
  const credential = vi.fn((_context: Context) => 'a token');
  const source = new CredentialSource('authToken', credential);

  expect(await source.get(waiting())).toBe('a token');
  expect(await source.get(waiting())).toBe('a token');

  expect(credential).toHaveBeenCalledTimes(2);
  expect(credential.mock.lastCall).toEqual([{ rejected: undefined, signal: expect.any(AbortSignal) }]);
});

test('T2 requests that ask at the same time share one call', async () => {
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

test('T2 a failure rejects all that wait, and the next request calls again', async () => {
  const { source, calls, call } = pageFunction();
  const asking = [source.get(waiting()), source.get(waiting())];
  call(0).fail(new TypeError('no session'));

  const [one, two] = await Promise.allSettled(asking);
  expect(one).toMatchObject({ status: 'rejected', reason: { name: 'TypeError' } });
  expect(two).toEqual(one);
  const next = source.get(waiting());
  call(1).answer('two');
  expect(await next).toBe('two');
  expect(calls).toHaveLength(2);
});

test('T2 a function that throws at once rejects', async () => {
  const source = new CredentialSource('authToken', () => {
    throw new TypeError('no session');
  });

  await expect(source.get(waiting())).rejects.toThrow('TypeError');
});
