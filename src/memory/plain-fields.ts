import { copyText } from '../text/printable.ts';

/** In characters. Ids, types and names are far shorter. */
const LONGEST_TEXT = 256;

/**
 * A string or a number from outside as a string, cut to 256 characters; any other value as its type. Always a copy: in some
 * engines, a part of a string keeps the whole string in memory.
 */
export function textOf(value: unknown): string {
  if (typeof value === 'string')
    return copyText(value.length > LONGEST_TEXT ? value.slice(0, LONGEST_TEXT) : value);
  return typeof value === 'number' ? `${value}` : typeof value;
}

/** The same for a value that may be missing or empty. */
export function optionalText(value: unknown): string | undefined {
  return value === undefined || value === null || value === '' ? undefined : textOf(value);
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
export function hostOf(origin: unknown): string {
  return textOf(typeof origin === 'string' ? (origin.split('//')[1] ?? origin) : origin);
}
