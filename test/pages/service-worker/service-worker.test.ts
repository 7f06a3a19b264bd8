import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { launch } from '../../engines/launch.ts';
import { ObservedServer } from '../../engines/observed-server.ts';
import { type LocalServer, serveLocally } from '../../harness/local-server.ts';
import { bundlePage } from './bundle.ts';

const html = '<!doctype html><title>Bank</title><script type="module" src="/page.js"></script>';

/** The file that `npx msw init` puts into the folder that a bank serves. */
function workerOfMsw(): string {
  const folder = mkdtempSync(join(tmpdir(), 'public-'));
  execFileSync(process.execPath, [resolve('node_modules/msw/cli/index.js'), 'init', folder, '--no-save']);
  const script = readFileSync(join(folder, 'mockServiceWorker.js'), 'utf8');
  rmSync(folder, { recursive: true });
  return script;
}

describe(`the sandbox in a service worker of ${engineUnderTest}`, () => {
  let server: LocalServer;
  let observed: ObservedServer;
  let engine: Engine;

  beforeAll(async () => {
    const scripts: Record<string, string> = {
      '/page.js': await bundlePage(),
      '/mockServiceWorker.js': workerOfMsw(),
    };
    server = await serveLocally(({ method, url = '' }, response) => {
      const script = scripts[url];
      response.setHeader('content-security-policy', "default-src 'self'");
      if (script) response.setHeader('content-type', 'text/javascript').end(script);
      else if (method === 'GET' && url === '/') response.setHeader('content-type', 'text/html').end(html);
      else response.writeHead(404).end();
    });
    observed = await ObservedServer.start(server.url);
    engine = await launch(engineUnderTest);
  });

  afterAll(async () => {
    await engine?.close();
    await observed?.close();
    await server?.close();
  });

  it('answers a bridge and a poller, and none of their requests reaches a server', async () => {
    const page = await engine.open(observed.url);
    const outcome = await page.waitFor('() => outcome');

    const counted = expect.objectContaining({ ok: true, numberOfInsights: 6, unread: 4 });
    expect(outcome).toEqual({
      replies: [counted, counted, { ok: false, status: '600', statusMessage: expect.any(String) }],
      log: [
        'getNumberOfInsights good 200 no fault',
        'getNumberOfInsights good 401 stale-token',
        'getNumberOfInsights good 200 no fault',
        'getNumberOfInsights good 200 garbage',
      ],
      result: 'success',
      events: expect.arrayContaining(['SYNC_ALL_STARTED', 'LIST_ACCOUNTS', 'SYNC_ALL_SUCCESS']),
    });
    const requested = new Set(observed.requests.map(({ method, path }) => `${method} ${path}`));
    requested.delete('GET /favicon.ico');
    expect(requested).toEqual(new Set(['GET /', 'GET /page.js', 'GET /mockServiceWorker.js']));
  });
});
