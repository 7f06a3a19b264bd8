import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { getResponse, HttpResponse, http } from 'msw';
import type { Sandbox } from '../../../src/testing/index.ts';
import { testing } from '../../docs/fixtures/built.ts';
import { type LocalServer, serveLocally } from '../../harness/local-server.ts';

/** A bank's own origin: its page, and below it the servers at the addresses that the docs name. */
export interface Bank extends LocalServer {
  readonly sandbox: Sandbox;
}

const types = new Map([
  ['.css', 'text/css'],
  ['.html', 'text/html'],
  ['.js', 'text/javascript'],
]);

/** @param folder The built page. */
export async function serveBank(folder: string): Promise<Bank> {
  const sandbox = testing.createSandbox({ seed: 7, baseUrl: 'http://bank.example/api', liveTokens: 100 });
  const handlers = [
    ...sandbox.handlers,
    http.post('*/session/token', () => HttpResponse.text(sandbox.issueToken())),
    http.post('*/session/access-token', () => HttpResponse.text(sandbox.issueAccessToken())),
  ];
  const server = await serveLocally(async (incoming, outgoing) => {
    const { method = 'GET', url = '/' } = incoming;
    const path = url.replace(/\?.*/, '').replace(/\/$/, '/index.html');
    const type = types.get(extname(path));
    const file = method === 'GET' && type && (await readFile(join(folder, path)).catch(() => undefined));
    if (file) return void outgoing.writeHead(200, { 'content-type': type }).end(file);
    const headers = new Headers(
      Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, `${value}`]),
    );
    // A page without a token has a gateway that adds it.
    if (!headers.has('authToken')) headers.set('authToken', sandbox.issueToken());
    const body = method === 'GET' || method === 'HEAD' ? null : await text(incoming);
    const request = new Request(`http://bank.example${url}`, { method, headers, body });
    const response = (await getResponse(handlers, request)) ?? new Response(null, { status: 404 });
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
  });
  return {
    url: server.url,
    sandbox,
    async close() {
      sandbox.close();
      await server.close();
    },
  };
}
