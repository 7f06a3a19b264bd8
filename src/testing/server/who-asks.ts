import { isLoopback } from './host-names.ts';

/**
 * Whether a request comes from a page of this very server, or from no page at all. Whatever hands out tokens or
 * changes something must ask, as a bank's own session end point does: a cookie alone would answer to any site.
 */
export function isSameOrigin({ headers }: Request): boolean {
  // Set by the browser, out of reach of a page's code.
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = headers.get('origin');
  if (origin === null) return true;
  return URL.canParse(origin) && new URL(origin).host === headers.get('host');
}

/**
 * The origin of a page on another port of this machine, such as a development server's: of a name that is always this machine's,
 * or of the one that the request was sent to, which the server has found to be its own.
 */
export function neighbourOrigin({ headers, url }: Request): string | undefined {
  const origin = headers.get('origin');
  if (origin === null || !URL.canParse(origin)) return undefined;
  const { protocol, hostname } = new URL(origin);
  const isNeighbour = isLoopback(hostname) || hostname === new URL(url).hostname;
  return /^https?:$/.test(protocol) && isNeighbour ? origin : undefined;
}
