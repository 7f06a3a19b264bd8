import { check } from './errors.ts';

/** Checks an option of a constructor or factory. @throws INVALID_OPTIONS */
export function checkOption(fits: boolean, option: string, expected: string, received: unknown): void {
  check(fits, 'INVALID_OPTIONS', option, expected, received);
}
