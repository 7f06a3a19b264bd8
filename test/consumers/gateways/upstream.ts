import type { RequestListener } from 'node:http';

/** What a page gets if it sends this token. */
export const TOKEN = 'token-of-the-user';

/** JSON of a size that is worth compressing. */
const events = JSON.stringify(Array.from({ length: 100 }, (_, id) => ({ id, type: 'connection.updated' })));

/**
 * A server behind a gateway, as gateways meet them: it refuses preflights, has other ideas of CORS and of caches, and says so in
 * headers. The status of its answer is in the path.
 */
export const upstream: RequestListener = (request, response) => {
  const status = Number(/\d{3}/.exec(request.url ?? '')?.[0] ?? 200);
  const isAllowed = request.headers['authtoken'] === TOKEN && request.method !== 'OPTIONS';
  request.resume().once('end', () => {
    response.setHeader('Access-Control-Allow-Origin', 'https://other.example');
    response.setHeader('Access-Control-Expose-Headers', 'x-request-id');
    response.setHeader('Access-Control-Max-Age', '0');
    response.setHeader('Cache-Control', 'max-age=60');
    response.setHeader('Location', '/queues/abc');
    response.setHeader('Content-Type', 'application/json');
    if (request.url?.endsWith('/wait')) response.setHeader('Retry-After', '7');
    response.writeHead(isAllowed ? status : 401).end(status === 200 ? events : undefined);
  });
};
