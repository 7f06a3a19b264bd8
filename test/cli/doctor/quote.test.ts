import { expect, it } from 'vitest';
import { createQuote } from '../../../src/cli/doctor/quote.ts';

const quote = createQuote(['secret-token', undefined, 'abc']);

it.each([
  ['https://www.bank.example', '"https://www.bank.example"'],
  ['secret-token, secret-token', '"…, …"'],
  ['abc', '"abc"'],
  ['https://a.example/?code=1', '"https://a.example/?…"'],
  ['https://a.example/#code=1', '"https://a.example/?…"'],
  ['a\u0007b\u202e', '"a\ufffdb\ufffd"'],
  ['x'.repeat(101), `"${'x'.repeat(100)}…"`],
  [`${'x'.repeat(95)}secret-token`, `"${'x'.repeat(95)}…"`],
])('shows %s as %s', (value, shown) => {
  expect(quote(value)).toBe(shown);
});
