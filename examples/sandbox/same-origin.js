/**
 * Whether a request comes from a page of this very server, or from no page at all. Whatever hands out tokens or
 * changes something must ask, as a bank's own session end point does: a cookie alone would answer to any site.
 *
 * @param {import('node:http').IncomingMessage} request
 */
export function isSameOrigin({ headers }) {
  // Set by the browser, out of reach of a page's code.
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === headers.host;
}
