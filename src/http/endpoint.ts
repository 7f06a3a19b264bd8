import { attempt } from '../attempt.ts';
import { invalid } from '../errors.ts';

/** https, or http on this very machine. */
const SECURE = /^https:|^http:\/\/((.+\.)?localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * Reads an address that a credential may be sent to: https, or http on this very machine; relative to the
 * page where there is one. Addresses may hold secrets in their query or user part, so an error tells scheme
 * and host alone.
 */
export function readEndpoint(option: string, value: unknown): URL {
  const isAddress = (typeof value === 'string' && value) || value instanceof URL;
  const base = globalThis.document?.baseURI ?? globalThis.location?.href;
  const url = isAddress ? attempt(() => new URL(value, base)) : undefined;
  const received = url
    ? faultOf(url)
    : isAddress
      ? 'a string that is no address (a relative one needs a page)'
      : [value];
  if (url && !received) {
    url.hash = '';
    return url;
  }
  const expected = 'an https address, an http one on loopback, or one that is relative to the page';
  throw invalid('INVALID_OPTIONS', option, expected, received as string);
}

function faultOf({ protocol, hostname, username, password }: URL): string | undefined {
  const place = `${protocol}//${hostname}`;
  if (!SECURE.test(place)) return place;
  return username || password ? 'one with a user name or password in it' : undefined;
}
