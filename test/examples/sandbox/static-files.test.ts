import { beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '../../../examples/sandbox/server.js';
import { startServer } from '../../../examples/sandbox/server.js';
import { send } from '../../harness/send.ts';
import { canLink, makePageFolder } from './fixtures/page-folder.ts';

let server: RunningServer;

beforeAll(async () => {
  const { page, remove } = await makePageFolder();
  server = await startServer({ port: 0, env: {}, pageFolder: page });
  return async () => {
    await server.close();
    await remove();
  };
});

test.each([
  ['/', 'text/html; charset=utf-8'],
  ['/index.html?query=1', 'text/html; charset=utf-8'],
  ['/main.js', 'text/javascript; charset=utf-8'],
  ['/styles/page.css', 'text/css; charset=utf-8'],
  ['/icon.svg', 'image/svg+xml; charset=utf-8'],
  ['/cr%C3%A8me%20br%C3%BBl%C3%A9e.txt', 'text/plain; charset=utf-8'],
])('%s is served as %s', async (path, type) => {
  const { status, headers, body } = await send(server, path);

  expect(status).toBe(200);
  expect(headers['content-type']).toBe(type);
  expect(headers['content-length']).toBe(String(Buffer.byteLength(body)));
});

test('HEAD has the headers of GET, and no body', async () => {
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
  ...(canLink ? ['/link.txt'] : []),
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
  const { status, headers, body } = await send(server, path);

  expect(status).toBe(404);
  expect(headers['content-type']).toBe('application/json; charset=utf-8');
  expect(body).not.toContain('secret');
});
