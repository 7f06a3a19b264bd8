/** What a browser writes into `Sec-Fetch-Site`. Without the list of public suffixes, a guess for names like `bank.co.uk`. */
export function siteOf(url: URL, origin: string): 'same-origin' | 'same-site' | 'cross-site' {
  if (url.origin === origin) return 'same-origin';
  const page = URL.canParse(origin) ? new URL(origin) : undefined;
  const isSameSite = page?.protocol === url.protocol && site(page.hostname) === site(url.hostname);
  return isSameSite ? 'same-site' : 'cross-site';
}

/** The part of a host name that an owner registers. */
function site(hostname: string): string {
  if (/^[\d.]+$|^\[/.test(hostname)) return hostname;
  const labels = hostname.split('.');
  const [second = '', top = ''] = labels.slice(-2);
  const isSuffix = top.length === 2 && second.length <= 3;
  return labels.slice(isSuffix ? -3 : -2).join('.');
}
