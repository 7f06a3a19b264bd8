import { expect, test } from 'vitest';
import { hostOf, idOf, nameOf, optionalId, optionalName } from '../../src/memory/plain-fields.ts';

test.each([
  ['getInsights', 'getInsights'],
  [7, '7'],
  ['x'.repeat(1_000_000), 'x'.repeat(256)],
  [{ toString: () => 'secret' }, 'object'],
  [Symbol('secret'), 'symbol'],
  [undefined, 'undefined'],
])('S6 an id from outside becomes a short text: case %#', (value, text) => {
  expect(idOf(value)).toBe(text);
});

test.each([
  ['getInsights', 'getInsights'],
  [7, '7'],
  ['x'.repeat(1_000_000), 'x'.repeat(64)],
  ['two\nlines', 'two\ufffdlines'],
  [{ toString: () => 'secret' }, 'object'],
  [undefined, 'undefined'],
])('S6 a name from outside becomes a short line: case %#', (value, text) => {
  expect(nameOf(value)).toBe(text);
});

test.each([undefined, null, ''])('S6 %o is no text', (value) => {
  expect(optionalId(value)).toBeUndefined();
  expect(optionalName(value)).toBeUndefined();
});

test.each([
  ['http://dev.bank.example:5174', 'dev.bank.example:5174'],
  ['http://user:secret@dev.bank.example:5174/secret?secret', 'dev.bank.example:5174'],
  ['null', 'unknown'],
  ['secret', 'unknown'],
])('S6 of the origin %s, the host is kept', (origin, host) => {
  expect(hostOf(origin)).toBe(host);
});
