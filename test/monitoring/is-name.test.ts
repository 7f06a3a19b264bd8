import { describe, expect, test } from 'vitest';
import { isName } from '../../src/monitoring/is-name.ts';

describe('a name', () => {
  test.each([
    'getInsights',
    'getInsights2',
    'deleteAccountByInstituionLoginId',
    'SYNC_ALL_STARTED',
    'CHALLENGE_REQUIRED',
    '1700000000000',
    '42',
    '8701',
    'redirect1',
    'connection-1',
    'getInsights1700000000000',
    '1700000000000-getInsights',
    'bankside-k3j9x0q2a7b',
    '123e4567-e89b-12d3-a456-426614174000',
    'x-forwarded-user',
    'bank.example:widget_1',
    '_private',
  ])('T4 is emitted unchanged: %s', (text) => {
    expect(isName(text)).toBe(true);
  });

  test.each([
    ['a sentence', 'a user’s words'],
    ['an e-mail address', 'user@bank.example'],
    ['128 bits in hexadecimal digits', '0123456789abcdef0123456789abcdef'],
    ['128 bits as a browser writes them in base 36', 'f5lxx1zz5pnorynqglhzmsp33'],
    ['128 bits in Base64 for addresses', 'mZ0yq7Xb3kT9wLc2VfR8sA'],
    ['the first part of a JSON Web Token', 'eyJhbGciOiJIUzI1NiJ9'],
    ['an account number', 'DE89370400440532013000'],
    ['a card’s number', '4111111111111111'],
    ['a name and a token', 'session:0123456789abcdef0123'],
    ['49 characters', 'x'.repeat(49)],
    ['nothing', ''],
  ])('T4 is not %s', (_what, text) => {
    expect(isName(text)).toBe(false);
  });

  test('S4 is checked in linear time', () => {
    expect(isName(`${'a-'.repeat(23)}!`)).toBe(false);
    expect(isName('a1b2'.repeat(250_000))).toBe(false);
  });

  test('T4 does not stay in the last match of the page’s regular expressions', () => {
    isName('getInsights');
    const { input, lastMatch } = RegExp as unknown as { input: string; lastMatch: string };
    expect([input, lastMatch].join('')).not.toContain('getInsights');
  });
});
