import * as z from 'zod/mini';

export const TEXT: z.ZodMiniType<string> = z.string('a string that is not empty').check(z.minLength(1));
export const FINITE: z.ZodMiniType<number> = z.number('a finite number');
export const ABOVE_ZERO: z.ZodMiniType<number> = z.number('a finite number above 0').check(z.gt(0));
/** Infinity is one: for ever. */
export const LIFETIME: z.ZodMiniType<number> = z.custom(
  (value) => typeof value === 'number' && value > 0,
  'a number above 0',
);
export const MILLISECONDS: z.ZodMiniType<number> = z
  .number('a number of milliseconds, 0 or more')
  .check(z.gte(0));

export function wholeNumber(low: number, high: number): z.ZodMiniType<number> {
  return z.int(`a whole number from ${low} to ${high}`).check(z.gte(low), z.lte(high));
}

/** One of these strings. */
export function choice<T extends string>(values: readonly T[], expected?: string): z.ZodMiniType<T> {
  return z.enum(values, expected) as unknown as z.ZodMiniType<T>;
}

export function aFunction<T>(): z.ZodMiniType<T> {
  return z.custom<T>((value) => typeof value === 'function', 'a function');
}
