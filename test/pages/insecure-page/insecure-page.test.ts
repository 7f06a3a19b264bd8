import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { launch } from '../../engines/launch.ts';
import { type LocalServer, serveLocally } from '../../harness/local-server.ts';
import { useForSuite } from '../../harness/use-for-suite.ts';
import type { Outcome } from './page.ts';

const HOST = 'dev.bank.example';
const html = '<!doctype html><title>Bank</title><body><script type="module" src="/page.js"></script>';

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ['test/pages/insecure-page/page.ts'],
    bundle: true,
    format: 'esm',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

// WebKit's driver has no setting for the names of hosts.
describe.skipIf(engineUnderTest === 'webkit')(`a page over plain HTTP in ${engineUnderTest}`, () => {
  const getEngine = useForSuite(() => launch(engineUnderTest, { localHost: HOST }));
  /** The paths and the tokens of all requests but those for the page. */
  const requests: string[] = [];
  let server: LocalServer;

  beforeAll(async () => {
    const script = await bundle();
    server = await serveLocally(({ method, url = '', headers }, response) => {
      if (url === '/page.js') response.setHeader('content-type', 'text/javascript').end(script);
      else if (url.endsWith('favicon.ico')) response.writeHead(404).end();
      else if (url === '/') response.setHeader('content-type', 'text/html').end(html);
      else {
        requests.push(`${method} ${headers.host?.split(':')[0]}${url} ${headers['authtoken'] ?? 'no token'}`);
        if (url === '/linxo/queues/subscribe') response.writeHead(201, { location: '/queues/q1' }).end();
        else if (method === 'GET') response.setHeader('content-type', 'application/json').end('[]');
        else response.setHeader('content-type', 'application/json').end('{"ok":true}');
      }
    });
  });

  afterAll(() => server?.close());

  it('T1 S5 a relative address goes where the page came from, with one warning and one event', async () => {
    const { port } = new URL(server.url);
    const origin = `http://${HOST}:${port}`;
    const page = await getEngine().open(`${origin}/`);
    const outcome: Outcome = await page.waitFor('() => outcome');

    const expected: Outcome = {
      isSecureContext: false,
      warnings: 1,
      events: [{ origin }, { origin }],
      replies: [{ ok: true }, { ok: true }],
      refusals: [
        `http://other.bank.example:${port}`,
        `${origin}, the origin of this page, and allowInsecure is false`,
      ],
      queueId: 'q1',
    };
    expect(outcome).toEqual(expected);
    expect(await page.evaluate('() => frame')).toEqual(expected);
    const sent = requests.filter((request) => request.startsWith('POST') && !request.includes('linxo'));
    expect(sent).toEqual([
      ...Array(4).fill(`POST ${HOST}/api token-1`),
      `POST ${HOST}/moving no token`,
      `POST ${HOST}/moving no token`,
      `POST ${HOST}/moving no token`,
      `POST ${HOST}/whole no token`,
    ]);
    expect(await page.evaluate('() => strayed')).toBe(
      'a relative address, and the base address of this page leads it to https://cdn.example, another origin: give a whole one',
    );
  });
});
