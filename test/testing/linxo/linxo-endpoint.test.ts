import { describe, expect, test } from 'vitest';
import type { SandboxOptions } from '../../../src/testing/index.ts';
import { byHandlers, type Client, client as clientOf, TOPICS, typesOf } from './fixtures/client.ts';

/** Through the handlers, which search for the route. */
function client(options: SandboxOptions = {}): Client {
  return clientOf(options, byHandlers);
}

describe('a subscription', () => {
  test('is 201 with the address of the queue and without a body', async () => {
    const { call, sandbox } = client();

    const response = await call('POST', '/linxo/queues/subscribe', { body: TOPICS });

    const [queue] = sandbox.linxo.queues();
    expect(response.status).toBe(201);
    expect(response.headers.get('location')).toBe(`/queues/${queue?.id}`);
    expect(await response.text()).toBe('');
  });

  test.each([
    [{ location: 'relative', trailingSlash: true }, /^\/queues\/[0-9a-f]+\/$/],
    [{ location: 'absolute' }, /^https:\/\/connect\.bank\.example\/api\/linxo\/queues\/[0-9a-f]+$/],
    [{ location: 'absolute', trailingSlash: true }, /^https:\/\/.+\/api\/linxo\/queues\/[0-9a-f]+\/$/],
  ] as const)('with %j it is at %s', async (linxo, form) => {
    const { call } = client({ linxo });

    const { headers } = await call('POST', '/api/linxo/queues/subscribe', { body: TOPICS });

    expect(headers.get('location')).toMatch(form);
  });

  test('its address can be missing', async () => {
    const { call, sandbox } = client({ linxo: { location: 'missing' } });

    const response = await call('POST', '/linxo/queues/subscribe', { body: TOPICS });

    expect(response.status).toBe(201);
    expect(response.headers.has('location')).toBe(false);
    expect(sandbox.linxo.queues()).toHaveLength(1);
  });

  test.each([
    '',
    '{',
    'null',
    '[]',
    '{}',
    '{"topics":[]}',
    '{"topics":"connections"}',
    '{"topics":["accounts"]}',
  ])('of %j is 400, and creates no queue', async (body) => {
    const { call, sandbox } = client();

    const response = await call('POST', '/linxo/queues/subscribe', { body });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ ok: false, status: '400', error: 'invalid_request' });
    expect(sandbox.linxo.queues()).toEqual([]);
  });
});

describe('a read', () => {
  test('is 204 without a body for an empty queue, else 200 with an array', async () => {
    const { subscribe, read, happen } = client();
    const queue = await subscribe();

    const empty = await read(queue);
    expect([empty.status, await empty.text()]).toEqual([204, '']);
    happen('A', 'B');
    const full = await read(queue);
    expect(full.status).toBe(200);
    expect(full.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(typesOf(await full.json())).toEqual(['A', 'B']);
  });

  test('returns the events of the model unchanged', async () => {
    const { subscribe, events, sandbox, connectionId, pass } = client();
    const queue = await subscribe();
    sandbox.linxo.synchronise(connectionId);
    pass(60_000);

    expect(await events(queue)).toEqual(sandbox.linxo.published.map(({ event }) => event));
  });

  test('identifies the reader by its token in the mode per-reader', async () => {
    const { subscribe, read, happen, sandbox } = client({ linxo: { reads: 'per-reader' } });
    const queue = await subscribe();
    happen('A');
    const headers = { authorization: `Bearer ${sandbox.issueAccessToken()}` };

    expect((await read(queue)).status).toBe(200);
    expect((await read(queue, { headers })).status).toBe(200);
    expect((await read(queue)).status).toBe(204);
    expect((await read(queue, { headers })).status).toBe(204);
  });

  test('accepts an address with a slash at its end', async () => {
    const { subscribe, call } = client();

    expect((await call('GET', `/linxo/queues/${await subscribe()}/`)).status).toBe(204);
  });
});

describe('connections', () => {
  test('one is returned with its current state', async () => {
    const { call, connectionId, sandbox, pass } = client();
    sandbox.linxo.synchronise(connectionId, 'credentials-refused');
    pass(60_000);

    const response = await call('GET', `/linxo/connections/${connectionId}`);

    expect(response.status).toBe(200);
    const connection = await response.json();
    expect(connection).toEqual(sandbox.linxo.connection(connectionId));
    expect(connection).toMatchObject({ status: 'FAILED' });
  });

  test('all of them are the user’s own', async () => {
    const { call, sandbox, connectionId } = client();
    const other = sandbox.linxo.addConnection({ user: 'eve' });

    const own = sandbox.linxo.connection(connectionId);
    expect(await (await call('GET', '/linxo/connections')).json()).toEqual({ connections: [own] });
    expect(await (await call('GET', '/linxo/v2.1/connections')).json()).toEqual([own]);
    expect(await (await call('GET', '/linxo/v3/connections?user_id=user-1')).json()).toMatchObject({
      connections: [{ id: connectionId }],
    });
    expect((await call('GET', `/linxo/connections/${other.id}`)).status).toBe(404);
    expect((await call('GET', '/linxo/connections/nothing')).status).toBe(404);
  });

  test('an id can contain any encoded character', async () => {
    const { call, sandbox } = client();
    sandbox.linxo.addConnection({ id: 'a/b c' });

    expect(await (await call('GET', '/linxo/connections/a%2Fb%20c')).json()).toMatchObject({ id: 'a/b c' });
  });
});

test.each([
  ['GET', '/linxo/queues/subscribe', 'POST'],
  ['POST', '/linxo/queues/some', 'GET'],
  ['DELETE', '/linxo/queues/some', 'GET'],
  ['POST', '/linxo/connections', 'GET'],
  ['OPTIONS', '/linxo/connections', 'GET'],
])('%s %s is 405', async (method, path, allowed) => {
  const response = await client().call(method, path);

  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe(allowed);
});

describe('headers', () => {
  test('reads forbid caching, and every answer has the date', async () => {
    const { subscribe, read, call, pass } = client();
    const queue = await subscribe();
    pass(61_000);

    const { headers } = await read(queue);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('date')).toBe('Mon, 01 Mar 2027 09:01:01 GMT');
    const subscription = await call('POST', '/linxo/queues/subscribe', { body: TOPICS });
    expect(subscription.headers.has('cache-control')).toBe(false);
    expect(subscription.headers.has('date')).toBe(true);
  });

  test('the headers of reads can be set', async () => {
    const readHeaders = { 'last-modified': 'Mon, 01 Mar 2027 08:00:00 GMT' };
    const { subscribe, read } = client({ linxo: { readHeaders } });

    const { headers } = await read(await subscribe());

    expect(headers.has('cache-control')).toBe(false);
    expect(headers.get('last-modified')).toBe(readHeaders['last-modified']);
  });
});

