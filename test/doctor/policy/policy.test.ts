import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Policy, readPolicies } from '../../../src/doctor/policy/policy.ts';

function directivesOf(values: readonly string[], place: Policy['place'] = 'header'): readonly object[] {
  return readPolicies(values, place).map(({ directives }) => Object.fromEntries(directives));
}

it.each([
  ["default-src 'self'; img-src *  data:", [{ 'default-src': ["'self'"], 'img-src': ['*', 'data:'] }]],
  ['Connect-SRC https://A.example', [{ 'connect-src': ['https://A.example'] }]],
  ['connect-src a; connect-src b', [{ 'connect-src': ['a'] }]],
  [';; ; connect-src\t\f\r\na ;', [{ 'connect-src': ['a'] }]],
  ['connect-src', [{ 'connect-src': [] }]],
  ['connect-src a, connect-src b', [{ 'connect-src': ['a'] }, { 'connect-src': ['b'] }]],
  ['connect-src a é; img-src b', [{ 'img-src': ['b'] }]],
  [', ;,', []],
  ['', []],
])('reads %s', (value, expected) => {
  expect(directivesOf([value])).toEqual(expected);
});

it('each header is a policy', () => {
  expect(directivesOf(['connect-src a', 'connect-src b'])).toEqual([
    { 'connect-src': ['a'] },
    { 'connect-src': ['b'] },
  ]);
});

it('in a <meta>, some directives are ignored', () => {
  const value = "frame-ancestors 'none'; sandbox; report-uri /r; connect-src a";
  expect(directivesOf([value], 'meta')).toEqual([{ 'connect-src': ['a'] }]);
  expect(directivesOf(['sandbox'], 'meta')).toEqual([]);
});

it('reads any text', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', '-', ';', ',', ' ', '\t', "'", 'é', '*', '\0'),
    maxLength: 40,
  });
  fc.assert(
    fc.property(fc.array(text), (values) => {
      for (const { directives } of readPolicies(values, 'header')) {
        expect(directives.size).toBeGreaterThan(0);
        for (const [name, sources] of directives) {
          expect(name).toMatch(/^[^\s;,]+$/);
          expect(sources.join('')).not.toMatch(/[\s;,]/);
        }
      }
    }),
  );
});
