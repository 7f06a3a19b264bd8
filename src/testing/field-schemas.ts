import * as z from 'zod/mini';

const LONGEST_TEXT = 200;
/** A name of some kind, which is kept: what may come from outside without a limit can take all memory. */
export const TEXT: z.ZodMiniType<string> = z
  .string('a string that is not empty')
  .check(z.minLength(1), z.maxLength(LONGEST_TEXT, `a string of ${LONGEST_TEXT} characters at most`));
export const FINITE: z.ZodMiniType<number> = z.number('a finite number');
export const ABOVE_ZERO: z.ZodMiniType<number> = z.number('a finite number above 0').check(z.gt(0));
/** Infinity is one: for ever. */
export const LIFETIME: z.ZodMiniType<number> = z.custom(
  (value) => typeof value === 'number' && value > 0,
  'a number above 0',
);
/** Ten years, which is longer than whatever is waited for, and short enough to stay a date. */
const LONGEST_TIME = 10 * 365 * 86_400_000;
export const MILLISECONDS: z.ZodMiniType<number> = z
  .number('a number of milliseconds, 0 or more')
  .check(z.gte(0), z.lte(LONGEST_TIME, `a number of milliseconds, ${LONGEST_TIME} at most`));

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
