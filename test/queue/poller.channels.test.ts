import { describe, expect, it } from 'vitest';
import type { QueueEvent } from '../../src/index.ts';
import { json, ScriptedQueue } from './fixtures/scripted-queue.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';
import { now, wireConnection, wireEvent } from './fixtures/wire-event.ts';
import { witness } from './fixtures/witness.ts';

const world = useQueueWorld();

/** A poller that is read these events, one answer each; a look at the connection says what the last of them said. */
async function told(...events: readonly QueueEvent[]) {
  const server = new ScriptedQueue();
  let latest: unknown;
  for (const event of events) {
    server.next('poll', () => {
      latest = event.resource;
      return json([event]);
    });
  }
  server.always('connection', () => json(latest));
  const poller = world.poller({ fetch: server.fetch });
  const seen = witness(poller);
  poller.start();
  await world.pass(0);
  return {
    poller,
    ...seen,
    state: () => poller.connections.get('c1'),
    statuses: () =>
      Object.fromEntries(
        [...(poller.connections.get('c1')?.channels ?? [])].map(([id, { status }]) => [id, status]),
      ),
  };
}

/** @param is The statuses of 8700 and of 8701, as the resource lists them. */
function event(type: string, is: readonly [string, string], more: Partial<QueueEvent> = {}): QueueEvent {
  return wireEvent(type, wireConnection('c1', { 8700: is[0], 8701: is[1] }), more);
}

describe('Q3 one channel is done, and the other runs', () => {
  it('the connection is synchronising, and nobody who waits hears of an end', async () => {
    const { poller, state, statuses } = await told(
      event('SYNC_ALL_SUCCESS', ['SUCCESS', 'RUNNING'], { channel_definition_id: '8700' }),
    );
    let isOver = false;
    const settle = (): void => {
      isOver = true;
    };
    poller.whenSynced('c1').then(settle, settle);
    await world.pass(1_000);

    expect(state()).toMatchObject({ status: 'RUNNING', syncing: true });
    expect(statuses()).toEqual({ 8700: 'SUCCESS', 8701: 'RUNNING' });
    expect(isOver).toBe(false);
  });

  it('of the sandbox, with one channel ahead: the end is that of the slower one', async () => {
    const { poller, id, told: own } = await world.begun();
    const outcome = poller.whenSynced(id, { after: now() });
    world.linxo.synchronise(id, 'one-channel-ahead');
    await world.pass(20_000);

    expect(poller.connections.get(id)?.channels.get('8701')?.status).toBe('SUCCESS');
    expect(poller.connections.get(id)?.syncing).toBe(true);

    await world.pass(60_000);
    expect(await outcome).toMatchObject({ result: 'success', source: 'event' });
    const ends = own.channel.filter(({ status }) => status === 'SUCCESS');
    expect(ends.map(({ channelDefinitionId }) => channelDefinitionId)).toEqual(['8701', '8700']);
  });
});

describe('Q3 SYNC_ALL_SUCCESS with a failed channel', () => {
  it.each([
    ['without a channel id', {}],
    ['with an empty one', { channel_definition_id: null }],
  ])('%s ends what runs, and leaves what failed', async (_name, more) => {
    const { poller, state, statuses } = await told(
      event('AUTH_FAILED', ['AUTH_FAILED', 'RUNNING'], { channel_definition_id: '8700' }),
      event('SYNC_ALL_SUCCESS', ['AUTH_FAILED', 'RUNNING'], more),
    );
    const { channels: before } = state() ?? {};
    await world.pass(3_000);

    expect(before?.get('8701')?.status).toBe('RUNNING');
    expect(statuses()).toEqual({ 8700: 'AUTH_FAILED', 8701: 'SUCCESS' });
    expect(state()).toMatchObject({
      status: 'FAILED',
      syncing: false,
      action: { type: 'AUTH_FAILED', channelDefinitionId: '8700' },
    });
    const outcome = await poller.whenSynced('c1');
    expect(outcome).toMatchObject({ result: 'action', action: { type: 'AUTH_FAILED' } });
  });

  it('tells of each channel what has become of it', async () => {
    const { told: own, statuses } = await told(event('SYNC_ALL_SUCCESS', ['AUTH_FAILED', 'RUNNING']));

    expect(statuses()).toEqual({ 8700: 'AUTH_FAILED', 8701: 'SUCCESS' });
    expect(own.channel.map(({ channelDefinitionId: id, status }) => [id, status])).toEqual([
      ['8700', 'AUTH_FAILED'],
      ['8701', 'SUCCESS'],
    ]);
  });
});

