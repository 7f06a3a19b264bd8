import { browserHeaders } from './browser-headers.ts';
import type { RawRequest } from './raw-answer.ts';

/** Headers that a page may send across origins without permission, while their values are short and plain. */
const SAFE = ['accept', 'accept-language', 'content-language'];
const SPECIAL = /["():<>?@[\\\]{}]/;
const LONGEST_SAFE = 128;
/** What forms send. */
const SAFE_TYPE = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\s*(;|$)/i;

/** The names of the headers that need permission, in the order in which browsers ask for them. */
export function headersToAllow(headers: Readonly<Record<string, string>>): readonly string[] {
  const names = Object.keys(headers).filter((name) => !isSafe(name.toLowerCase(), headers[name] ?? ''));
  return names.sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
}

function isSafe(name: string, value: string): boolean {
  if (name === 'content-type') return SAFE_TYPE.test(value);
  return SAFE.includes(name) && value.length <= LONGEST_SAFE && !SPECIAL.test(value);
}

/** The preflight that a browser sends before a request: it has neither a token nor a cookie. */
export function preflightOf(
  { method, url }: Pick<RawRequest, 'method' | 'url'>,
  names: readonly string[],
  origin: string,
): RawRequest {
  return {
    method: 'OPTIONS',
    url,
    headers: {
      'Access-Control-Request-Method': method,
      ...(names.length && { 'Access-Control-Request-Headers': names.join(',').toLowerCase() }),
      Origin: origin,
      ...browserHeaders(url, origin),
    },
  };
}
