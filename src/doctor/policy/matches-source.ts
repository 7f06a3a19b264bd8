/** The parts of a source such as `https://*.bank.example:8443/api/`. */
interface Source {
  readonly scheme: string | undefined;
  /** `undefined`: it is a scheme alone. */
  readonly host: string | undefined;
  readonly port: string | undefined;
  readonly path: string | undefined;
}

const SCHEME = /^([a-z][a-z\d+.-]*):$/i;
const HOST =
  /^(?:([a-z][a-z\d+.-]*):\/\/)?(\*|(?:\*\.)?[a-z\d-]+(?:\.[a-z\d-]+)*\.?)(?::(\d+|\*))?(?:(\/[^?#]*).*)?$/i;

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/**
 * Whether a list of sources, as in `connect-src`, allows an address of http or https, by Content Security Policy Level 3. The
 * address is that of a request, not one that a redirect leads to: for those, paths do not count.
 *
 * @param page The address of the page, for `'self'` and for sources without a scheme.
 */
export function matchesSources(sources: readonly string[], url: URL, page: URL): boolean {
  return sources.some((source) => matchesSource(source, url, page));
}

function matchesSource(text: string, url: URL, page: URL): boolean {
  // Of http and https, the single `*` allows all. Other keywords, such as `'none'` or a nonce, match no address.
  if (text === '*') return true;
  if (text.toLowerCase() === "'self'") return isSelf(url, page);
  const source = readSource(text);
  if (!source) return false;
  const scheme = source.scheme ?? page.protocol;
  if (!matchesScheme(scheme, url.protocol)) return false;
  return source.host === undefined || matchesPlace({ ...source, host: source.host, scheme }, url);
}

function readSource(text: string): Source | undefined {
  const [, alone] = SCHEME.exec(text) ?? [];
  if (alone) return { scheme: `${alone.toLowerCase()}:`, host: undefined, port: undefined, path: undefined };
  const [, scheme, host, port, path] = HOST.exec(text) ?? [];
  if (!host) return undefined;
  return { scheme: scheme && `${scheme.toLowerCase()}:`, host: host.toLowerCase(), port, path };
}

/** Of the page's own host, https is always allowed, if both have the default ports or the same. */
function isSelf(url: URL, page: URL): boolean {
  if (url.origin === page.origin && url.origin !== 'null') return true;
  const isSamePort = url.port === page.port;
  return (
    url.protocol === 'https:' && page.protocol === 'http:' && url.hostname === page.hostname && isSamePort
  );
}

/** A source that names http allows https as well. */
function matchesScheme(scheme: string, protocol: string): boolean {
  return scheme === protocol || isUpgrade(scheme, protocol);
}

function isUpgrade(scheme: string, protocol: string): boolean {
  return scheme === 'http:' && protocol === 'https:';
}

function matchesPlace(
  source: Source & { readonly host: string; readonly scheme: string },
  url: URL,
): boolean {
  const { host, port, path, scheme } = source;
  return matchesHost(host, url.hostname) && matchesPort(port, scheme, url) && matchesPath(path, url.pathname);
}

function matchesHost(host: string, hostname: string): boolean {
  if (host === '*') return true;
  return host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host;
}

/**
 * A source of http allows https on the default ports, or with `:*`. The standard allows it on the same port, too. Chromium does not, so
 * that a page fails there.
 */
function matchesPort(port: string | undefined, scheme: string, url: URL): boolean {
  if (port === '*') return true;
  const own = Number(DEFAULT_PORTS[url.protocol]);
  const asked = Number(url.port) || own;
  const allowed = port === undefined ? own : Number(port);
  if (!isUpgrade(scheme, url.protocol)) return asked === allowed;
  return asked === own && (allowed === own || allowed === 80);
}

/** Percent-encoding does not count, neither of a slash: browsers decode the whole path first. */
function matchesPath(path: string | undefined, pathname: string): boolean {
  if (!path) return true;
  const allowed = decode(path);
  const asked = decode(pathname);
  return allowed.endsWith('/') ? asked.startsWith(allowed) : asked === allowed;
}

/** Decodes byte by byte, as far as it can be decoded. */
function decode(path: string): string {
  return path.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
