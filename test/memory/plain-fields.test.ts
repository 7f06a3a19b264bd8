import { expect, test } from 'vitest';
import { hostOf, optionalText, textOf } from '../../src/memory/plain-fields.ts';

test.each([
  ['getInsights', 'getInsights'],
  [7, '7'],
  ['x'.repeat(1_000_000), 'x'.repeat(256)],
  [{ toString: () => 'secret' }, 'object'],
  [Symbol('secret'), 'symbol'],
  [undefined, 'undefined'],
])('S6 a value from outside becomes a short text: case %#', (value, text) => {
  expect(textOf(value)).toBe(text);
});

test.each([undefined, null, ''])('S6 %o is no text', (value) => {
  expect(optionalText(value)).toBeUndefined();
});

test.each([
  ['http://dev.bank.example:5174', 'dev.bank.example:5174'],
  ['null', 'null'],
  [undefined, 'undefined'],
])('S6 of the origin %s, the host is kept', (origin, host) => {
  expect(hostOf(origin)).toBe(host);
});
