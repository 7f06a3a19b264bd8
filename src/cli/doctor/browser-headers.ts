import { siteOf } from './same-site.ts';

/** Of a browser of today, and of this command: a gateway that looks at it accepts it, and its log says who it was. */
const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 bankside-doctor';

/** What a browser adds to each request of a page, and to its preflight. */
export function browserHeaders(url: URL, origin: string): Readonly<Record<string, string>> {
  return {
    'User-Agent': USER_AGENT,
    Accept: '*/*',
    'Accept-Language': 'en-US,en;q=0.9',
    ...refererOf(origin),
    'Sec-Fetch-Site': siteOf(url, origin),
    'Sec-Fetch-Mode': 'cors',
    'Sec-Fetch-Dest': 'empty',
  };
}

/** What a browser adds when a user opens a page. */
export function navigationHeaders(): Readonly<Record<string, string>> {
  return {
    'User-Agent': USER_AGENT,
    Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'Accept-Language': 'en-US,en;q=0.9',
    'Upgrade-Insecure-Requests': '1',
    'Sec-Fetch-Site': 'none',
    'Sec-Fetch-Mode': 'navigate',
    'Sec-Fetch-Dest': 'document',
    'Sec-Fetch-User': '?1',
  };
}

/** By default, pages say where they are from to any address that is safe: https, or of this machine. */
function refererOf(origin: string): Readonly<Record<string, string>> {
  return /^https?:\/\//.test(origin) ? { Referer: `${origin}/` } : {};
}
