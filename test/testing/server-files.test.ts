import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { RunningServer, ServerOptions } from '../../examples/sandbox/server.js';
import { send, serving } from './serving.ts';

const IMPORT_MAP = '\n{ "imports": { "bankside": "/packages/bankside/bankside.min.js" } }\n';

/** A page folder with something to reach, and something beside it that must not be reached. */
async function pageFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'page-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const page = join(folder, 'page');
  await mkdir(join(page, 'styles'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(page, 'index.html'), `<!doctype html><script type="importmap">${IMPORT_MAP}</script>`);
  await writeFile(join(page, 'main.js'), 'export {};');
  await writeFile(join(page, 'styles', 'page.css'), 'body {}');
  await writeFile(join(page, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(page, 'crème brûlée.txt'), 'é');
  await writeFile(join(page, '.env'), 'secret');
  await writeFile(join(page, '.hidden.json'), 'secret');
  await writeFile(join(page, 'unknown.exe'), 'secret');
  await symlink(join(folder, 'secret.txt'), join(page, 'link.txt'));
  return page;
}

async function servingPage(options: ServerOptions = {}): Promise<RunningServer> {
  return serving({ pageFolder: await pageFolder(), ...options });
}

test.each([
  ['/', 'text/html; charset=utf-8'],
  ['/index.html?query=1', 'text/html; charset=utf-8'],
  ['/main.js', 'text/javascript; charset=utf-8'],
  ['/styles/page.css', 'text/css; charset=utf-8'],
  ['/icon.svg', 'image/svg+xml; charset=utf-8'],
  ['/cr%C3%A8me%20br%C3%BBl%C3%A9e.txt', 'text/plain; charset=utf-8'],
])('%s is served as %s', async (path, type) => {
  const { status, headers, body } = await send(await servingPage(), path);

  expect(status).toBe(200);
  expect(headers['content-type']).toBe(type);
  expect(headers['content-length']).toBe(String(Buffer.byteLength(body)));
});

test('HEAD has the headers of GET, and no body', async () => {
  const server = await servingPage();

  const { status, headers, body } = await send(server, '/main.js', { method: 'HEAD' });

  expect(status).toBe(200);
  expect(headers).toMatchObject({ 'content-length': '10', 'content-type': 'text/javascript; charset=utf-8' });
  expect(body).toBe('');
});

test.each([
  '/../secret.txt',
  '/styles/../../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/styles/..%2f..%2fsecret.txt',
  '/..%5csecret.txt',
  '/..\\secret.txt',
  '//etc/hosts',
  '/link.txt',
  '/.env',
  '/.hidden.json',
  '/%2ehidden.json',
  '/styles%2fpage.css',
  '/unknown.exe',
  '/main.js%00.txt',
  '/%ff',
  '/styles',
  '/styles/',
  '/nothing.html',
  '/packages/bankside/../../package.json',
  '/packages/bankside/..%2f..%2fpackage.json',
  '/packages/mitt/mitt.mjs',
  '/packages/typescript/lib/typescript.js',
  '/packages/ky/',
  '/packages/__proto__/x.js',
])('%s is not found', async (path) => {
  const { status, headers, body } = await send(await servingPage(), path);

  expect(status).toBe(404);
  expect(headers['content-type']).toBe('application/json; charset=utf-8');
  expect(body).not.toContain('secret');
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

test('the page’s policy is strict, and lets in its import map by the hash', async () => {
  const { headers } = await send(await servingPage(), '/');

  const hash = createHash('sha256').update(IMPORT_MAP).digest('base64');
  expect(headers['content-security-policy']).toBe(
    [
      "default-src 'self'",
      `script-src 'self' 'sha256-${hash}'`,
      "connect-src 'self'",
      "base-uri 'none'",
      "object-src 'none'",
      "frame-ancestors 'self'",
      "form-action 'self'",
      "require-trusted-types-for 'script'",
    ].join('; '),
  );
});

test('the hash is that of the text as a browser reads it, with line feeds alone', async () => {
  const page = await pageFolder();
  const html = `<script type="importmap">${IMPORT_MAP}</script>`.replaceAll('\n', '\r\n');
  await writeFile(join(page, 'index.html'), html);

  const { headers, body } = await send(await serving({ pageFolder: page }), '/');

  const hash = createHash('sha256').update(IMPORT_MAP).digest('base64');
  expect(headers['content-security-policy']).toContain(`'sha256-${hash}'`);
  expect(body).toBe(html);
});

test('the policy lets the page reach the origins of real end points, and no others', async () => {
  const server = await servingPage({
    env: {
      BANKSIDE_PSERVER_URL: 'https://insights.bank.example/pserver/execute?tenant=1',
      BANKSIDE_ENRICH_URL: 'https://insights.bank.example:8443/execute',
      BANKSIDE_OB_URL: '/ob',
      BANKSIDE_TOKEN_URL: 'https://www.bank.example/token',
    },
  });

  const { headers } = await send(server, '/');

  expect(headers['content-security-policy']).toContain(
    "; connect-src 'self' https://insights.bank.example https://insights.bank.example:8443 https://www.bank.example; ",
  );
});

test('only pages carry a policy', async () => {
  const { headers } = await send(await servingPage(), '/main.js');

  expect(headers).not.toHaveProperty('content-security-policy');
});
