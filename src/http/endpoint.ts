import { invalid } from '../errors.ts';

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * Reads an address that a credential may be sent to: https, or http on this very machine; relative to the
 * page where there is one. Addresses may hold secrets in their query or user part, so an error tells scheme
 * and host alone.
 */
export function readEndpoint(option: string, value: unknown): URL {
  const expected =
    "an https address, or an http one on loopback; relative to the page is allowed ('/api/pserver')";
  if (!(typeof value === 'string' && value) && !(value instanceof URL)) {
    throw invalid('INVALID_OPTIONS', option, expected, [value]);
  }
  let url: URL;
  try {
    url = new URL(value, globalThis.document?.baseURI ?? globalThis.location?.href);
  } catch {
    throw invalid(
      'INVALID_OPTIONS',
      option,
      expected,
      'a string that is no address (a relative one needs a page)',
    );
  }
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
  if (!secure) throw invalid('INVALID_OPTIONS', option, expected, `${url.protocol}//${url.hostname}`);
  if (url.username || url.password)
    throw invalid('INVALID_OPTIONS', option, expected, 'one with a user name or password in it');
  url.hash = '';
  return url;
}
