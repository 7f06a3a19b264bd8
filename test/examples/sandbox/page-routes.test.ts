import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { send } from '../../harness/send.ts';
import { serving } from './fixtures/serving.ts';

/** Folders of pages that say their own name. */
async function pages<N extends string>(...names: readonly N[]): Promise<Record<N, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'pages-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const made: [string, string][] = [];
  for (const name of names) {
    const page = join(folder, name);
    await mkdir(page);
    await writeFile(join(page, 'index.html'), `<!doctype html>${name}`);
    await writeFile(join(page, 'name.txt'), name);
    made.push([name, page]);
  }
  return Object.fromEntries(made) as Record<N, string>;
}

test('several pages are served, each below its own place', async () => {
  const { home, react } = await pages('home', 'react');
  const server = await serving({ pageFolder: home, otherPages: { '/react/': react } });

  for (const [path, body] of [
    ['/', '<!doctype html>home'],
    ['/name.txt', 'home'],
    ['/react/', '<!doctype html>react'],
    ['/react/name.txt', 'react'],
  ] as const)
    expect(await send(server, path)).toMatchObject({ status: 200, body });
  expect((await send(server, '/react/')).headers['content-security-policy']).toContain("default-src 'self'");
  for (const path of ['/reactname.txt', '/react/../home/name.txt', '/react/..%2fhome/name.txt'])
    expect(await send(server, path)).toMatchObject({ status: 404 });
});

test('what the pages share is served beside any page', async () => {
  const { home } = await pages('home');
  const server = await serving({ pageFolder: home });

  const { status, headers } = await send(server, '/shared/widget/personetics.js');
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
});

test('the files of the import map are served from where the package was built', async () => {
  const server = await serving();

  const { body: page } = await send(server, '/');
  const [, map = ''] = /<script type="importmap">([^<]*)</.exec(page) ?? [];
  const { imports } = JSON.parse(map) as { imports: Record<string, string> };
  expect(imports['bankside']).toBe('/packages/bankside/bankside.min.js');
  for (const path of Object.values(imports)) {
    const { status, headers, body } = await send(server, path);
    expect([path, status]).toEqual([path, 200]);
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(body).toContain('export');
  }
});

test('a favicon that nobody asked for is no error', async () => {
  expect((await send(await serving(), '/favicon.ico')).status).toBe(204);
});

test('config.json names the sandbox’s routes', async () => {
  const { url } = await serving();

  expect(await (await fetch(`${url}/config.json`)).json()).toEqual({
    endpoints: { pserver: '/pserver/execute', enrich: '/enrich/execute', ob: '/ob/execute' },
    tokenUrl: '/session/token',
    queue: { baseUrl: '/linxo', tokenUrl: '/session/access-token' },
    headers: {},
    sandbox: true,
  });
});

test('nothing of it may be stored or sniffed', async () => {
  const server = await serving();

  for (const path of ['/config.json', '/index.html', '/packages/bankside/index.js']) {
    expect((await send(server, path)).headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
    });
  }
});
