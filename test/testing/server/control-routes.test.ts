import { expect, test } from 'vitest';
import type { LinxoEvent } from '../../../src/testing/index.ts';
import type { SandboxServer } from '../../../src/testing/server/index.ts';
import { send } from '../../harness/send.ts';
import { serving, spoil } from './fixtures/serving.ts';

const TOPICS = '{"topics":["connections"]}';
const PAGE = 'https://www.bank.example';

async function accessTo(server: SandboxServer): Promise<Record<string, string>> {
  const response = await fetch(`${server.url}/session/access-token`, { method: 'POST' });
  return { authorization: `Bearer ${await response.text()}` };
}

async function subscribe(server: SandboxServer, headers: Record<string, string>): Promise<string> {
  const init = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: TOPICS };
  const response = await fetch(`${server.url}/linxo/queues/subscribe`, init);
  expect(response.status).toBe(201);
  return `${server.url}/linxo${response.headers.get('location')}`;
}

function order(server: SandboxServer, path: string, body: object): Promise<Response> {
  return fetch(server.url + path, { method: 'POST', body: JSON.stringify(body) });
}

async function sync(server: SandboxServer, body: object): Promise<string> {
  const response = await order(server, '/sandbox/synchronisations', body);
  expect(response.status).toBe(201);
  return (await response.json()).connectionId;
}

test('a requested synchronisation puts events into the queue', async () => {
  const server = await serving();
  const headers = await accessTo(server);
  const queue = await subscribe(server, headers);
  expect((await fetch(queue, { headers })).status).toBe(204);

  const connectionId = await sync(server, { name: 'Kaasmolen Bank', scenario: 'credentials-refused' });
  await order(server, '/sandbox/clock', { ms: 60_000 });

  const events: LinxoEvent[] = await (await fetch(queue, { headers })).json();
  expect(events.map(({ event_type }) => event_type)).toContain('AUTH_FAILED');
  const response = await fetch(`${server.url}/linxo/connections/${connectionId}`, { headers });
  expect(await response.json()).toMatchObject({ id: connectionId, name: 'Kaasmolen Bank', status: 'FAILED' });
});

test('a known connection is synchronised again; an unknown id creates one', async () => {
  const server = await serving();

  const id = await sync(server, { connectionId: 'mine' });
  expect(id).toBe('mine');
  expect(await sync(server, { connectionId: 'mine', scenario: 'user-action', speed: 5 })).toBe('mine');
  expect(await sync(server, {})).not.toBe('mine');
  const { connections, channelKinds } = await (await fetch(`${server.url}/sandbox/connections`)).json();
  expect(connections).toHaveLength(2);
  expect(channelKinds).toEqual({ 8700: 'EMBEDDED', 8701: 'REDIRECT', 8702: 'EMBEDDED', 8703: 'REDIRECT' });
});

test('it can be steps, or random', async () => {
  const server = await serving();
  const id = await sync(server, { steps: [{ after: 0, channel: 'EMBEDDED', status: 'RUNNING' }] });
  const { connections } = await (await fetch(`${server.url}/sandbox/connections`)).json();
  expect(connections).toMatchObject([{ id, status: 'RUNNING' }]);

  const events = async (seed: number) => {
    const connectionId = await sync(server, { random: true, seed, trouble: 0 });
    await order(server, '/sandbox/clock', { ms: 60_000 });
    const all = server.sandbox.linxo.published;
    return all.flatMap(({ event }) => (event.resource.id === connectionId ? event.event_type : []));
  };
  expect(await events(5)).toEqual(await events(5));
});

test('a challenge can be answered by a request, once', async () => {
  const server = await serving();
  const connectionId = await sync(server, { scenario: 'sms-challenge', speed: 10 });
  const answer = () => order(server, '/sandbox/challenge-answers', { connectionId });

  expect((await answer()).status).toBe(409);
  await order(server, '/sandbox/clock', { ms: 10_000 });
  expect((await answer()).status).toBe(200);
  expect((await answer()).status).toBe(409);
  await order(server, '/sandbox/clock', { ms: 10_000 });
  expect(server.sandbox.linxo.connection(connectionId)?.status).toBe('SUCCESS');
});

test('queues can be killed, and the clock can jump an hour', async () => {
  const server = await serving();
  const headers = await accessTo(server);
  const queue = await subscribe(server, headers);

  expect((await fetch(`${server.url}/sandbox/queues`, { method: 'DELETE' })).status).toBe(200);
  expect((await fetch(queue, { headers })).status).toBe(404);
  const next = await subscribe(server, headers);
  await order(server, '/sandbox/clock', { ms: 3_600_000 });
  expect((await fetch(next, { headers })).status).toBe(401);
  expect((await fetch(next, { headers: await accessTo(server) })).status).toBe(404);
});

