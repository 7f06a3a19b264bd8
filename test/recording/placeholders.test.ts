import { expect, it } from 'vitest';
import { Placeholders } from '../../src/recording/placeholders.ts';

it.each([
  ['a number', '8700', '1000001'],
  ['a number with decimals', '-12.50', '1000001'],
  ['a date', '2026-03-04', '2000-01-02'],
  ['a date with a time', '2026-03-04T05:06:07Z', '2000-01-02T00:00:00.000Z'],
  ['an address', 'https://bank.example/me?iban=1', 'https://replaced.example/1'],
  ['upper case', 'MAIN_ACCOUNT', 'TEXT_1'],
  ['upper case with other signs', 'SYNC-ALL: DONE', 'TEXT_1'],
  ['anything else', 'Jo Example', 'text-1'],
  ['a very long number', '1'.repeat(3_000), 'text-1'],
])('S6: the placeholder of %s has its form', (_what, value, placeholder) => {
  expect(new Placeholders([]).of(value)).toBe(placeholder);
});

it('S6: long values are different if one character is', () => {
  const placeholders = new Placeholders([]);
  const long = 'x'.repeat(5_000);
  expect(placeholders.of(`${long}a`)).toBe('text-1');
  expect(placeholders.of(`${long}b`)).toBe('text-2');
  expect(placeholders.of(`${long}a`)).toBe('text-1');
});

it('S6: no placeholder is equal to a value that stays', () => {
  const placeholders = new Placeholders(['text-1']);
  expect(placeholders.of('secret')).toBe('text-2');
  expect(placeholders.keep('text-3')).toBe(true);
  expect(placeholders.of('other')).toBe('text-4');
  expect(placeholders.keep('text-4')).toBe(false);
});

it('S6: what is forgotten gets another placeholder', () => {
  const placeholders = new Placeholders([]);
  placeholders.of('one');
  placeholders.of('two');
  placeholders.forgetAfter(1);
  expect(placeholders.size).toBe(1);
  expect([placeholders.of('one'), placeholders.of('two')]).toEqual(['text-1', 'text-3']);
});
