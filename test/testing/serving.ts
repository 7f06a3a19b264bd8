import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { type RunningServer, type ServerOptions, startServer } from '../../examples/sandbox/server.js';

/** Starts the server on any free port, with nothing of this machine's environment, for as long as the test runs. */
export async function serving(options: ServerOptions = {}): Promise<RunningServer> {
  const server = await startServer({ port: 0, env: {}, ...options });
  onTestFinished(() => server.close());
  return server;
}

export interface RawResponse {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A request whose path and headers go out as they are: `fetch` mends the one, and forbids some of the others. */
export function send(
  server: RunningServer,
  path: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: server.port, path, method, headers, agent: false })
      .on('response', async (response) => {
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, body: await text(response) });
      })
      .on('error', reject)
      .end(body);
  });
}

export async function freshToken(server: RunningServer): Promise<string> {
  const { authToken } = await (await fetch(`${server.url}/session/token`, { method: 'POST' })).json();
  return authToken;
}

/** Sends a command with a fresh token. */
export async function command(
  server: RunningServer,
  body: object,
  init: RequestInit = {},
): Promise<Response> {
  const authToken = await freshToken(server);
  const headers = { authToken, 'content-type': 'application/json', ...init.headers };
  return fetch(`${server.url}/pserver/execute`, {
    method: 'POST',
    body: JSON.stringify(body),
    ...init,
    headers,
  });
}

export async function spoil(server: RunningServer, fault: object): Promise<void> {
  const response = await fetch(`${server.url}/sandbox/faults`, {
    method: 'POST',
    body: JSON.stringify(fault),
  });
  if (!response.ok) throw new Error(await response.text());
}
