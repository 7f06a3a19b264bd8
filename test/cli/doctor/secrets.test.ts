import { expect, it } from 'vitest';
import { holdsSecret, secretsOf } from '../../../src/cli/doctor/secrets.ts';

it('are tokens, cookies, values of the environment, and queries, also in parts', () => {
  const secrets = secretsOf({
    tokens: { authToken: 'auth-token', accessToken: undefined },
    cookie: 'sid=cookie-one; other=cookie-two; a=1',
    secretValues: ['Basic credentials', 'plain-value'],
    addresses: [new URL('https://a.example/?key=a%2Fquery&b=2'), new URL('https://b.example/')],
  });
  expect([...secrets].sort()).toEqual(
    [
      'auth-token',
      'sid=cookie-one; other=cookie-two; a=1',
      'cookie-one',
      'cookie-two',
      'Basic credentials',
      'credentials',
      'plain-value',
      'key=a%2Fquery&b=2',
      'a%2Fquery',
      'a/query',
    ].sort(),
  );
  expect(secretsOf({ tokens: {} })).toEqual([]);
});

it('are found in any letters', () => {
  expect(holdsSecret('https://TOKEN-1.example', ['token-1'])).toBe(true);
  expect(holdsSecret('https://www.bank.example', ['token-1'])).toBe(false);
});
