import { attempt, checkOption, invalidOption, isNonEmptyString } from '../check.ts';

/**
 * An address that requests go to. A relative one is resolved at the first call in a page, and stays the same from then on,
 * wherever the page goes. A copy each time. Throws `INVALID_OPTIONS` if it cannot be used.
 */
export type Endpoint = () => URL;

interface GivenAddress {
  readonly option: string;
  readonly address: string;
  /** Whether it may have the origin of a page that came over plain HTTP. `'silently'`: without the warning about requests. */
  readonly allowInsecure: boolean | 'silently';
}

const EXPECTED = 'an https address, an http one on loopback, or one that is relative to the page';

/** https, or http on this machine. */
const SECURE = /^https:|^http:\/\/((.+\.)?localhost|127(\.\d+){3}|\[::1\])$/;

/** Where there is no page, as on a server, a relative address is checked against this one. */
const SOME_PAGE = 'https://page.invalid/';

let hasWarned = false;

/**
 * Reads an address that a credential may be sent to: https, http on this machine, or relative to the page. It is checked at once,
 * as far as that is possible without a page. An error shows only its scheme and host, since its query and its user part may hold
 * secrets.
 *
 * @param allowInsecure The option of that name: whether an address may have the origin of a page that came over plain HTTP.
 *   Such a page gets one warning in the console, which is about requests: `'silently'` leaves it out.
 */
export function readEndpoint(
  option: string,
  value: unknown,
  allowInsecure: boolean | 'silently' = true,
): Endpoint {
  const isAddress = isNonEmptyString(value) || value instanceof URL;
  if (!isAddress) throw invalidOption(option, EXPECTED, [value]);
  const given: GivenAddress = { option, address: `${value}`, allowInsecure };
  let kept: string | undefined;
  const endpoint: Endpoint = () => {
    kept ??= resolve(given, pageBase()).href;
    return new URL(kept);
  };
  resolve(given, pageBase() ?? SOME_PAGE);
  return endpoint;
}

/** The option `allowInsecure`. @throws INVALID_OPTIONS */
export function checkAllowInsecure(allowInsecure: boolean | undefined): void {
  const fits = allowInsecure === undefined || typeof allowInsecure === 'boolean';
  checkOption(fits, 'allowInsecure', 'true or false', allowInsecure);
}

/** The origin of an address whose requests can be read on the network; `undefined` for any other. */
export function insecureOrigin(url: URL): string | undefined {
  return url.protocol === 'http:' && !isSecure(url) ? url.origin : undefined;
}

/** The origin in a report of a transport, which may pass anything. `undefined` if it is none of plain HTTP. */
export function reportedOrigin(reported: unknown): string | undefined {
  const url = isNonEmptyString(reported) ? attempt(() => new URL(reported)) : undefined;
  return url?.protocol === 'http:' ? url.origin : undefined;
}

/** The address that relative ones are resolved against. `undefined` where there is no page, as on a server. */
function pageBase(): string | undefined {
  return globalThis.document?.baseURI ?? globalThis.location?.href;
}

function resolve(given: GivenAddress, base: string | undefined): URL {
  const { option, address } = given;
  const url = attempt(() => new URL(address, base));
  if (!url) throw invalidOption(option, EXPECTED, unresolved(address, base));
  const problem = credentialsIn(url) ?? strayed(url, given, base) ?? insecurityOf(url, given);
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

/**
 * A `<base>` may name another host, such as one for images: an address that names no host must not follow it there. A sandboxed
 * frame without an address of its own does not know its origin, and `insecurityOf` checks what it uses.
 */
function strayed(url: URL, { address }: GivenAddress, base: string | undefined): string | undefined {
  if (!base || namesHost(address, base) || !hostedPage() || isOfPage(url)) return undefined;
  return `a relative address, and the base address of this page leads it to ${placeOf(url)}, another origin: give a whole one`;
}

/** Whether an address goes to the same host whatever the base is, as `https://…` and `//…` do. */
function namesHost(address: string, base: string): boolean {
  const other = new URL(`${new URL(base).protocol}//page.invalid/`);
  return attempt(() => new URL(address, other).host) !== other.host;
}

function insecurityOf(url: URL, { option, allowInsecure }: GivenAddress): string | undefined {
  const place = placeOf(url);
  if (isSecure(url)) return undefined;
  if (!isOfPage(url)) return place;
  // The app around the page answers such an address itself: it does not leave the device as plain HTTP.
  if (url.protocol !== 'http:') return undefined;
  if (!allowInsecure) return `${place}, the origin of this page, and allowInsecure is false`;
  if (allowInsecure !== 'silently') warnInsecure(option);
  return undefined;
}

function isSecure({ protocol, hostname }: URL): boolean {
  return SECURE.test(`${protocol}//${hostname}`);
}

/** For messages. */
function placeOf({ protocol, host }: URL): string {
  return `${protocol}//${host}`;
}

/** Whether it has the origin of the page: of one that came over plain HTTP, or of one in an app, such as `capacitor://localhost`. */
function isOfPage({ protocol, host }: URL): boolean {
  const page = hostedPage();
  return host !== '' && protocol === page?.protocol && host === page.host;
}

/**
 * Where the page came from. Not by `origin` first, which most engines do not know in an app. `about:srcdoc`, `about:blank` and
 * `blob:` have no host: their origin is that of the page that made them, and `undefined` in a sandbox.
 */
function hostedPage(): URL | undefined {
  return withHost(globalThis.location?.href) ?? withHost(globalThis.origin);
}

function withHost(address: string | undefined): URL | undefined {
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
