import type { CorsOptions } from './linxo-options.ts';

/** The answer to a preflight request. */
export function preflightResponse(origin: string | null, cors: Required<CorsOptions>): Response {
  const headers = new Headers(allowedOrigin(origin, cors));
  if (headers.has('access-control-allow-origin')) {
    headers.set('access-control-allow-methods', 'GET, POST');
    headers.set('access-control-allow-headers', cors.allowedHeaders.join(', '));
    if (cors.maxAge !== false) headers.set('access-control-max-age', String(cors.maxAge));
  }
  return new Response(null, { status: 204, headers });
}

/** The headers that let a page of another origin read an answer. */
export function corsHeaders(origin: string | null, cors: Required<CorsOptions>): Record<string, string> {
  const headers = allowedOrigin(origin, cors);
  const exposed = cors.exposedHeaders.join(', ');
  return 'access-control-allow-origin' in headers && exposed
    ? { ...headers, 'access-control-expose-headers': exposed }
    : headers;
}

function allowedOrigin(origin: string | null, cors: Required<CorsOptions>): Record<string, string> {
  if (cors.origins.includes('*')) return { 'access-control-allow-origin': '*' };
  if (!origin || !cors.origins.includes(origin)) return { vary: 'origin' };
  return {
    vary: 'origin',
    'access-control-allow-origin': origin,
    ...(cors.credentials && { 'access-control-allow-credentials': 'true' }),
  };
}
