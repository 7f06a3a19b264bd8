import { attempt } from '../check.ts';
import { copyText, shortText } from '../text/printable.ts';
import { LONGEST_ID } from '../text/request-id.ts';

/** In characters, as in errors: types, names and statuses are far shorter, and what is longer may be something else. */
const LONGEST_NAME = 64;

/**
 * An id from outside: a string or a number as a string, cut to 256 characters; any other value as its type. Always a copy: in
 * some engines, a part of a string keeps the whole string in memory.
 */
export function idOf(value: unknown): string {
  if (typeof value === 'string')
    return copyText(value.length > LONGEST_ID ? value.slice(0, LONGEST_ID) : value);
  return typeof value === 'number' ? `${value}` : typeof value;
}

/** The same for a value that may be missing or empty. */
export function optionalId(value: unknown): string | undefined {
  return isMissing(value) ? undefined : idOf(value);
}

/** A type, a name or a status from outside, cut to 64 characters on one line, as in errors. */
export function nameOf(value: unknown): string {
  return typeof value === 'string' ? shortText(value, LONGEST_NAME) : idOf(value);
}

/** The same for a value that may be missing or empty. */
export function optionalName(value: unknown): string | undefined {
  return isMissing(value) ? undefined : nameOf(value);
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** The value if it is a finite number. The page's own transport may report anything. */
export function optionalNumber(value: unknown): number | undefined {
  return Number.isFinite(value) ? (value as number) : undefined;
}

/** The value if it is a boolean. */
export function optionalBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** The host and the port of an origin. */
export function hostOf(origin: string): string {
  return attempt(() => new URL(origin).host) ?? 'unknown';
}
