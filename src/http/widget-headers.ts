import { checkOption } from '../check.ts';

/** Headers about the body and the languages. Any other header could name another user, server or method. */
const PASSED_BY_DEFAULT: readonly string[] = [
  'accept',
  'accept-language',
  'content-language',
  'content-type',
];

/** Headers that a widget can never set: those of tokens and of the connection. */
const NEVER =
  /^(authtoken|authorization|connection|content-length|cookie2?|host|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/;

/** RFC 9110: a name is a token of ASCII, a value is visible ASCII with spaces and tabs inside. */
const NAME = /^[\w!#$%&'*+.^`|~-]{1,256}$/;
const VALUE = /^([!-~]([\t -~]{0,8190}[!-~])?)?$/;

/** A widget's headers: those that are sent, and those that are not. */
export interface SortedHeaders {
  readonly passed: Readonly<Record<string, string>>;
  /** Names of headers. */
  readonly dropped: readonly string[];
}

/** Drops malformed headers: a server could read one as two, or as another one. */
export function wellFormedHeaders(headers: Readonly<Record<string, string>>): SortedHeaders {
  return sort(headers, isWellFormed);
}

/** Drops malformed headers, and those that are not allowed. @param allowed What {@link readWidgetHeaders} returned. */
export function passingHeaders(
  headers: Readonly<Record<string, string>>,
  allowed: ReadonlySet<string>,
): SortedHeaders {
  return sort(headers, (name, value) => allowed.has(name.toLowerCase()) && isWellFormed(name, value));
}

/**
 * Reads the option `widgetHeaders`: the headers of the widget that are sent. Returns their names in lower case.
 *
 * @throws INVALID_OPTIONS
 */
export function readWidgetHeaders(names: readonly string[] = PASSED_BY_DEFAULT): ReadonlySet<string> {
  const expected = 'an array of names of headers, other than those of tokens and of the connection';
  const areNames = Array.isArray(names) && names.every((name) => typeof name === 'string' && NAME.test(name));
  checkOption(areNames, 'widgetHeaders', expected, names);
  const read = new Set(names.map((name) => name.toLowerCase()));
  for (const name of read) checkOption(!NEVER.test(name), 'widgetHeaders', expected, name);
  return read;
}

function isWellFormed(name: string, value: string): boolean {
  return NAME.test(name) && VALUE.test(value);
}

function sort(
  headers: Readonly<Record<string, string>>,
  passes: (name: string, value: string) => boolean,
): SortedHeaders {
  const passed: [string, string][] = [];
  const dropped: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (passes(name, value)) passed.push([name, value]);
    else dropped.push(name);
  }
  return { passed: Object.fromEntries(passed), dropped };
}
