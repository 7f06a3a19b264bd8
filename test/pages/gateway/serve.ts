import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { getResponse, type RequestHandler } from 'msw';

/** Answers as a server behind a gateway, without CORS headers. A broken connection stays broken. */
export async function serve(
  handlers: RequestHandler[],
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { method = 'GET', url = '/' } = incoming;
  const headers = new Headers(
    Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, `${value}`]),
  );
  const body = method === 'GET' ? null : await buffer(incoming);
  const request = new Request(`http://servers.localhost${url}`, { method, headers, body });
  const response = (await getResponse(handlers, request)) ?? new Response(null, { status: 404 });
  if (response.type === 'error') {
    outgoing.destroy();
    return;
  }
  outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
}
