import { attempt, checkOption, invalidOption } from '../check.ts';

/** https, or http on this very machine. */
const SECURE = /^https:|^http:\/\/((.+\.)?localhost|127(\.\d+){3}|\[::1\])$/;

/** Whether this page has been told that it is insecure. */
let isTold = false;

/**
 * Reads an address that a credential may be sent to: https, or http on this very machine; relative to the
 * page where there is one, wherever that came from. Addresses may hold secrets in their query or user part, so an error
 * tells scheme and host alone.
 *
 * @param allowInsecure The option of that name. Default: a page that came over plain HTTP is told so, once.
 */
export function readEndpoint(option: string, value: unknown, allowInsecure = true): URL {
  const isAddress = (typeof value === 'string' && value) || value instanceof URL;
  const base = globalThis.document?.baseURI ?? globalThis.location?.href;
  const url = isAddress ? attempt(() => new URL(value, base)) : undefined;
  const received = url
    ? faultOf(url) || insecurityOf(option, url, value, allowInsecure)
    : isAddress
      ? 'a string that is no address (a relative one needs a page)'
      : [value];
  if (url && !received) {
    url.hash = '';
    return url;
  }
  const expected = 'an https address, an http one on loopback, or one that is relative to the page';
  throw invalidOption(option, expected, received as string);
}

/** The option `allowInsecure`. @throws INVALID_OPTIONS */
export function checkAllowInsecure(allowInsecure: boolean | undefined): void {
  const fits = allowInsecure === undefined || typeof allowInsecure === 'boolean';
  checkOption(fits, 'allowInsecure', 'true or false', allowInsecure);
}

function faultOf({ username, password }: URL): string | undefined {
  return username || password ? 'one with a user name or password in it' : undefined;
}

function insecurityOf(option: string, url: URL, value: unknown, isAllowed: boolean): string | undefined {
  const place = `${url.protocol}//${url.hostname}`;
  if (SECURE.test(place)) return undefined;
  if (!isOfPage(url, value)) return place;
  if (!isAllowed) return `${place}, the origin of this page, and allowInsecure is false`;
  tellInsecure(option);
  return undefined;
}

/** Whether it is written relative to a page of plain HTTP, and leads to the origin that this came from. */
function isOfPage({ protocol, origin }: URL, value: unknown): boolean {
  const isRelative = typeof value === 'string' && !attempt(() => new URL(value));
  const page = attempt(() => new URL(globalThis.location.href).origin);
  return isRelative && protocol === 'http:' && origin === page;
}

function tellInsecure(option: string): void {
  if (isTold) return;
  isTold = true;
  const what = `anyone on the way can read and change what it sends to '${option}', tokens included`;
  // biome-ignore lint/suspicious/noConsole: the page's developer is to see it, and no request has failed
  console.warn(`bankside: this page came over plain HTTP: ${what}. Serve it over https.`);
}
