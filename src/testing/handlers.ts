import { http, type RequestHandler } from 'msw';
import type { ServerName } from '../index.ts';
import type { Arriving, Endpoint } from './endpoint.ts';
import type { Gateway } from './gateway.ts';
import { LINXO_PATHS } from './linxo/linxo-route.ts';
import { SERVER_NAMES } from './server-names.ts';

/** The routes of the sandbox, for any of msw's set-ups: a service worker, Node, or a real port. */
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
        const arriving = await read(request);
        return gateway((token) => endpoint({ ...arriving, token, via: 'gateway' }));
      }),
    ];
  });
  return [...widget, ...linxo];
}

async function read(request: Request): Promise<Omit<Arriving, 'token' | 'via'>> {
  const requestId = request.headers.get('x-request-id');
  const channel = new URL(request.url).searchParams.get('channel');
  return { body: await request.text(), requestId, channel, signal: request.signal };
}
