import * as z from 'zod/mini';
import { nearestWord } from '../text/nearest-word.ts';
import { suggestName } from './known-names.ts';

type Issue = z.core.$ZodIssue;

/** Names a field in messages, such as `A step's "after"`. Without a path: the whole value. */
export type Name = (path: string) => string;

export function named(whole: string): Name {
  return (path) => (path ? `${whole}'s "${path}"` : whole);
}

/**
 * Validates a value from outside.
 *
 * @throws TypeError that names the field, what was expected, and what was received.
 */
export function read<T>(schema: z.ZodMiniType<T>, value: unknown, name: Name): T {
  const result = z.safeParse(schema, value, { error: expectation });
  if (result.success) return result.data;
  const { path, message, ...issue } = innermost(result.error.issues[0] as Issue);
  if (issue.code === 'unrecognized_keys') {
    throw new TypeError(
      `${name([...path, shortened(issue.keys[0] ?? '')].join('.'))} is not known. ${message}`,
    );
  }
  const received = path.reduce(partOf, value);
  throw new TypeError(
    `${name(path.join('.'))} must be ${message}, not ${show(received)}.${hintFor(issue, received)}`,
  );
}

/** For a string that is like one of the expected ones. */
function hintFor(issue: Omit<Issue, 'path' | 'message'>, received: unknown): string {
  if (typeof received !== 'string') return '';
  const nearest = nearestWord(received.slice(0, LONGEST_NAME), wordsOf(issue as Issue));
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}

/** The strings that a schema expects. */
function wordsOf(issue: Issue): readonly string[] {
  if (issue.code === 'invalid_union') {
    const options = 'options' in issue ? (issue.options as readonly unknown[]) : [];
    return [...options.filter(isString), ...issue.errors.flat().flatMap(wordsOf)];
  }
  if (issue.code === 'custom')
    return ((issue.params?.['values'] ?? []) as readonly unknown[]).filter(isString);
  return issue.code === 'invalid_value' ? issue.values.filter(isString) : [];
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

/** `zod/mini` has no messages. These are the defaults; a schema may have its own `error`. */
const expectation: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'unrecognized_keys':
      return suggestName(issue.keys[0] ?? '', Object.keys((issue.inst as z.ZodMiniObject).def.shape));
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return 'options' in issue
        ? oneOf(issue.options as readonly unknown[])
        : issue.errors.map(([first]) => first?.message).join(', or ');
    case 'invalid_type':
      return NAMES[issue.expected] ?? issue.expected;
    default:
      return issue.code;
  }
};

const NAMES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  string: 'a string',
};

export function oneOf(values: readonly unknown[]): string {
  return values.length > 1 ? `one of ${values.join(', ')}` : String(values[0]);
}

/** If a value fits a member of a union except for one part, the error is about that part. */
function innermost(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const inner = issue.errors.flatMap(([first]) => first ?? []).find(({ path }) => path.length > 0);
  return inner ? innermost({ ...inner, path: [...issue.path, ...inner.path] }) : issue;
}

function partOf(whole: unknown, key: PropertyKey): unknown {
  return Object(whole)[key];
}

const LONGEST_NAME = 60;

function shortened(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
}

function show(value: unknown): string {
  if (typeof value === 'string') return value.length < 60 ? JSON.stringify(value) : 'a long text';
  if (Array.isArray(value)) return describeList(value);
  if (typeof value === 'function') return 'a function';
  return typeof value === 'object' && value ? 'an object' : String(value);
}

/** The length may be the reason of the error. */
function describeList({ length }: readonly unknown[]): string {
  if (length > 100) return `a list of ${length}`;
  return length > 0 ? 'a list' : 'an empty list';
}

/** A schema for each field of an interface, so that the two cannot differ. */
export type Shape<T> = {
  readonly [K in keyof T]-?: Record<never, never> extends Pick<T, K>
    ? z.ZodMiniType<T[K] | undefined>
    : z.ZodMiniType<T[K]>;
};

/** An object with exactly these fields. A field that is `undefined` counts as missing. */
export function fields<T extends object>(shape: Shape<T>): z.ZodMiniType<T> {
  return z.pipe(z.strictObject(shape), z.transform(given)) as unknown as z.ZodMiniType<T>;
}

/** The fields that are not `undefined`. */
export function given<T extends object>(all: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as never;
}

const MAX_TEXT = 200;
/** A name that the sandbox keeps. Limited, because an endless one from outside could fill the memory. */
export const TEXT: z.ZodMiniType<string> = z
  .string('a string that is not empty')
  .check(z.minLength(1), z.maxLength(MAX_TEXT, `a string of ${MAX_TEXT} characters at most`));
export const FINITE: z.ZodMiniType<number> = z.number('a finite number');
export const ABOVE_ZERO: z.ZodMiniType<number> = z.number('a finite number above 0').check(z.gt(0));
/** May be Infinity. */
export const LIFETIME: z.ZodMiniType<number> = z.custom(
  (value) => typeof value === 'number' && value > 0,
  'a number above 0',
);
/** Ten years. A longer time could exceed the range of dates. */
const MAX_MILLISECONDS = 10 * 365 * 86_400_000;
export const MILLISECONDS: z.ZodMiniType<number> = z
  .number('a number of milliseconds, 0 or more')
  .check(z.gte(0), z.lte(MAX_MILLISECONDS, `a number of milliseconds, ${MAX_MILLISECONDS} at most`));

export function wholeNumber(low: number, high: number): z.ZodMiniType<number> {
  return z.int(`a whole number from ${low} to ${high}`).check(z.gte(low), z.lte(high));
}

/** One of the given strings. */
export function choice<T extends string>(values: readonly T[], expected?: string): z.ZodMiniType<T> {
  return z.enum(values, expected) as unknown as z.ZodMiniType<T>;
}

export function aFunction<T>(): z.ZodMiniType<T> {
  return z.custom<T>((value) => typeof value === 'function', 'a function');
}
