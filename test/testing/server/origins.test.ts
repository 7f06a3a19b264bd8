import { type IncomingMessage, request } from 'node:http';
import { beforeAll, expect, test } from 'vitest';
import { type SandboxServer, startSandboxServer } from '../../../src/testing/server/index.ts';
import { serving } from './fixtures/serving.ts';

const NEIGHBOUR = 'http://localhost:5173';
const TOPICS = '{"topics":["connections"]}';

type Ask = (path: string, init?: RequestInit, origin?: string) => Promise<Response>;

/** Calls a server like a page of another origin. */
function asking({ url }: SandboxServer): Ask {
  return (path, init = {}, origin = NEIGHBOUR) =>
    fetch(url + path, {
      ...init,
      headers: { origin, 'sec-fetch-site': 'cross-site', ...init.headers } as Record<string, string>,
    });
}

let ask: Ask;
let onAllAddresses: SandboxServer;

// One server for all tests that do not change it.
beforeAll(async () => {
  const server = await startSandboxServer({ port: 0 });
  onAllAddresses = await startSandboxServer({
    port: 0,
    host: '0.0.0.0',
    allowedHosts: ['dev.bank.example'],
  });
  ask = asking(server);
  return () => Promise.all([server.close(), onAllAddresses.close()]);
});

function allowed({ headers }: Response): string | null {
  return headers.get('access-control-allow-origin');
}

test.each([NEIGHBOUR, 'http://127.0.0.1:3000', 'https://[::1]:8443', 'http://app.localhost'])(
  'a page of %s may do the same as a page of the same origin',
  async (origin) => {
    const response = await ask('/session/token', { method: 'POST' }, origin);
    expect([response.status, allowed(response)]).toEqual([200, origin]);
    const authToken = await response.text();

    const init = { method: 'POST', headers: { authToken }, body: '{"type":"getInsights"}' };
    const answer = await ask('/pserver/execute', init, origin);
    expect([answer.status, allowed(answer)]).toEqual([200, origin]);
    expect(answer.headers.get('vary')).toBe('origin');
    expect(allowed(await ask('/nothing', {}, origin))).toBe(origin);
  },
);

test.each([
  'https://evil.example',
  'http://localhost.evil.example',
  'http://127.evil.example',
  'null',
  'http://192.168.0.7',
])('a page of %s may not', async (origin) => {
  const response = await ask('/session/token', { method: 'POST' }, origin);
  expect([response.status, allowed(response)]).toEqual([403, null]);
  const preflight = { method: 'OPTIONS', headers: { 'access-control-request-method': 'POST' } };
  expect(allowed(await ask('/pserver/execute', preflight, origin))).toBeNull();
});

test.each([
  ['https://evil.example', 'Pages of https://evil.example may not do this'],
  ['null', 'Pages without an origin may not do this'],
  [`https://${'x'.repeat(5_000)}.example`, 'Pages of another origin may not do this'],
])('a page of %s gets a hint', async (origin, why) => {
  const words = await (await ask('/session/token', { method: 'POST' }, origin)).text();
  expect(words).toContain(why);
  expect(words).toContain('proxy');
  expect(words.length).toBeLessThan(500);
});

test('without cors, a page of another port gets a hint to the option', async () => {
  const ask = asking(await serving({ cors: false }));
  expect(await (await ask('/session/token', { method: 'POST' })).text()).toContain('--no-cors');
});

test.each([
  ['192.168.0.7:4173', 'http://192.168.0.7:5173', 200],
  ['10.0.2.2:4173', 'http://10.0.2.2:5173', 200],
  ['dev.bank.example:4173', 'http://DEV.bank.example:5173', 200],
  ['[2001:db8::1]:4173', 'http://[2001:db8::1]:5173', 200],
  ['192.168.0.7:4173', 'http://192.168.0.8:5173', 403],
  ['dev.bank.example:4173', 'http://evil.dev.bank.example', 403],
  ['dev.bank.example:4173', 'http://bank.example', 403],
  ['dev.bank.example:4173', 'ftp://dev.bank.example', 403],
])('with the host %s, a page of %s gets %i', async (host, origin, status) => {
  const headers = { host, origin };
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request(
      { host: '127.0.0.1', port: onAllAddresses.port, path: '/session/token', method: 'POST', headers },
      resolve,
    )
      .on('error', reject)
      .end();
  });
  const { statusCode, headers: received } = (await answered).resume();
  expect(statusCode).toBe(status);
  expect(received['access-control-allow-origin']).toBe(status === 200 ? origin : undefined);
});

test('a preflight is answered, whatever headers the page adds', async () => {
  const headers = {
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authtoken,content-type,x-csrf',
  };
  for (const path of ['/pserver/execute', '/linxo/queues/subscribe', '/sandbox/faults']) {
    const { status, headers: answer } = await ask(path, { method: 'OPTIONS', headers });
    expect(status).toBe(204);
    expect(Object.fromEntries(answer)).toMatchObject({
      'access-control-allow-origin': NEIGHBOUR,
      'access-control-allow-headers': 'authtoken,content-type,x-csrf',
      'access-control-allow-methods': 'GET, POST, DELETE',
      'access-control-max-age': '600',
    });
  }
});

test('Location may be read', async () => {
  const accessToken = await (await ask('/session/access-token', { method: 'POST' })).text();
  const headers = { authorization: `Bearer ${accessToken}` };
  const response = await ask('/linxo/queues/subscribe', { method: 'POST', headers, body: TOPICS });
  expect(response.status).toBe(201);
  expect(response.headers.get('access-control-expose-headers')).toBe('location, retry-after, date');
});

test('a network error also applies to them', async () => {
  await ask('/sandbox/faults', { method: 'POST', body: '{"kind":"network"}' });
  await expect(ask('/gateway/pserver', { method: 'POST', body: '{"type":"getInsights"}' })).rejects.toThrow();
});

test('without cors they are refused', async () => {
  const ask = asking(await serving({ cors: false }));
  const response = await ask('/session/token', { method: 'POST' });
  expect([response.status, allowed(response)]).toEqual([403, null]);
});

test('the event queue’s own CORS rules take priority', async () => {
  const ask = asking(
    await serving({ sandbox: { linxo: { cors: { origins: ['https://www.bank.example'] } } } }),
  );
  expect(allowed(await ask('/linxo/connections'))).toBeNull();
  expect(allowed(await ask('/session/token', { method: 'POST' }))).toBe(NEIGHBOUR);
});
