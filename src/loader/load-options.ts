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
   * loopback, or relative to the page. A relative one is refused if a `<base>` leads it to another origin. On a page that requires
   * Trusted Types, pass what your policy's `createScriptURL` returns.
   */
  src: string | URL | ScriptUrl | readonly (string | URL | ScriptUrl)[];
  /**
   * The digest of the script, such as `sha384-…`, or several with spaces between them: the browser runs no other file. For a list,
   * a list with one for each; `undefined` for a script that has none. A script with a digest is fetched with
   * `crossorigin="anonymous"`, so its server must allow that. If the page has the script already, its element must have the same.
   */
  integrity?: string | readonly (string | undefined)[] | undefined;
  /** The nonce of your content security policy. */
  nonce?: string | undefined;
  /**
   * The name of the global object or function that the script creates, without dots. It must not be there before, such as
   * `'location'`, or an object that your page puts there for the time being: the call resolves with that.
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

const DIGEST = /^sha(256|384|512)-[A-Za-z0-9+/_-]+={0,2}(\?\S*)?$/;

/** How many characters of an address are in a message. */
const LONGEST_ADDRESS = 200;

/** Reads options that were checked, in a page: relative addresses are resolved. @throws INVALID_OPTIONS */
export function readLoadOptions(options: LoadWidgetOptions): WantedWidget {
  const { src, integrity, nonce, global = 'personetics', timeout = 30_000, signal } = options;
  if (!isList(src))
    return { scripts: [readScript('src', src, integrity as string, nonce)], global, timeout, signal };
  const digests = integrity as readonly (string | undefined)[] | undefined;
  // A list with a hole, too: `map` would leave it out.
  const scripts = Array.from(src, (one, index) => readScript(`src[${index}]`, one, digests?.[index], nonce));
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
  checkGlobal(global);
  checkOption(timeout === undefined || isTimeLimit(timeout), 'timeout', TIME_LIMIT, timeout);
  checkSignal(signal);
}

function checkGlobal(global: unknown): void {
  if (global === undefined) return;
  checkOption(isNonEmptyString(global), 'global', 'the name of a global object', global);
  if (`${global}`.includes('.')) {
    const expected = "the name of a global object, such as 'personetics' for window.personetics";
    throw invalidOption('global', expected, 'a name with a dot');
  }
}

function checkIntegrity({ src, integrity }: LoadWidgetOptions): void {
  if (integrity === undefined) return;
  if (!isList(src)) {
    checkDigest(integrity);
    return;
  }
  if (!isList(integrity) || integrity.length !== src.length) {
    const expected = 'a list with one digest, or undefined, for each address of src';
    throw invalidOption('integrity', expected, isList(integrity) ? `${integrity.length}` : [integrity]);
  }
  for (const one of integrity) {
    if (one !== undefined) checkDigest(one);
  }
}

/** Browsers ignore what they do not know: a slip would turn the check off. */
function checkDigest(integrity: unknown): void {
  const expected = 'a digest such as sha384-…, of SHA-256, SHA-384 or SHA-512 in Base64';
  checkOption(isNonEmptyString(integrity), 'integrity', expected, integrity);
  const fits = `${integrity}`.split(/\s+/).every((digest) => DIGEST.test(digest));
  if (!fits) throw invalidOption('integrity', expected, 'a string that is none');
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