test('later options apply from then on, and keep the others', async () => {
  const { subscribe, read, sandbox, happen } = client({ linxo: { reads: 'repeatable' } });
  const queue = await subscribe();
  happen('A');
  sandbox.linxo.configure({ deadQueue: 410 });

  expect((await read('nothing')).status).toBe(410);
  expect((await read(queue)).status).toBe(200);
  expect((await read(queue)).status).toBe(200);
  sandbox.linxo.configure({ reads: 'destructive' });
  expect((await read(queue)).status).toBe(200);
  expect((await read(queue)).status).toBe(204);
});

test.each([
  [{ reads: 'once' }, '"linxo.reads" must be one of destructive, per-reader, repeatable'],
  [{ deadQueue: 500 }, '"linxo.deadQueue" must be one of 404, 410'],
  [{ location: 'somewhere' }, '"linxo.location" must be one of'],
  [{ trailingSlash: 1 }, '"linxo.trailingSlash" must be'],
  [{ endMarkerField: 'type' }, '"linxo.endMarkerField" must be'],
  [{ lifetime: 0 }, '"linxo.lifetime" must be a number above 0'],
  [{ deadQueue: 403 }, '"linxo.deadQueue" must be one of 404, 410, not 403.'],
  [{ readHeaders: 'none' }, '"linxo.readHeaders" must be an object'],
  [{ cors: {} }, '"linxo.cors.origins" must be a list of at least one origin, not undefined.'],
  [
    { cors: { origins: [] } },
    '"linxo.cors.origins" must be a list of at least one origin, not an empty list.',
  ],
  [{ cors: true }, '"linxo.cors" must be false, or an object, not true.'],
  [
    { cors: { origins: ['*'], exposed: [] } },
    'createSandbox: "linxo.cors.exposed" is not known. Did you mean "exposedHeaders"?',
  ],
  [{ read: 'repeatable' }, 'createSandbox: "linxo.read" is not known. Did you mean "reads"?'],
  [{ wish: 1 }, 'createSandbox: "linxo.wish" is not known. Known are reads, deadQueue, '],
])('the options %j are rejected', (linxo, why) => {
  expect(() => client({ linxo: linxo as object })).toThrow(TypeError);
  expect(() => client({ linxo: linxo as object })).toThrow(why);
  expect(() => client().sandbox.linxo.configure(linxo as object)).toThrow(why);
});

test('latency applies to every answer here too', async () => {
  const page = new AbortController();
  const { read, sandbox } = client({ latency: 600_000 });
  const queue = sandbox.linxo.subscribe();

  const answer = read(queue, { signal: page.signal });
  let isPending = true;
  answer.then(() => {
    isPending = false;
  });
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(isPending).toBe(true);
  page.abort();
  expect((await answer).status).toBe(204);
});
