import { checkOption, checkSignal, invalidOption, isNonEmptyString, isObject } from '../check.ts';
import { readEndpoint } from '../http/endpoint.ts';
import { checkOptionNames, type NamesOf } from '../text/known-names.ts';
import { shortText } from '../text/printable.ts';
import { isTimeLimit, TIME_LIMIT } from '../time.ts';

/**
 * What `createScriptURL` of a Trusted Types policy returns. It has the fields of `TrustedScriptURL`, which the types of the DOM in
 * older releases of TypeScript do not have.
 */
export interface ScriptUrl {
  /** The address. */
  toString(): string;
  /** The address, too. */
  toJSON(): string;
}

/** The options of {@link loadWidget}. */
export interface LoadWidgetOptions {
  /**
   * The address of the vendor's script, or the addresses of several, in the order in which they have to run: https, http on
   * loopback, or relative to the page. On a page that requires Trusted Types, pass what your policy's `createScriptURL` returns.
   */
  src: string | URL | ScriptUrl | readonly (string | URL | ScriptUrl)[];
  /**
   * The digest of the script, such as `sha384-…`: the browser runs no other file. For a list, a list with one for each; `undefined`
   * for a script that has none. Such a script is fetched with `crossorigin="anonymous"`, so its server must allow that.
   */
  integrity?: string | readonly (string | undefined)[] | undefined;
  /** The nonce of your content security policy. */
  nonce?: string | undefined;
  /**
   * The name of the global object that the script creates.
   *
   * @default 'personetics'
   */
  global?: string | undefined;
  /**
   * How long the whole may take, in ms.
   *
   * @default 30_000
   */
  timeout?: number | undefined;
  /** Ends the wait: the promise rejects with its reason. Other callers still get the widget. */
  signal?: AbortSignal | undefined;
}

/** One script, as read from the options. */
export interface WantedScript {
  readonly href: string;
  /** What the page gave: under Trusted Types, only that can be assigned. */
  readonly given: string | ScriptUrl;
  /** The address for messages: without its query, which may hold a secret. */
  readonly shown: string;
  readonly integrity: string | undefined;
  readonly nonce: string | undefined;
}

/** The options, as read. */
export interface WantedWidget {
  readonly scripts: readonly WantedScript[];
  readonly global: string;
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
}

const NAMES: NamesOf<LoadWidgetOptions> = {
  src: true,
  integrity: true,
  nonce: true,
  global: true,
  timeout: true,
  signal: true,
};

/** How many characters of an address are in a message. */
const LONGEST_ADDRESS = 200;

/** Reads options that were checked, in a page: relative addresses are resolved. @throws INVALID_OPTIONS */
export function readLoadOptions(options: LoadWidgetOptions): WantedWidget {
  const { src, integrity, nonce, global = 'personetics', timeout = 30_000, signal } = options;
  if (!isList(src))
    return { scripts: [readScript('src', src, integrity as string, nonce)], global, timeout, signal };
  const digests = integrity as readonly (string | undefined)[] | undefined;
  const scripts = src.map((one, index) => readScript(`src[${index}]`, one, digests?.[index], nonce));
  return { scripts, global, timeout, signal };
}

/** @throws INVALID_OPTIONS */
export function checkLoadOptions(options: LoadWidgetOptions): void {
  checkOption(isObject(options), 'options', 'an object with src', options);
  checkOptionNames(options, NAMES);
  const { src, nonce, global, timeout, signal } = options;
  checkOption(!isList(src) || src.length > 0, 'src', 'at least one address', 'an empty list');
  checkIntegrity(options);
  checkOption(nonce === undefined || isNonEmptyString(nonce), 'nonce', 'a non-empty string', nonce);
  checkOption(
    global === undefined || isNonEmptyString(global),
    'global',
    'the name of a global object',
    global,
  );
  checkOption(timeout === undefined || isTimeLimit(timeout), 'timeout', TIME_LIMIT, timeout);
  checkSignal(signal);
}

function checkIntegrity({ src, integrity }: LoadWidgetOptions): void {
  if (integrity === undefined) return;
  if (!isList(src)) {
    checkOption(isNonEmptyString(integrity), 'integrity', 'a digest such as sha384-…', integrity);
    return;
  }
  const fits = isList(integrity) && integrity.length === src.length;
  const expected = 'a list with one digest, or undefined, for each address of src';
  if (!fits)
    throw invalidOption('integrity', expected, isList(integrity) ? `${integrity.length}` : [integrity]);
  for (const one of integrity) {
    checkOption(one === undefined || isNonEmptyString(one), 'integrity', expected, one);
  }
}

function readScript(
  option: string,
  source: string | URL | ScriptUrl,
  integrity: string | undefined,
  nonce: string | undefined,
): WantedScript {
  const url = readEndpoint(option, isScriptUrl(source) ? `${source}` : source, 'silently')();
  const given = typeof source === 'string' || source instanceof URL ? url.href : source;
  const shown = shortText(`${url.protocol}//${url.host}${url.pathname}`, LONGEST_ADDRESS);
  return { href: url.href, given, shown, integrity, nonce };
}

/** A `URL` of another frame has these fields too. */
function isScriptUrl(source: unknown): source is ScriptUrl {
  return isObject(source) && typeof source['toJSON'] === 'function';
}

function isList<T>(value: unknown): value is readonly T[] {
  return Array.isArray(value);
}
