import { expect, test } from 'vitest';
import type { SandboxServer } from '../../../src/testing/server/index.ts';
import { serving } from './fixtures/serving.ts';

/** Through the gateway, which needs no token. Returns the queue's address. */
async function subscribe({ url }: SandboxServer): Promise<string> {
  const init = { method: 'POST', body: '{"topics":["connections"]}' };
  const response = await fetch(`${url}/gateway/linxo/queues/subscribe`, init);
  expect(response.status).toBe(201);
  return `${url}/gateway/linxo${response.headers.get('location')}`;
}

function running({ sandbox: { linxo } }: SandboxServer): string[] {
  return linxo.connections().flatMap(({ id }) => (linxo.isSynchronising(id) ? id : []));
}

test('start when a page has subscribed, so that its queue has all their events', async () => {
  const server = await serving({
    synchronisations: [{ name: 'Example Bank' }, { connectionId: 'mine', scenario: 'consent-expired' }],
  });
  expect(server.sandbox.linxo.connections().map(({ name }) => name)).toContain('Example Bank');
  expect(running(server)).toEqual([]);

  const queue = await subscribe(server);
  expect(running(server)).toEqual(['connection-1', 'mine']);
  server.sandbox.jump(60_000);
  const events: { event_type: string; resource: { id: string } }[] = await (await fetch(queue)).json();
  const of = (id: string) => events.filter(({ resource }) => resource.id === id);
  expect(of('connection-1')[0]?.event_type).toBe('SYNC_ALL_STARTED');
  expect(of('mine').map(({ event_type }) => event_type)).toContain('TOKEN_EXPIRED');
});

test('start again with the next subscription, unless they still run', async () => {
  const server = await serving({ synchronisations: [{}] });
  const count = () => server.sandbox.linxo.published.length;
  await subscribe(server);
  await subscribe(server);
  server.sandbox.jump(60_000);
  const once = count();
  await subscribe(server);
  server.sandbox.jump(60_000);
  expect(once).toBeGreaterThan(4);
  expect(count()).toBe(2 * once);
});

test('a refused subscription starts nothing', async () => {
  const server = await serving({ synchronisations: [{}] });
  await fetch(`${server.url}/linxo/queues/subscribe`, { method: 'POST', body: '{"topics":["connections"]}' });
  await fetch(`${server.url}/gateway/linxo/queues/subscribe`, { method: 'POST', body: '{}' });
  expect(running(server)).toEqual([]);
});

test('invalid synchronisations are rejected at the start', async () => {
  await expect(serving({ synchronisations: [{ speed: -1 }] })).rejects.toThrow('"speed" must be');
});
