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

const ASKING = [
  'sms-challenge',
  'credentials-refused',
  'consent-expired',
  'password-change',
  'user-action',
] as const;

test.each(ASKING)('S5: %s is not started again while the user has to act, for any page', async (scenario) => {
  const server = await serving({ synchronisations: [{ connectionId: 'mine', scenario }] });
  const first = await subscribe(server);
  server.sandbox.jump(180_000); // a challenge has been given up, too
  const types = await typesIn(first);
  const state = server.sandbox.linxo.connection('mine');
  expect(state?.status).toBe('FAILED');

  for (const queue of [await subscribe(server), await subscribe(server)])
    expect(await typesIn(queue)).toEqual(types);
  server.sandbox.jump(60_000);
  expect(await typesIn(first)).toEqual([]);
  expect(server.sandbox.linxo.connection('mine')).toEqual(state);

  await fetch(`${server.url}/sandbox/answers`, { method: 'POST' });
  server.sandbox.jump(10_000);
  const later = await typesIn(first);
  // A page that comes while it runs again sees only this run.
  expect(await typesIn(await subscribe(server))).toEqual(later);
  server.sandbox.jump(60_000);
  expect(server.sandbox.linxo.connection('mine')?.status).toBe('SUCCESS');

  await subscribe(server); // nothing is open now
  expect(running(server)).toEqual(['mine']);
});

test.each(ASKING)('S5: a reload after the end of %s sees what the user has to do', async (scenario) => {
  const server = await runningFor(scenario, 180_000);
  const poller = new QueuePoller({
    baseUrl: `${server.url}/gateway/linxo`,
    accessToken: false,
    storage: standInStorage(),
    schedule: { close: 50 },
  });
  onTestFinished(() => poller.stop());
  await poller.start();
  await eventually(() => poller.connections.get('mine')?.action).toBeDefined();
  expect(running(server)).toEqual([]);
});

test('S5: a random synchronisation that asks the user for something is not started again either', async () => {
  const random = { connectionId: 'mine', random: true, seed: 3, trouble: 1 };
  const server = await serving({ synchronisations: [random] });
  await subscribe(server);
  server.sandbox.jump(600_000);
  const asks = server.sandbox.linxo.connection('mine')?.status === 'FAILED';
  await subscribe(server);
  expect([asks, running(server)]).toEqual([true, []]);
});

test('S5: one connection can be answered for, and the others stay as they are', async () => {
  const scenario = 'credentials-refused';
  const server = await serving({
    synchronisations: [
      { connectionId: 'mine', scenario },
      { connectionId: 'other', scenario },
    ],
  });
  await subscribe(server);
  server.sandbox.jump(60_000);
  const answer = async (body: string) => {
    const response = await fetch(`${server.url}/sandbox/answers`, { method: 'POST', body });
    const { connectionIds, statusMessage } = await response.json();
    return [response.status, connectionIds ?? statusMessage];
  };
  expect(await answer('{ "connectionId": "mine" }')).toEqual([200, ['mine']]);
  expect(running(server)).toEqual(['mine']);
  expect(await answer('{ "connectionId": "mine" }')).toEqual([409, expect.any(String)]);
  expect(await answer('{ "connection": "mine" }')).toEqual([
    400,
    'The body\'s "connection" is not known. Did you mean "connectionId"?',
  ]);
  expect(await answer('{ "connectionId": "none" }')).toEqual([400, 'There is no connection "none".']);
  expect(await answer('mine')).toEqual([400, 'The body must be JSON.']);
  expect(await answer('{}')).toEqual([200, ['other']]);
});

/** Fills what all running scripts together may have. */
async function fillScripts({ sandbox: { linxo } }: SandboxServer): Promise<void> {
  const steps = Array.from({ length: 1_000 }, () => ({ after: 600_000, event: 'A' }));
  for (let index = 0; index < 20; index += 1) linxo.synchronise(linxo.addConnection().id, steps);
}

test('S5: where no further script can run, an answer and a subscription are refused with 429', async () => {
  const server = await runningFor('credentials-refused');
  await fillScripts(server);
  const limit = 'The limit of 20000 steps in running scripts is reached.';
  const answer = await fetch(`${server.url}/sandbox/answers`, { method: 'POST' });
  expect([answer.status, (await answer.json()).statusMessage]).toEqual([429, limit]);
  expect(server.sandbox.linxo.connection('mine')?.status).toBe('FAILED');

  const other = await serving({ synchronisations: [{}] });
  await fillScripts(other);
  const init = { method: 'POST', body: '{"topics":["connections"]}' };
  const refused = await fetch(`${other.url}/gateway/linxo/queues/subscribe`, init);
  expect([refused.status, (await refused.json()).statusMessage]).toEqual([429, limit]);
});

test.each(ASKING)('one line does what %s asks the user for, and it ends well', async (scenario) => {
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
