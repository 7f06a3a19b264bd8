import { attempt, checkOption, invalidOption, isNonEmptyString } from '../check.ts';

/** https, or http on this machine. */
const SECURE = /^https:|^http:\/\/((.+\.)?localhost|127(\.\d+){3}|\[::1\])$/;

let hasWarned = false;

/**
 * Reads an address that a credential may be sent to: https, http on this machine, or relative to the page. An error shows only
 * its scheme and host, since its query and its user part may hold secrets.
 *
 * @param allowInsecure The option of that name: whether an address may be relative to a page that came over plain HTTP. Such
 *   a page gets one warning in the console.
 */
export function readEndpoint(option: string, value: unknown, allowInsecure = true): URL {
  const expected = 'an https address, an http one on loopback, or one that is relative to the page';
  const isAddress = isNonEmptyString(value) || value instanceof URL;
  if (!isAddress) throw invalidOption(option, expected, [value]);
  const base = globalThis.document?.baseURI ?? globalThis.location?.href;
  const url = attempt(() => new URL(value, base));
  if (!url)
    throw invalidOption(option, expected, 'a string that is no address (a relative one needs a page)');
  const problem = credentialsIn(url) ?? insecurityOf(option, url, value, allowInsecure);
  if (problem) throw invalidOption(option, expected, problem);
  url.hash = '';
  return url;
}

/** The option `allowInsecure`. @throws INVALID_OPTIONS */
export function checkAllowInsecure(allowInsecure: boolean | undefined): void {
  const fits = allowInsecure === undefined || typeof allowInsecure === 'boolean';
  checkOption(fits, 'allowInsecure', 'true or false', allowInsecure);
}

function credentialsIn({ username, password }: URL): string | undefined {
  return username || password ? 'one with a user name or password in it' : undefined;
}

function insecurityOf(option: string, url: URL, value: string | URL, isAllowed: boolean): string | undefined {
  const place = `${url.protocol}//${url.hostname}`;
  if (SECURE.test(place)) return undefined;
  if (!isOfPage(url, value)) return place;
  // The app around the page answers such an address itself: it does not leave the device as plain HTTP.
  if (url.protocol !== 'http:') return undefined;
  if (!isAllowed) return `${place}, the origin of this page, and allowInsecure is false`;
  warnInsecure(option);
  return undefined;
}

/**
 * Whether it is written relative to the page, and leads to the origin of the page: of one that came over plain HTTP, or of one
 * in an app, such as `capacitor://localhost`. Not by `origin`, which most engines do not know there.
 */
function isOfPage({ protocol, host }: URL, value: string | URL): boolean {
  const isRelative = typeof value === 'string' && !attempt(() => new URL(value));
  const page = attempt(() => new URL(globalThis.location.href));
  return isRelative && host !== '' && protocol === page?.protocol && host === page.host;
}

function warnInsecure(option: string): void {
  if (hasWarned) return;
  hasWarned = true;
  const risk = `anyone on the network can read and change what it sends to '${option}', tokens included`;
  // biome-ignore lint/suspicious/noConsole: the page's developer should see it, and no request has failed
  console.warn(`bankside: this page came over plain HTTP: ${risk}. Serve it over https.`);
}
