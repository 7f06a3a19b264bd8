import { expect, test, vi } from 'vitest';
import { CredentialSource } from '../src/credential.ts';
import { isBanksideError } from '../src/index.ts';
import { pageFunction, turn, waiting } from './fixtures/page-function.ts';
import { lastMatch } from './harness/last-match.ts';

test('T2 forget: a known token is forgotten', async () => {
  const { source, calls, call } = pageFunction();
  const refreshed = source.replace('old', waiting());
  await turn();
  call(0).answer('new');
  await refreshed;

  source.forget();

  const replaced = source.replace('old', waiting());
  await turn();
  expect(calls).toHaveLength(2);
  call(1).answer('newer');
  expect(await replaced).toBe('newer');
});

test('T2 forget: a call in flight is aborted, and its token reaches no request, not even one that still waits', async () => {
  const { source, calls, call } = pageFunction();
  const asked = source.get(waiting());
  const refused = asked.catch(() => 'refused');

  source.forget();
  source.forget();

  expect(call(0).signal.aborted).toBe(true);
  call(0).answer('of A');
  expect(await refused).toBe('refused');
  const next = source.get(waiting());
  expect(calls).toHaveLength(2);
  call(1).answer('of B');
  expect(await next).toBe('of B');
});

test('T2 forget: a fixed token is forgotten, and the error of the next request says what is needed', async () => {
  const source = new CredentialSource('accessToken', 'hush');
  expect(await source.get(waiting())).toBe('hush');

  source.forget();

  const error = await source.get(waiting()).catch((error: unknown) => error);
  if (!isBanksideError(error, 'INVALID_OPTIONS')) throw error;
  expect(error.details).toEqual({
    option: 'accessToken',
    expected: 'a function that gets a token, or a new poller or transport for each session',
    received: 'a fixed token, which was forgotten at logging out',
  });
  expect(error.message).toContain("'accessToken'");
  expect(await source.replace('hush', waiting())).toBeUndefined();
});

test('T2 a function is asked again', async () => {
  const credential = vi.fn(() => 'of B');
  const source = new CredentialSource('accessToken', credential);
  source.forget();

  expect(await source.get(waiting())).toBe('of B');
  expect(credential).toHaveBeenCalledOnce();
});

test('T4 no static field of RegExp holds a token', async () => {
  /before/.test('before');
  const fixed = new CredentialSource('authToken', 'hush-fixed');
  const source = new CredentialSource('authToken', ({ rejected }) => rejected ?? 'hush-given');

  await fixed.get(waiting());
  await source.get(waiting());
  await source.replace('hush-rejected', waiting());

  expect(lastMatch()).not.toContain('hush');
});

test.each(['a', 'a b', '~', '!', `${'a'.repeat(10_000)}`])('T2 a token is accepted: %s', async (token) => {
  expect(await new CredentialSource('authToken', token).get(waiting())).toBe(token);
});

test.each(['a ', ' a', ' ', 'a\x7f', 'a\x1f', 'a\x80', '\x7f', '\u2028'])(
  'T2 what does not fit into a header is not a token: %j',
  (token) => {
    expect(() => new CredentialSource('authToken', token)).toThrow();
  },
);
