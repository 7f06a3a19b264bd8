import { http, type RequestHandler } from 'msw';
import { SERVER_NAMES } from '../errors.ts';
import type { ServerName } from '../index.ts';
import { LINXO_PATHS } from './linxo/linxo-route.ts';
import type { Gateway } from './tokens.ts';
import type { Endpoint, IncomingRequest } from './widget-servers/endpoint.ts';

/** The routes of the sandbox for msw: in a service worker, in Node, or on a real port. */
export function createHandlers(
  baseUrl: string,
  endpoints: Readonly<Record<ServerName, Endpoint>>,
  gateway: Gateway,
  respondLinxo: (request: Request) => Promise<Response>,
): RequestHandler[] {
  const linxo = LINXO_PATHS.map((path) => http.all(baseUrl + path, ({ request }) => respondLinxo(request)));
  const widget = SERVER_NAMES.flatMap((server) => {
    const endpoint = endpoints[server];
    return [
      http.post(`${baseUrl}/${server}/execute`, async ({ request }) =>
        endpoint({ ...(await read(request)), token: request.headers.get('authToken'), via: 'page' }),
      ),
      http.post(`${baseUrl}/gateway/${server}`, async ({ request }) => {
        const incoming = await read(request);
        return gateway((token) => endpoint({ ...incoming, token, via: 'gateway' }));
      }),
    ];
  });
  return [...widget, ...linxo];
}

async function read(request: Request): Promise<Omit<IncomingRequest, 'token' | 'via'>> {
  const requestId = request.headers.get('x-request-id');
  const channel = new URL(request.url).searchParams.get('channel');
  return { body: await request.text(), requestId, channel, signal: request.signal };
}