describe('Q3 SYNC_ALL_SUCCESS in event_status', () => {
  it.each([
    ['alone', { event_type: undefined }],
    ['beside another type', { event_type: 'SYNC_ALL' }],
    ['beside an empty type', { event_type: '' }],
    ['beside null', { event_type: null }],
  ])('%s is the end, and is delivered under that name', async (_name, type) => {
    const marker = { ...event('', ['RUNNING', 'RUNNING']), ...type, event_status: 'SYNC_ALL_SUCCESS' };
    const heard: string[] = [];
    const server = new ScriptedQueue().next('poll', () => json([marker]));
    const poller = world.poller({ fetch: server.fetch });
    poller.on('SYNC_ALL_SUCCESS', ({ event_type }) => heard.push(event_type));
    poller.start();
    await world.pass(0);

    expect(heard).toEqual(['SYNC_ALL_SUCCESS']);
    expect(await poller.whenSynced('c1')).toMatchObject({ result: 'success', source: 'event' });
  });

  it.each(['channels', 'global', 'both'] as const)('of the sandbox, as markers of %s', async (endMarkers) => {
    world.linxo.configure({ endMarkerField: 'event_status', endMarkers });
    const { poller, id, told: own } = await world.begun();
    const outcome = poller.whenSynced(id, { after: now() });
    world.linxo.synchronise(id);

    await world.pass(60_000);

    expect(await outcome).toMatchObject({ result: 'success' });
    expect(own.failure).toEqual([]);
  });
});

it('Q3 the documents’ own example: a foreign channel id makes no channel, and SUCCESS is not the end', async () => {
  const { poller, id, events, told: own } = await world.begun();
  const outcome = poller.whenSynced(id, { after: now() });
  world.linxo.synchronise(id, 'documents-example');
  await world.pass(10_000);

  expect(events[0]).toMatchObject({
    event_type: 'LIST_ACCOUNTS',
    channel_definition_id: 'redirect1',
    resource: { status: 'SUCCESS' },
  });
  expect([...(poller.connections.get(id)?.channels.keys() ?? [])].sort()).toEqual(['8700', '8701']);
  expect(poller.connections.get(id)).toMatchObject({ status: 'RUNNING', syncing: true });

  await world.pass(30_000);
  expect(await outcome).toMatchObject({ result: 'success' });
  expect(own.channel.some(({ channelDefinitionId }) => channelDefinitionId === 'redirect1')).toBe(false);
});

describe('Q3 a challenge', () => {
  it('is an action at once, and withdrawn when it is answered; the end comes later', async () => {
    const channelKind = (channel: string) => world.linxo.channelKind(channel);
    const { poller, id, told: own } = await world.begun({ channelKind });
    const owed = poller.whenSynced(id, { after: now() });
    world.linxo.synchronise(id, 'sms-challenge');
    await world.pass(9_000);

    const action = { type: 'CHALLENGE_REQUIRED', channelDefinitionId: '8700' };
    expect(await owed).toMatchObject({ result: 'action', action, source: 'event' });
    expect(poller.connections.get(id)).toMatchObject({ syncing: true, action });

    await world.pass(30_000);
    world.linxo.answerChallenge(id);
    const ended = poller.whenSynced(id, { after: now() });
    await world.pass(5_000);
    expect(poller.connections.get(id)).toMatchObject({ syncing: true, action: undefined });

    await world.pass(30_000);
    expect(await ended).toMatchObject({ result: 'success', action: undefined });
    const embedded = own.channel.filter(({ kind }) => kind === 'EMBEDDED').map(({ status }) => status);
    expect(embedded.slice(-4)).toEqual(['RUNNING', 'CHALLENGE_REQUIRED', 'RUNNING', 'SUCCESS']);
  });

  it('that nobody answers, and for whose end nobody waits, is AUTH_FAILED with the next idle poll', async () => {
    const { poller, id } = await world.begun();
    world.linxo.synchronise(id, 'sms-challenge');

    await world.pass(700_000);

    expect(poller.connections.get(id)).toMatchObject({ syncing: false, action: { type: 'AUTH_FAILED' } });
  });
});

it.each([
  ['credentials-refused', 'AUTH_FAILED', '8700'],
  ['consent-expired', 'TOKEN_EXPIRED', '8701'],
  ['password-change', 'PASSWORD_CHANGE_REQUIRED', '8700'],
  ['user-action', 'USER_ACTION_REQUIRED', '8700'],
] as const)(
  'Q3 %s: the user is asked for at once, and the other channel goes on to its end',
  async (script, type, channel) => {
    const { poller, id } = await world.begun();
    const outcome = poller.whenSynced(id, { after: now() });
    world.linxo.synchronise(id, script);
    await world.pass(11_000);

    expect(await outcome).toMatchObject({ result: 'action', action: { type, channelDefinitionId: channel } });
    expect(poller.connections.get(id)?.syncing).toBe(true);
    await world.pass(40_000);
    const state = poller.connections.get(id);
    expect(state).toMatchObject({ status: 'FAILED', syncing: false, action: { type } });
    expect([...(state?.channels.values() ?? [])].map(({ status }) => status).sort()).toEqual(
      ['SUCCESS', type].sort(),
    );
  },
);
