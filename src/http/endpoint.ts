import { attempt, checkOption, invalidOption, isNonEmptyString } from '../check.ts';

/**
 * An address that requests go to. It is resolved for each request, since a relative one depends on the page as it is then. A
 * copy each time. Throws `INVALID_OPTIONS` if it cannot be used now.
 */
export type Endpoint = () => URL;

interface GivenAddress {
  readonly option: string;
  readonly address: string;
  /** Whether it may be relative to a page that came over plain HTTP. */
  readonly allowInsecure: boolean;
}

const EXPECTED = 'an https address, an http one on loopback, or one that is relative to the page';

/** https, or http on this machine. */
const SECURE = /^https:|^http:\/\/((.+\.)?localhost|127(\.\d+){3}|\[::1\])$/;

/** Where there is no page, as on a server, a relative address is checked against this one. */
const SOME_PAGE = 'https://page.invalid/';

let hasWarned = false;

/**
 * Reads an address that a credential may be sent to: https, http on this machine, or relative to the page. What can be checked
 * without a page is checked at once, and all of it where there is one. An error shows only its scheme and host, since its query
 * and its user part may hold secrets.
 *
 * @param allowInsecure The option of that name: whether an address may be relative to a page that came over plain HTTP. Such
 *   a page gets one warning in the console.
 */
export function readEndpoint(option: string, value: unknown, allowInsecure = true): Endpoint {
  const isAddress = isNonEmptyString(value) || value instanceof URL;
  if (!isAddress) throw invalidOption(option, EXPECTED, [value]);
  const given: GivenAddress = { option, address: `${value}`, allowInsecure };
  resolve(given, pageBase() ?? SOME_PAGE);
  return () => resolve(given, pageBase());
}

/** The option `allowInsecure`. @throws INVALID_OPTIONS */
export function checkAllowInsecure(allowInsecure: boolean | undefined): void {
  const fits = allowInsecure === undefined || typeof allowInsecure === 'boolean';
  checkOption(fits, 'allowInsecure', 'true or false', allowInsecure);
}

/** The origin of an address whose requests can be read on the network; `undefined` for any other. */
export function insecureOrigin(url: URL): string | undefined {
  return url.protocol === 'http:' && !SECURE.test(placeOf(url)) ? url.origin : undefined;
}

/** The address that relative ones are resolved against. `undefined` where there is no page, as on a server. */
function pageBase(): string | undefined {
  return globalThis.document?.baseURI ?? globalThis.location?.href;
}

function resolve(given: GivenAddress, base: string | undefined): URL {
  const { option, address } = given;
  const url = attempt(() => new URL(address, base));
  if (!url) throw invalidOption(option, EXPECTED, unresolved(address, base));
  const problem = credentialsIn(url) ?? insecurityOf(url, given);
  if (problem) throw invalidOption(option, EXPECTED, problem);
  url.hash = '';
  return url;
}

/** Why an address could not be resolved. */
function unresolved(address: string, base: string | undefined): string {
  if (!attempt(() => new URL(address, SOME_PAGE))) return 'a string that is no address';
  if (!base) return 'a relative address, and there is no page: on a server, give a whole one';
  const scheme = attempt(() => new URL(base).protocol) ?? 'an unknown address';
  return `a relative address, which a page at ${scheme} cannot resolve: give a whole one`;
}

function credentialsIn({ username, password }: URL): string | undefined {
  return username || password ? 'one with a user name or password in it' : undefined;
}

function insecurityOf(url: URL, { option, address, allowInsecure }: GivenAddress): string | undefined {
  const place = placeOf(url);
  if (SECURE.test(place)) return undefined;
  if (!isOfPage(url, address)) return place;
  // The app around the page answers such an address itself: it does not leave the device as plain HTTP.
  if (url.protocol !== 'http:') return undefined;
  if (!allowInsecure) return `${place}, the origin of this page, and allowInsecure is false`;
  warnInsecure(option);
  return undefined;
}

function placeOf({ protocol, hostname }: URL): string {
  return `${protocol}//${hostname}`;
}

/**
 * Whether it is written relative to the page, and leads to the origin of the page: of one that came over plain HTTP, or of one
 * in an app, such as `capacitor://localhost`. Not by `origin` first, which most engines do not know there.
 */
function isOfPage({ protocol, host }: URL, address: string): boolean {
  const isRelative = !attempt(() => new URL(address));
  const page = hostedPage(globalThis.location?.href) ?? hostedPage(globalThis.origin);
  return isRelative && host !== '' && protocol === page?.protocol && host === page.host;
}

/** The address of a page, if it has a host. `about:srcdoc` and `about:blank` have none: their origin is that of their parent. */
function hostedPage(address: string | undefined): URL | undefined {
  const page = attempt(() => new URL(address ?? ''));
  return page?.host ? page : undefined;
}

function warnInsecure(option: string): void {
  if (hasWarned) return;
  hasWarned = true;
  const risk = `anyone on the network can read and change what it sends to '${option}', tokens included`;
  // biome-ignore lint/suspicious/noConsole: the page's developer should see it, and no request has failed
  console.warn(`bankside: this page came over plain HTTP: ${risk}. Serve it over https.`);
}
