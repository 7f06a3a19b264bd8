import { setupServer } from 'msw/node';
import { expect, onTestFinished, test } from 'vitest';
import { createSandbox } from '../../../src/testing/index.ts';
import { until } from '../fixtures/ask.ts';
import { TOPICS } from './fixtures/client.ts';

const BASE = 'https://connect.bank.example/v3/linxo';

function ready() {
  const sandbox = createSandbox();
  const headers = { authorization: `Bearer ${sandbox.issueAccessToken()}` };
  return { sandbox, headers, linxo: sandbox.linxo, queue: sandbox.linxo.subscribe() };
}

test('fetch answers like the handlers', async () => {
  const { sandbox, linxo, headers, queue } = ready();
  linxo.publish(linxo.addConnection().id, { event: 'A' });
  const server = setupServer(...sandbox.handlers);
  server.listen({ onUnhandledRequest: 'error' });
  onTestFinished(() => server.close());
  linxo.configure({ reads: 'repeatable' });

  const [own, real] = [
    await linxo.fetch(`${BASE}/queues/${queue}`, { headers }),
    await fetch(`${BASE}/queues/${queue}`, { headers }),
  ];
  expect(own.status).toBe(200);
  expect(await own.json()).toEqual(await real.json());
});

test('fetch accepts an address, a URL or a Request', async () => {
  const { linxo, headers } = ready();
  const address = `${BASE}/connections`;

  for (const input of [address, new URL(address)]) {
    expect((await linxo.fetch(input, { headers })).status).toBe(200);
  }
  expect((await linxo.fetch(new Request(address, { headers }))).status).toBe(200);
  const subscription = new Request(`${BASE}/queues/subscribe`, { method: 'POST', body: TOPICS });
  expect((await linxo.fetch(subscription, { headers })).status).toBe(201);
});

test('fetch rejects for a network error', async () => {
  const { sandbox, linxo, headers } = ready();
  sandbox.fault({ kind: 'network' });

  await expect(linxo.fetch(`${BASE}/connections`, { headers })).rejects.toThrow(TypeError);
});

test('fetch rejects with the reason of an abort, before as well as while it waits', async () => {
  const { sandbox, linxo, headers } = ready();
  const [reason, page] = [new Error('gone'), new AbortController()];
  sandbox.fault({ kind: 'never' });

  const answer = linxo.fetch(`${BASE}/connections`, { headers, signal: page.signal });
  await until(() => sandbox.log.at(-1)?.fault === 'never');
  page.abort(reason);
  await expect(answer).rejects.toBe(reason);
  await expect(linxo.fetch(`${BASE}/connections`, { headers, signal: page.signal })).rejects.toBe(reason);
  expect(sandbox.log).toHaveLength(1);
});

test('respond returns the answers of the handlers: a network error is an error response', async () => {
  const { sandbox, linxo, headers } = ready();
  sandbox.fault({ kind: 'network' });

  expect((await linxo.respond(new Request(`${BASE}/connections`, { headers }))).type).toBe('error');
  expect((await linxo.respond(new Request(`${BASE}/queues/%E0%A4%A`, { headers }))).status).toBe(404);
  expect((await linxo.respond(new Request(`${BASE}/queues`, { headers }))).status).toBe(404);
  expect((await linxo.respond(new Request('https://bank.example/', { headers }))).status).toBe(404);
});

test('the handlers ignore all other addresses', async () => {
  const { sandbox } = ready();
  const { getResponse } = await import('msw');

  for (const path of ['/linxo', '/linxo/logo.png', '/linxo/queues', '/gateway/linxo']) {
    expect(await getResponse(sandbox.handlers, new Request(`https://bank.example${path}`))).toBeUndefined();
  }
});
