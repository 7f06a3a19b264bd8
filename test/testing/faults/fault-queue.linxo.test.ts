import { expect, test } from 'vitest';
import { client, spoilt, TOPICS } from '../linxo/fixtures/client.ts';

test.each(['lost', 'silently-lost', 'truncated', 'duplicate', 'malformed'] as const)(
  '%s waits for a read that returns events',
  async (kind) => {
    const { subscribe, read, happen, sandbox } = client();
    const queue = await subscribe();
    sandbox.fault({ kind });

    expect((await read(queue)).status).toBe(204);
    expect(sandbox.log.at(-1)?.fault).toBeUndefined();
    happen('A');
    await read(queue);
    expect(sandbox.log.at(-1)?.fault).toBe(kind);
  },
);

test.each(['silently-lost', 'duplicate', 'malformed', 'burst', 'gone'] as const)(
  '%s only applies to reads of a queue',
  async (kind) => {
    const { call, sandbox } = await spoilt({ kind });

    await call('POST', '/linxo/queues/subscribe', { body: TOPICS });
    await call('GET', '/linxo/connections');
    expect(sandbox.log.every(({ fault }) => fault === undefined)).toBe(true);
  },
);

test('a fault waits for its server and its operation', async () => {
  const { call, read, queue, sandbox } = await spoilt({ kind: 'network', server: 'ob' });
  sandbox.fault({ kind: 'network', server: 'linxo', type: 'connection' });
  sandbox.fault({ kind: 'lost', type: 'connection' });

  expect((await read(queue)).status).toBe(200);
  expect((await call('POST', '/linxo/queues/subscribe', { body: TOPICS })).status).toBe(201);
  expect((await call('GET', '/linxo/connections')).type).toBe('error');
  expect((await call('GET', '/linxo/connections/connection-1')).type).toBe('error');
  expect((await call('GET', '/linxo/connections/connection-1')).status).toBe(200);
});

test('faults of the widget’s servers wait for them', async () => {
  const { call, read, queue, sandbox } = await spoilt({ kind: 'base64' });

  expect((await read(queue)).status).toBe(200);
  const body = '{"type":"getInsights"}';
  await call('POST', '/pserver/execute', { headers: { authToken: sandbox.issueToken() }, body });
  expect(sandbox.log.at(-1)).toMatchObject({ server: 'pserver', fault: 'base64' });
});

test('faults of the queue do not apply to the widget’s servers', async () => {
  const { call, sandbox } = await spoilt({ kind: 'lost' });
  const body = '{"type":"getInsights"}';

  const headers = { authToken: sandbox.issueToken() };
  expect((await call('POST', '/pserver/execute', { headers, body })).status).toBe(200);
});

test('a refused request does not consume a fault', async () => {
  const { call, read, queue } = await spoilt({ kind: 'error', status: 503 });

  expect((await read(queue, { headers: { authorization: '' } })).status).toBe(401);
  expect((await call('POST', '/linxo/queues/subscribe', { body: '{}' })).status).toBe(400);
  expect((await read(queue)).status).toBe(503);
});

test('a fault can apply to several requests', async () => {
  const { read, queue } = await spoilt({ kind: 'error', count: 2 });

  expect([(await read(queue)).status, (await read(queue)).status, (await read(queue)).status]).toEqual([
    500, 500, 200,
  ]);
});

test('a fault can be random, and repeats with the seed', async () => {
  const struck = async (seed: number) => {
    const { read, queue, sandbox } = await spoilt({ kind: 'network', probability: 0.3 }, { seed });
    for (let count = 0; count < 100; count += 1) await read(queue);
    return sandbox.log.map(({ fault }) => fault);
  };

  const hits = await struck(3);
  expect(await struck(3)).toEqual(hits);
  expect(await struck(4)).not.toEqual(hits);
  const count = hits.filter(Boolean).length;
  expect(count).toBeGreaterThan(15);
  expect(count).toBeLessThan(45);
});
