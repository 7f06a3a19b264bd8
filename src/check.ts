import { BanksideError, type MismatchDetails } from './errors.ts';

/** The result of a function, or `undefined` if it throws and the reason does not matter. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

export function isFunction(value: unknown): value is (...args: never[]) => unknown {
  return typeof value === 'function';
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Whether a value can be used as an AbortSignal. Not `instanceof`: it may come from another window, or be a polyfill. */
export function isSignal(value: unknown): value is AbortSignal {
  return isFunction((value as Partial<AbortSignal> | null | undefined)?.addEventListener);
}

/** Checks an option of a constructor or a factory. @throws INVALID_OPTIONS */
export function checkOption(fits: boolean, option: string, expected: string, received: unknown): void {
  if (!fits) throw invalidOption(option, expected, [received]);
}

/** Checks an argument of a call. @throws INVALID_CALL */
export function checkCall(fits: boolean, call: string, expected: string, received: unknown): void {
  if (!fits) throw invalidCall(call, expected, [received]);
}

/** @param received As in {@link describeReceived}. */
export function invalidOption(
  option: string,
  expected: string,
  received: readonly unknown[] | string,
  cause?: unknown,
): BanksideError<'INVALID_OPTIONS'> {
  const details = { option, expected, received: describeReceived(received) };
  return new BanksideError('INVALID_OPTIONS', mismatchMessage(`option '${option}'`, details), details, {
    cause,
  });
}

/** @param received As in {@link describeReceived}. */
export function invalidCall(
  call: string,
  expected: string,
  received: readonly unknown[] | string,
  cause?: unknown,
): BanksideError<'INVALID_CALL'> {
  const details = { call, expected, received: describeReceived(received) };
  return new BanksideError('INVALID_CALL', mismatchMessage(`call '${call}'`, details), details, { cause });
}

/** The message for a value that does not fit. */
export function mismatchMessage(what: string, { expected, received }: MismatchDetails): string {
  return `${what}: expected ${expected}, got ${received}`;
}

/** Values, of which errors name the types alone, since they may be or hold a secret; or words that hold none. */
function describeReceived(received: readonly unknown[] | string): string {
  return typeof received === 'string' ? received : received.map(describe).join(', ');
}

/** Describes a value without showing it: by its type; a number or a boolean as it is. */
export function describe(value: unknown): string {
  if (value === '') return 'an empty string';
  const isOpen = value === null || ['undefined', 'number', 'bigint', 'boolean'].includes(typeof value);
  return isOpen ? String(value) : typeof value;
}