test.each([
  ['/sandbox/synchronisations', { scenario: 'none' }, 'The body\'s "scenario" must be one of success'],
  ['/sandbox/synchronisations', { steps: [{}] }, '"steps.0.after" must be'],
  ['/sandbox/synchronisations', { speed: -1 }, '"speed" must be'],
  ['/sandbox/synchronisations', { connectionId: 7 }, '"connectionId" must be a string'],
  [
    '/sandbox/synchronisations',
    { wish: 1 },
    'The body\'s "wish" is not known. Known are connectionId, name, ',
  ],
  ['/sandbox/challenge-answers', { connectionId: 'nowhere' }, 'There is no connection "nowhere".'],
  ['/sandbox/challenge-answers', {}, '"connectionId" must be a string that is not empty, not undefined.'],
  ['/sandbox/clock', { ms: -1 }, 'The body\'s "ms" must be a number of milliseconds, 0 or more, not -1.'],
  ['/sandbox/clock', {}, 'The body\'s "ms" must be'],
])('%s rejects %j with a reason', async (path, body, why) => {
  const server = await serving();

  const response = await order(server, path, body);

  expect(response.status).toBe(400);
  expect((await response.json()).statusMessage).toContain(why);
});

test('without a token it is 401; the gateway needs none', async () => {
  const server = await serving();

  expect((await fetch(`${server.url}/linxo/connections`)).status).toBe(401);
  expect((await fetch(`${server.url}/gateway/linxo/connections`)).status).toBe(200);
  const subscription = await fetch(`${server.url}/gateway/linxo/queues/subscribe`, {
    method: 'POST',
    body: TOPICS,
  });
  const queue = `${server.url}/gateway/linxo${subscription.headers.get('location')}`;
  expect((await fetch(queue)).status).toBe(204);
});

test('an absolute Location is the address that the client knows', async () => {
  const server = await serving({ sandbox: { linxo: { location: 'absolute' } } });
  const headers = await accessTo(server);
  const init = { method: 'POST', headers, body: TOPICS };

  const response = await fetch(`${server.url}/linxo/queues/subscribe`, init);

  const location = response.headers.get('location') ?? '';
  expect(location).toContain(`${server.url}/linxo/queues/`);
  expect((await fetch(location, { headers })).status).toBe(204);
});

test('faults apply here too: a read with a lost answer closes the connection', async () => {
  const server = await serving();
  const headers = await accessTo(server);
  const queue = await subscribe(server, headers);
  await sync(server, { steps: [{ after: 0, event: 'A' }] });
  await spoil(server, { kind: 'lost', server: 'linxo', type: 'queue' });

  await expect(fetch(queue, { headers })).rejects.toThrow(TypeError);
  expect((await fetch(queue, { headers })).status).toBe(204);
});

test('there is nothing else below its address', async () => {
  const server = await serving();

  expect((await send(server, '/linxo/')).status).toBe(404);
  expect((await send(server, '/linxo/payments')).status).toBe(404);
  expect((await send(server, '/linxo/queues/%E0%A4%A')).status).toBe(404);
  expect((await send(server, '/linxo/payments', { method: 'POST' })).status).toBe(405);
});

test('pages of other origins can do what CORS allows', async () => {
  const closed = await serving();
  const open = await serving({ sandbox: { linxo: { cors: { origins: [PAGE] } } } });
  const ask = { headers: { origin: PAGE, 'sec-fetch-site': 'cross-site' } };
  const path = '/linxo/queues/subscribe';

  expect((await send(closed, path, { ...ask, method: 'OPTIONS' })).status).toBe(405);
  expect(await send(open, path, { ...ask, method: 'OPTIONS' })).toMatchObject({
    status: 204,
    headers: { 'access-control-allow-origin': PAGE, 'access-control-max-age': '600' },
  });
  const headers = { ...ask.headers, ...(await accessTo(open)) };
  expect(await send(open, path, { method: 'POST', headers, body: TOPICS })).toMatchObject({
    status: 201,
    headers: { 'access-control-expose-headers': 'location, retry-after, date' },
  });
  // Another origin gets no token, and a gateway only serves its own page.
  expect((await send(open, '/session/access-token', { ...ask, method: 'POST' })).status).toBe(403);
  expect((await send(open, '/gateway/linxo/connections', ask)).status).toBe(403);
});

test('the cache headers of reads come from the queue', async () => {
  const strict = await serving();
  const lax = await serving({
    sandbox: { linxo: { readHeaders: { 'last-modified': 'Mon, 01 Mar 2027 08:00:00 GMT' } } },
  });
  const read = async (server: SandboxServer) =>
    (await send(server, '/linxo/connections', { headers: await accessTo(server) })).headers;

  expect(await read(strict)).toMatchObject({ 'cache-control': 'no-store' });
  expect(await read(lax)).toMatchObject({ 'last-modified': 'Mon, 01 Mar 2027 08:00:00 GMT' });
  expect(await read(lax)).not.toHaveProperty('cache-control');
});

test('the server’s clock is the queue’s', async () => {
  const server = await serving();
  await order(server, '/sandbox/clock', { ms: 86_400_000 });

  const { headers } = await send(server, '/linxo/connections', { headers: await accessTo(server) });

  const ahead = new Date(headers.date ?? '').getTime() - Date.now();
  expect(Math.round(ahead / 3_600_000)).toBe(24);
});

test('an access token is never in the log, nor shown to pages of other origins', async () => {
  const server = await serving();
  const headers = await accessTo(server);
  await fetch(`${server.url}/linxo/connections`, {
    headers: { ...headers, 'x-request-id': headers['authorization'] ?? '' },
  });

  const log = await (await fetch(`${server.url}/sandbox/log`)).text();
  expect(log).toContain('"server":"linxo"');
  expect(log).not.toContain('sandbox-access');
});
