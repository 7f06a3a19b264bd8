import { refusalResponse } from './answers.ts';
import { isLoopback } from './host-names.ts';

/**
 * Whether a request comes from a page of this server, or from no page. Routes that issue tokens or change something must
 * check it, like the session endpoint of a bank: a cookie alone does not protect against other sites.
 */
export function isSameOrigin({ headers }: Request): boolean {
  // Set by the browser. Scripts cannot change it.
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = headers.get('origin');
  if (origin === null) return true;
  return URL.canParse(origin) && new URL(origin).host === headers.get('host');
}

/**
 * The origin of a page on another port of this machine, such as a development server: with a loopback name, or with the name
 * that the request was sent to, which the server has checked before.
 */
export function neighbourOrigin({ headers, url }: Request): string | undefined {
  const origin = headers.get('origin');
  if (origin === null || !URL.canParse(origin)) return undefined;
  const { protocol, hostname } = new URL(origin);
  const isNeighbour = isLoopback(hostname) || hostname === new URL(url).hostname;
  return ['http:', 'https:'].includes(protocol) && isNeighbour ? origin : undefined;
}

/** Allows a page on another port of this machine everything that a page of the same origin may do. */
export function withCors(origin: string, response: Response): Response {
  if (response.type === 'error') return response;
  const headers = {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'location, retry-after, date',
    vary: 'origin',
  };
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

export function isPreflight({ method, headers }: Request): boolean {
  return method === 'OPTIONS' && headers.has('access-control-request-method');
}

/** Allows any request header: pages add some for CSRF, signing or tracing. */
export function preflightAnswer({ headers }: Request): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-methods': 'GET, POST, DELETE',
      'access-control-allow-headers': headers.get('access-control-request-headers') ?? '',
      'access-control-max-age': '600',
    },
  });
}

const MAX_ORIGIN = 100;

/** Refuses a request of a foreign page, with a hint for the developer. */
export function refuseForeignOrigin(request: Request): Response {
  const hint = neighbourOrigin(request)
    ? 'Omit --no-cors, or set the option cors.'
    : 'If the page is yours, let its server forward the request as a proxy that keeps the Host header, and ' +
      'allow that name: --allowed-host, or the option allowedHosts.';
  return refusalResponse(403, `Pages ${originOf(request)} may not do this. ${hint}`);
}

function originOf({ headers }: Request): string {
  const given = headers.get('origin') ?? '';
  if (given === 'null') return 'without an origin';
  const origin = URL.canParse(given) ? new URL(given).origin : 'null';
  return origin === 'null' || origin.length > MAX_ORIGIN ? 'of another origin' : `of ${origin}`;
}
