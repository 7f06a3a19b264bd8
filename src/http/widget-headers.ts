import { checkOption } from '../check.ts';

/** What a widget may say of its body and its languages. Any other header could name another user, server or method. */
const PASSED_BY_DEFAULT: readonly string[] = [
  'accept',
  'accept-language',
  'content-language',
  'content-type',
];

/** Never the widget's: the token, and what belongs to the connection. */
const NEVER =
  /^(authtoken|authorization|connection|content-length|cookie2?|host|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/;

/** As RFC 9110 writes them: a name is a token of ASCII, a value visible ASCII with blanks inside. */
const NAME = /^[\w!#$%&'*+.^`|~-]{1,256}$/;
const VALUE = /^([!-~]([\t -~]{0,8190}[!-~])?)?$/;

/** A widget's headers, sorted. */
export interface SortedHeaders {
  readonly passed: Readonly<Record<string, string>>;
  /** The names of the others. */
  readonly dropped: readonly string[];
}

/** Those that are written as HTTP writes headers, and those that could be taken for two, or for another. */
export function wellFormedHeaders(headers: Readonly<Record<string, string>>): SortedHeaders {
  return sort(headers, isWellFormed);
}

/** Those that pass to the bank's server or app, and the others. @param allowed As {@link readWidgetHeaders} reads it. */
export function passingHeaders(
  headers: Readonly<Record<string, string>>,
  allowed: ReadonlySet<string>,
): SortedHeaders {
  return sort(headers, (name, value) => allowed.has(name.toLowerCase()) && isWellFormed(name, value));
}

/**
 * Reads the option `widgetHeaders`: which headers of the widget's pass, in lower case.
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
