import { inspect } from 'node:util';
import { expect } from 'vitest';
import { type BanksideError, isBanksideError } from '../../src/index.ts';

/** The error that a call throws for invalid options. */
export function refusalBy(run: () => unknown): BanksideError<'INVALID_OPTIONS'> {
  try {
    run();
  } catch (error) {
    if (isBanksideError(error, 'INVALID_OPTIONS')) return error;
    throw error;
  }
  throw new Error('They were taken');
}

/** The error names the option, what was expected and what it got, and quotes no value that may be secret. */
export function expectNamed(
  error: BanksideError<'INVALID_OPTIONS'>,
  option: string,
  expected: RegExp,
  received: RegExp,
): void {
  expect(error.details).toEqual({
    option,
    expected: expect.stringMatching(expected),
    received: expect.stringMatching(received),
  });
  for (const word of [`'${option}'`, error.details.expected, error.details.received]) {
    expect(error.message).toContain(word);
  }
  expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('hush');
}
