import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type RunningServer, startServer } from '../../../examples/sandbox/server.js';

export interface CrossOriginBank {
  readonly url: string;
  /** Of each request that was let through, its path and the headers that the bank gave leave for. */
  readonly requests: readonly { path: string; bankId: string | undefined; hasToken: boolean }[];
  close(): Promise<void>;
}

/**
 * A bank's own servers, at another origin than its page. They allow the headers that the documents name, and no other: a page that
 * sent more would not get past the browser.
 */
export async function startCrossOriginBank(): Promise<CrossOriginBank> {
  const inner = await startServer({ port: 0, env: {} });
  const requests: { path: string; bankId: string | undefined; hasToken: boolean }[] = [];

  const server = createServer(async (request, response) => {
    response.setHeader('access-control-allow-origin', request.headers.origin ?? '');
    response.setHeader('access-control-allow-credentials', 'true');
    if (request.method === 'OPTIONS') return allow(response);
    const { authtoken, bankid } = request.headers;
    requests.push({
      path: request.url ?? '',
      bankId: bankid?.toString(),
      hasToken: authtoken !== undefined,
    });
    const body = request.url === '/token' ? issueToken(inner) : await answer(inner, request);
    response.setHeader('content-type', 'application/json').end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await inner.close();
    },
  };
}

function allow(response: ServerResponse): void {
  response.setHeader('access-control-allow-headers', 'authToken, bankId, content-type');
  response.writeHead(204).end();
}

function issueToken({ sandbox }: RunningServer): string {
  return sandbox?.issueToken() ?? '';
}

async function answer({ url }: RunningServer, request: IncomingMessage): Promise<string> {
  const authToken = request.headers['authtoken']?.toString() ?? '';
  const headers = { 'content-type': 'application/json', authToken };
  const response = await fetch(url + request.url, { method: 'POST', headers, body: await text(request) });
  return response.text();
}
