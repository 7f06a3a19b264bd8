import { BanksideError, type MismatchDetails } from './errors.ts';

/** The fields of an object that may have any. */
export type Fields = Readonly<Record<string, unknown>>;

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

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

/** Whether a value is a promise, of any frame or library, or is treated as one by `await`. Not if `then` cannot be read. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (!isObject(value) && !isFunction(value)) return false;
  return attempt(() => isFunction((value as { then?: unknown }).then)) === true;
}

/** Whether an object is a literal, of this or another frame. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

export function isNonEmptyString(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** The fields of an object, to read them where a value may be of any type. */
export function fieldsOf(value: unknown): Fields {
  return isObject(value) ? value : {};
}

/**
 * Whether a value is usable as an AbortSignal. Not by `instanceof`: it may come from another window, or be a polyfill. Nor by its
 * functions alone: a signal behind a store's proxy has them, and cannot be read.
 */
export function isSignal(value: unknown): value is AbortSignal {
  const signal = value as AbortSignal;
  return attempt(() => signal.aborted !== undefined && isFunction(signal.addEventListener)) === true;
}

/** Checks an option of a constructor or factory. @throws INVALID_OPTIONS */
export function checkOption(fits: boolean, option: string, expected: string, received: unknown): void {
  if (!fits) throw invalidOption(option, expected, [received]);
}

/** Checks the option `signal`. @throws INVALID_OPTIONS */
export function checkSignal(signal: unknown): void {
  checkOption(signal === undefined || isSignal(signal), 'signal', 'an AbortSignal', signal);
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

/** Describes values by their types, since they may be or contain a secret. Words are used as they are. */
function describeReceived(received: readonly unknown[] | string): string {
  return typeof received === 'string' ? received : received.map(describe).join(', ');
}

/** Describes a value by its type, since it may be a secret. Numbers and booleans are shown. */
export function describe(value: unknown): string {
  if (value === '') return 'an empty string';
  return ['string', 'symbol', 'function'].includes(typeof value) || isObject(value)
    ? typeof value
    : `${value}`;
}
