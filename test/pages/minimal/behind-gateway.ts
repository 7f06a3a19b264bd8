import { readFile } from 'node:fs/promises';
import { startServer } from '../../../examples/sandbox/server.js';
import { testing } from '../../docs/fixtures/built.ts';
import type { Engine } from '../../engines/engine.ts';
import { serveLocally } from '../../harness/local-server.ts';
import { documentedExample } from '../gateway/documented.ts';
import { serve } from '../gateway/serve.ts';
import type { MinimalPage } from './minimal-page.ts';

const FOLDER = 'examples/minimal/vanilla';

/** The vanilla example, unchanged but for the address of a gateway on another origin. */
export async function openBehindGateway(engine: Engine): Promise<MinimalPage> {
  const sandbox = testing.createSandbox({ linxo: { readHeaders: {} } });
  const gateway = await serveLocally((request, response) => {
    if (!allow(request, response)) void serve(sandbox.handlers, request, response);
  });
  const env = { BANKSIDE_PSERVER_URL: `${gateway.url}/pserver/execute`, BANKSIDE_AUTH: 'gateway' };
  const files = await startServer({ port: 0, env, pageFolder: FOLDER });

  async function answer(path: string): Promise<Response> {
    if (path === '/session/token') return new Response(sandbox.issueToken());
    if (path === '/session/access-token') return new Response(sandbox.issueAccessToken());
    if (path !== '/bank.js') return fetch(files.url + path);
    const code = await readFile(`${FOLDER}/bank.js`, 'utf8');
    const headers = { 'content-type': 'text/javascript' };
    return new Response(code.replace("gateway = ''", `gateway = '${gateway.url}'`), { headers });
  }

  const own = await serveLocally(async ({ url = '/' }, outgoing) => {
    const response = await answer(url);
    for (const name of ['content-type', 'content-security-policy'])
      outgoing.setHeader(name, response.headers.get(name) ?? '');
    outgoing.writeHead(response.status).end(await response.text());
  });
  const allow = await documentedExample(own.url);
  const page = await engine.open(own.url);
  return {
    page,
    sandbox,
    async close() {
      await page.close();
      sandbox.close();
      await Promise.all([own, gateway, files].map((server) => server.close()));
    },
  };
}
