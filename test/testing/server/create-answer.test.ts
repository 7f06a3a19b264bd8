import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { type SandboxServer, startSandboxServer } from '../../../src/testing/server/index.ts';
import { send } from '../../harness/send.ts';
import { command, freshToken, serving } from './fixtures/serving.ts';

let server: SandboxServer;

// One server for all tests that do not change it.
beforeAll(async () => {
  const pages = ({ url }: Request) => (url.endsWith('/page') ? new Response('A page') : undefined);
  server = await startSandboxServer({ port: 0, cors: false, pages });
  return () => server.close();
});

test('it listens only on this machine, and returns its address', async () => {
  expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
  expect(server.port).toBeGreaterThan(0);
});

test('the session issues tokens that the servers accept', async () => {
  const response = await command(server, { type: 'getNumberOfInsights' });

  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ ok: true, numberOfInsights: 6, unread: 4 });
  expect(await freshToken(server)).not.toBe(await freshToken(server));
});

test.each(['pserver', 'enrich', 'ob'])(
  '%s refuses a request without a token; its gateway does not',
  async (name) => {
    const init = { method: 'POST', body: '{"type":"unheard-of"}' };

    expect((await fetch(`${server.url}/${name}/execute`, init)).status).toBe(401);
    expect((await fetch(`${server.url}/gateway/${name}`, init)).status).toBe(404);
  },
);

test('text of all scripts arrives unchanged', async () => {
  const body = JSON.stringify({ type: 'getFinancialInstitutions', query: 'žÓłw' });
  const response = await fetch(`${server.url}/gateway/ob`, { method: 'POST', body });

  expect((await response.json()).institutions).toMatchObject([{ name: 'Bank Żółwik i Spółka' }]);
});

test('the log has the requests, without tokens, and can be cleared', async () => {
  const server = await serving();
  await command(server, { type: 'getInsights' }, { headers: { 'x-request-id': 'page.1' } });

  const log = await (await fetch(`${server.url}/sandbox/log`)).text();

  expect(JSON.parse(log)).toMatchObject([
    { type: 'getInsights', requestId: 'page.1', token: 'good', status: 200 },
  ]);
  expect(log).not.toContain('sandbox-');
  expect((await fetch(`${server.url}/sandbox/log`, { method: 'DELETE' })).status).toBe(200);
  expect(await (await fetch(`${server.url}/sandbox/log`)).json()).toEqual([]);
});

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
  ['another port of this machine', { 'sec-fetch-site': 'same-site' }, 403],
  ['the same origin', { 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:1' }, 200],
  ['another origin, in an older browser', { origin: 'https://evil.example' }, 403],
  ['an opaque origin', { origin: 'null' }, 403],
  ['no page', {}, 200],
])('a token for %s', async (_who, headers, status) => {
  expect((await send(server, '/session/token', { method: 'POST', headers })).status).toBe(status);
});

test('an older browser’s page of the same origin gets a token', async () => {
  const { status } = await send(server, '/session/token', {
    method: 'POST',
    headers: { origin: server.url },
  });

  expect(status).toBe(200);
});

test.each([
  ['POST', '/gateway/pserver'],
  ['POST', '/pserver/execute'],
  ['POST', '/sandbox/faults'],
  ['DELETE', '/sandbox/faults'],
  ['DELETE', '/sandbox/log'],
  ['POST', '/sandbox/synchronisations'],
  ['POST', '/sandbox/challenge-answers'],
  ['DELETE', '/sandbox/queues'],
  ['POST', '/sandbox/clock'],
  ['POST', '/session/access-token'],
  ['POST', '/gateway/linxo/queues/subscribe'],
  ['GET', '/gateway/linxo/connections'],
])('%s %s is refused to pages of other origins', async (method, path) => {
  const { status } = await send(server, path, {
    method,
    headers: { origin: 'https://evil.example' },
    body: method === 'POST' ? '{}' : '', // for other methods, Node sends the body without a length
  });

  expect(status).toBe(403);
});

test('a wrong method gets the allowed ones', async () => {
  expect(await send(server, '/session/token')).toMatchObject({ status: 405, headers: { allow: 'POST' } });
  expect(await send(server, '/sandbox/faults')).toMatchObject({
    status: 405,
    headers: { allow: 'POST, DELETE' },
  });
  expect(await send(server, '/nothing', { method: 'POST' })).toMatchObject({
    status: 405,
    headers: { allow: 'GET, HEAD' },
  });
});

test.each(['/pserver/execute', '/gateway/ob'])('%s refuses a body that is too large', async (path) => {
  const response = await fetch(server.url + path, { method: 'POST', body: `"${'x'.repeat(1_000_000)}"` });

  expect(response.status).toBe(413);
});

test('a request without a path is refused', async () => {
  expect((await send(server, 'http://other.example/', {})).status).toBe(400);
});

test('answers forbid caching and sniffing', async () => {
  for (const path of ['/sandbox/log', '/page', '/nothing']) {
    expect((await send(server, path)).headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
    });
  }
});

test('pages can be served with the sandbox, or without it', async () => {
  const pages = ({ url }: Request) => (url.endsWith('/page') ? new Response('A page') : undefined);
  const alone = await startSandboxServer({ port: 0, sandbox: false, pages });
  onTestFinished(() => alone.close());
  const beside = await serving({ pages });
  for (const { url } of [alone, beside]) {
    expect(await (await fetch(`${url}/page`)).text()).toBe('A page');
    expect((await fetch(`${url}/other`)).status).toBe(404);
  }
  expect((await fetch(`${beside.url}/sandbox/log`)).status).toBe(200);
  expect((await fetch(`${alone.url}/sandbox/log`)).status).toBe(404);
  expect(alone.sandbox).toBeUndefined();
});
