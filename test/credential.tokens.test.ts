import { expect, test } from 'vitest';
import { CredentialSource } from '../src/credential.ts';
import { isBanksideError } from '../src/index.ts';
import { pageFunction, turn, waiting } from './fixtures/page-function.ts';

const wrong: [string, unknown, RegExp][] = [
  ['nothing', undefined, /undefined/],
  ['null', null, /null/],
  ['an empty string', '', /empty/],
  ['a number', 42_481_516, /^number$/],
  ['a large number', 42_481_516n, /^bigint$/],
  ['a Response, not its text', new Response('secret-token'), /object/],
  ['an object', { authToken: 'secret-token' }, /object/],
  ['a line break', 'secret-token\r\nx: y', /string/],
  ['a line feed at its end', 'secret-token\n', /string/],
  ['a space before it', ' secret-token', /string/],
  ['a tab', 'secret\ttoken', /string/],
  ['letters beyond ASCII', 'sécret-token', /string/],
  ['a NUL', 'secret-token\0', /string/],
];

test.each(wrong)(
  'T4 %s, from the function: INVALID_OPTIONS, without a word of it',
  async (_what, token, received) => {
    const source = new CredentialSource('authToken', () => token as string);

    const error = await source.get(waiting()).catch((error: unknown) => error);

    expectRefusal(error, received, 'authToken', 'a token of visible ASCII characters');
  },
);

test.each(wrong.filter(([, token]) => token !== undefined))(
  'T4 %s, as the option itself',
  (_what, token, received) => {
    let error: unknown;
    try {
      new CredentialSource('accessToken', token as string);
    } catch (thrown) {
      error = thrown;
    }
    const expected = 'a token of visible ASCII characters, the function that gets one, or false';
    expectRefusal(error, received, 'accessToken', expected);
  },
);

test.each(['Bearer a b', 'x'])(
  'T2 spaces within are part of it, and one character is enough: %s',
  async (token) => {
    expect(await new CredentialSource('authToken', token).get(waiting())).toBe(token);
  },
);

test('T2 it is not remembered as a fresh one', async () => {
  const { source, calls, call } = pageFunction();
  const asked = source.get(waiting());
  call(0).answer('');
  await expect(asked).rejects.toThrow();

  const replaced = source.replace('old', waiting());
  await turn();
  expect(calls).toHaveLength(2);
  call(1).answer('new');
  expect(await replaced).toBe('new');
});

function expectRefusal(error: unknown, received: RegExp, option: string, expected: string): void {
  if (!isBanksideError(error, 'INVALID_OPTIONS')) throw error;
  expect(error.details).toEqual({
    option,
    expected,
    received: expect.stringMatching(received),
  });
  expect(error.message).toContain(`'${option}'`);
  expect(error.message + JSON.stringify(error)).not.toMatch(/s[eé]cret|42481516/);
}
