import * as z from 'zod/mini';

type Issue = z.core.$ZodIssue;

/** How messages call a field, such as `A step's "after"`; without a path, all of it. */
export type Name = (path: string) => string;

export function named(whole: string): Name {
  return (path) => (path ? `${whole}'s "${path}"` : whole);
}

/**
 * Reads what came from outside.
 *
 * @throws TypeError saying which field does not fit, what was expected, and what came.
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
  throw new TypeError(`${name(path.join('.'))} must be ${message}, not ${show(path.reduce(partOf, value))}.`);
}

/** `zod/mini` has no words of its own. Where these do not do, a schema says what it expects as its `error`. */
const expectation: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `Known are ${Object.keys((issue.inst as z.ZodMiniObject).def.shape).join(', ')}.`;
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

/** Where one member of a union fits but for a part of it, that part is what is wrong. */
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

/** How many there are is said where that may be the reason. */
function describeList({ length }: readonly unknown[]): string {
  if (length > 100) return `a list of ${length}`;
  return length > 0 ? 'a list' : 'an empty list';
}
