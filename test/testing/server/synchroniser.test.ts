import { expect, onTestFinished, test } from 'vitest';
import { QueuePoller } from '../../../src/index.ts';
import type { ScenarioName } from '../../../src/testing/index.ts';
import type { SandboxServer } from '../../../src/testing/server/index.ts';
import { eventually } from '../../harness/eventually.ts';
import { standInStorage } from '../../queue/fixtures/stand-in-storage.ts';
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

/** A running synchronisation of this scenario, some time after its start. */
async function runningFor(scenario: ScenarioName, ms = 60_000): Promise<SandboxServer> {
  const server = await serving({ synchronisations: [{ connectionId: 'mine', scenario }] });
  await subscribe(server);
  server.sandbox.jump(ms);
  return server;
}

async function typesIn(queue: string): Promise<string[]> {
  const response = await fetch(queue);
  const events = response.status === 204 ? [] : ((await response.json()) as { event_type: string }[]);
  return events.map(({ event_type }) => event_type);
}

test('a queue of a second page gets the events up to now, then those that follow, each once', async () => {
  const server = await runningFor('sms-challenge');
  const queue = await subscribe(server);
  const types = await typesIn(queue);
  expect(types).toEqual(server.sandbox.linxo.published.map(({ event }) => event.event_type));
  expect(types).toContain('CHALLENGE_REQUIRED');
  expect(await typesIn(queue)).toEqual([]);

  await fetch(`${server.url}/sandbox/answers`, { method: 'POST' });
  server.sandbox.jump(60_000);
  expect(await typesIn(queue)).toEqual(['CHALLENGE_ANSWERED', 'LIST_ACCOUNTS', 'SYNC_ALL_SUCCESS']);
});

test('a reload, with the same queue or with a new one, sees that the code is asked for', async () => {
  const server = await serving({ synchronisations: [{ connectionId: 'mine', scenario: 'sms-challenge' }] });
  const storage = standInStorage();
  const open = async (): Promise<QueuePoller> => {
    const baseUrl = `${server.url}/gateway/linxo`;
    const poller = new QueuePoller({ baseUrl, accessToken: false, storage, schedule: { close: 50 } });
    onTestFinished(() => poller.stop());
    await poller.start();
    return poller;
  };
  const action = (poller: QueuePoller) => poller.connections.get('mine')?.action?.type;
  const first = await open();
  const { queueId } = first;
  server.sandbox.jump(60_000);
  await eventually(() => action(first)).toBe('CHALLENGE_REQUIRED');
  await first.stop();

  const reloaded = await open();
  expect(reloaded.queueId).toBe(queueId);
  await eventually(() => action(reloaded)).toBe('CHALLENGE_REQUIRED');
  await reloaded.stop();

  storage.clear();
  const other = await open();
  expect(other.queueId).not.toBe(queueId);
  await eventually(() => action(other)).toBe('CHALLENGE_REQUIRED');
});

test('it gets no events of an earlier synchronisation, nor of another connection', async () => {
  const server = await runningFor('sms-challenge');
  await fetch(`${server.url}/sandbox/answers`, { method: 'POST' });
  server.sandbox.jump(60_000);
  const before = server.sandbox.linxo.published.length;
  await subscribe(server); // starts it again
  const { id } = server.sandbox.linxo.addConnection();
  server.sandbox.linxo.synchronise(id, 'success');
  server.sandbox.jump(20_000);
  const later = server.sandbox.linxo.published.slice(before).map(({ event }) => event);
  const own = later.filter(({ resource }) => resource.id === 'mine').map(({ event_type }) => event_type);
  expect(await typesIn(await subscribe(server))).toEqual(own);
});

test.each([
  'sms-challenge',
  'credentials-refused',
  'consent-expired',
  'password-change',
  'user-action',
] as const)('one line does what %s asks the user for, and it ends well', async (scenario) => {
  const server = await runningFor(scenario);
  const answer = () => fetch(`${server.url}/sandbox/answers`, { method: 'POST' });
  const connection = () => server.sandbox.linxo.connection('mine');
  expect(connection()?.status).toBe('FAILED');
  const response = await answer();
  expect([response.status, await response.json()]).toEqual([200, { connectionIds: ['mine'] }]);
  expect((await answer()).status).toBe(409);
  server.sandbox.jump(60_000);
  expect(connection()?.status).toBe('SUCCESS');
  const again = await answer();
  expect([again.status, (await again.json()).statusMessage]).toEqual([
    409,
    'No connection asks the user for something. See GET /sandbox/connections.',
  ]);
});

test('what follows is as fast as what came before', async () => {
  const server = await serving();
  const body = JSON.stringify({ connectionId: 'mine', scenario: 'consent-expired', speed: 100 });
  await fetch(`${server.url}/sandbox/synchronisations`, { method: 'POST', body });
  server.sandbox.jump(1_000);
  await fetch(`${server.url}/sandbox/answers`, { method: 'POST' });
  server.sandbox.jump(1_000);
  expect(server.sandbox.linxo.connection('mine')?.status).toBe('SUCCESS');
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
