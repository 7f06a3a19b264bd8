import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/cli/command.ts';
import { orUsageError, readArguments, wantsJson } from '../../src/cli/read-arguments.ts';

const FLAGS = {
  name: { type: 'string', short: 'n' },
  list: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;

/** The error of a function that must throw. */
function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown');
}

const read = (...args: string[]) => ({ ...readArguments(args, FLAGS) });

describe('arguments', () => {
  it.each([
    [[], {}],
    [['--name', 'a'], { name: 'a' }],
    [['-n', 'a'], { name: 'a' }],
    [['--name=a=b'], { name: 'a=b' }],
    [['--name='], { name: '' }],
    [['--name=-7'], { name: '-7' }],
    [['--name', '-'], { name: '-' }],
    [['--name', 'a', '--name', 'b'], { name: 'b' }],
    [['--list', 'a', '--list', 'b', '--json'], { list: ['a', 'b'], json: true }],
  ])('%j', (args, values) => {
    expect(read(...args)).toEqual(values);
  });

  const dash = 'If its value begins with a dash, write --name=VALUE.';

  it.each([
    [['--nam', 'secret'], 'Unknown option --nam. Did you mean --name?'],
    [['--token=secret'], 'Unknown option --token. --help lists all options.'],
    [['--constructor'], 'Unknown option --constructor. --help lists all options.'],
    [['--__proto__'], 'Unknown option. --help lists all options.'],
    [['--seCreT_0secret'], 'Unknown option. --help lists all options.'],
    [['--eyJhbGciOiJIUzI1NiJ9secret'], 'Unknown option. --help lists all options.'],
    [['--names-of-something-secret'], 'Unknown option. Did you mean --name?'],
    [['-x', 'secret'], 'Unknown option -x. --help lists all options.'],
    [['--name'], '--name needs a value.'],
    [['-n'], '-n needs a value.'],
    [['--name', '--json'], `--name needs a value. ${dash}`],
    [['--name', '-secret'], `--name needs a value. ${dash}`],
    [['-n', '-secret'], '-n needs a value.'],
    [['--json=secret'], '--json takes no value.'],
    [['--json=false'], '--json takes no value.'],
    [['secret'], 'Unexpected argument 1. --help lists all options.'],
    [['--name', 'secret', 'secret'], 'Unexpected argument 3 after --name. --help lists all options.'],
    [['--json', '--', 'secret'], 'Unexpected argument 3 after --json. --help lists all options.'],
  ])('S5: %j is wrong use, in one sentence without the value', (args, message) => {
    const error = thrownBy(() => read(...args));
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({ message });
    expect(message).not.toContain('secret');
  });

  it('are asked for JSON before they are read', () => {
    expect(wantsJson(['--nam', '--json'])).toBe(true);
    expect(wantsJson(['--name', 'json'])).toBe(false);
  });
});

it('a TypeError is wrong use, and another error is not', () => {
  const fail = (error: Error) => () =>
    orUsageError(() => {
      throw error;
    });
  expect(thrownBy(fail(new TypeError('--port must be 1.')))).toEqual(new UsageError('--port must be 1.'));
  const other = new RangeError('else');
  expect(thrownBy(fail(other))).toBe(other);
  expect(orUsageError(() => 7)).toBe(7);
});
