import { expect, it } from 'vitest';
import { createQuote } from '../../../src/cli/doctor/quote.ts';
import { FORM } from '../../../src/doctor/quoted-value.ts';

const quote = createQuote(['secret-token', 'secret.example']);

it.each([
  ['origins', 'https://www.bank.example', '"https://www.bank.example"'],
  ['origins', 'https://a.example, https://b.example', '"https://a.example, https://b.example"'],
  ['origins', '*, null', '"*, null"'],
  ['origins', 'https://*.bank.example:8443/', '"https://*.bank.example:8443/"'],
  ['origins', 'https://a.example/?code=1', '"https://a.example/…"'],
  ['origins', 'https://a.example/accounts#code=1', '"https://a.example/…"'],
  ['origins', 'https://SECRET.example', 'a value of 22 characters'],
  ['origins', 'Y29va2llLW9mLXNvbWVib2R5', 'a value of 24 characters'],
  ['origins', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln', 'a value of 41 characters'],
  ['origins', `https://${'x'.repeat(100)}`, 'a value of 108 characters'],
  ['origins', 'a\u0007b\u202e', 'a value of 4 characters'],
  ['truth', 'True', '"True"'],
  ['truth', 'cookie', 'a value of 6 characters'],
  ['amount', '1 hour', '"1 hour"'],
  ['amount', '600, 600', '"600, 600"'],
  ['amount', 'secret-token', 'a value of 12 characters'],
  ['directives', 'private, max-age=60', '"private, max-age=60"'],
  ['directives', 'secret-token', 'a value of 12 characters'],
  ['time', '10 minutes', '"10 minutes"'],
  ['time', 'Mon, 30 Nov 2026 21:00:00 CET', '"Mon, 30 Nov 2026 21:00:00 CET"'],
  ['time', '2026-11-30T21:00:00Z', '"2026-11-30T21:00:00Z"'],
  ['time', 'in a while', 'a value of 10 characters'],
  ['time', 'x', 'a value of 1 character'],
] as const)('shows of %s: %s as %s', (form, value, shown) => {
  expect(quote(value, FORM[form])).toBe(shown);
});
