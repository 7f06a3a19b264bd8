import { http, type RequestHandler } from 'msw';
import type { ServerName } from '../index.ts';
import type { Endpoint } from './endpoint.ts';
import type { Gateway } from './gateway.ts';
import { SERVER_NAMES } from './server-names.ts';

/** The routes of the sandbox, for any of msw's set-ups: a service worker, Node, or a real port. */
export function createHandlers(
  baseUrl: string,
  endpoints: Readonly<Record<ServerName, Endpoint>>,
  gateway: Gateway,
): RequestHandler[] {
  return SERVER_NAMES.flatMap((server) => {
    const endpoint = endpoints[server];
    return [
      http.post(`${baseUrl}/${server}/execute`, async ({ request }) =>
        endpoint({ ...(await read(request)), token: request.headers.get('authToken'), via: 'page' }),
      ),
      http.post(`${baseUrl}/gateway/${server}`, async ({ request }) =>
        gateway(endpoint, await read(request)),
      ),
    ];
  });
}

async function read(
  request: Request,
): Promise<{ body: string; requestId: string | null; signal: AbortSignal }> {
  const requestId = request.headers.get('x-request-id');
  return { body: await request.text(), requestId, signal: request.signal };
}
