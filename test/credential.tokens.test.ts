import { expect, test } from 'vitest';
import { CredentialSource } from '../src/credential.ts';
import { isBanksideError } from '../src/index.ts';
import { pageFunction, turn, waiting } from './fixtures/page-function.ts';

const wrong: [string, unknown, RegExp][] = [
  ['nothing', undefined, /^undefined$/],
  ['null', null, /^null$/],
  ['an empty string', '', /^an empty string$/],
  ['a number', 42_481_516, /^number$/],
  ['a large number', 42_481_516n, /^bigint$/],
  [
    'a Response, not its text',
    new Response('secret-token'),
    /^a Response \(return await response\.text\(\)\)$/,
  ],
  ['an answer of a test’s own', { ok: true, text: async () => 'secret-token' }, /^a Response /],
  ['an object', { authToken: 'secret-token' }, /^an object \(return the token in it\)$/],
  ['a list', ['secret-token'], /^an object /],
  ['an object that cannot be read', Proxy.revocable({}, {}).proxy, /^an object /],
  ['JSON with the token', '{"authToken":"secret-token"}', /^JSON \(return the token in it\)$/],
  ['JSON over several lines', '{\n  "authToken": "secret-token"\n}\n', /^JSON /],
  ['JSON with a byte order mark', '\uFEFF{"authToken":"secret-token"}', /^JSON /],
  ['a list as JSON', '["secret-token"]', /^JSON /],
  ['the token in quotes', '"secret-token"', /^JSON /],
  [
    'a sign-in page',
    '<!doctype html>\n<html><input value="secret-token"></html>\n',
    /^HTML \(is it a sign-in page\?\)$/,
  ],
  ['a page in one line', '<html>secret-token</html>', /^HTML /],
  ['a line break', 'secret-token\r\nx: y', /^a string with other characters$/],
  [
    'a line feed at its end',
    'secret-token\n',
    /^a string with a space or a line break at one end \(trim it\)$/,
  ],
  ['a space before it', ' secret-token', /at one end/],
  ['a space after it', 'secret-token ', /at one end/],
  ['a tab', 'secret\ttoken', /other characters/],
  ['letters beyond ASCII', 'sécret-token', /other characters/],
  ['a NUL', 'secret-token\0', /other characters/],
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

test('T4 a promise in place of the function that returns it', () => {
  let error: unknown;
  try {
    new CredentialSource('accessToken', Promise.resolve('secret-token') as never);
  } catch (thrown) {
    error = thrown;
  }
  const expected = 'a token of visible ASCII characters, the function that gets one, or false';
  expectRefusal(error, /^a promise \(pass the function that returns it\)$/, 'accessToken', expected);
});

test.each([
  'Bearer a b',
  'x',
  '12345678',
  'true',
  '{opaque',
  '{opaque}',
  '[x]',
  '"opaque',
  '<opaque',
  'a<b>',
])(
  'T2 spaces within are part of it, one character is enough, and what is no JSON is a token: %s',
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
