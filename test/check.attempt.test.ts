import { expect, it } from 'vitest';
import { attempt } from '../src/check.ts';

it('gives back what the function returns', () => {
  const value = {};

  expect(attempt(() => value)).toBe(value);
});

it('gives back nothing where the function throws', () => {
  const fail = (): number => {
    throw new Error('x');
  };

  expect(attempt(fail)).toBeUndefined();
});
