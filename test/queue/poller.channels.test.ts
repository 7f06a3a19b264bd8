import { describe, expect, it } from 'vitest';
import type { QueueEvent } from '../../src/index.ts';
import { json, ScriptedQueue } from './fixtures/scripted-queue.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';
import { now, wireConnection, wireEvent } from './fixtures/wire-event.ts';

const world = useQueueWorld();

/** A poller that gets these events, one for each answer. A reading of the connection returns that of the last event. */
async function pollerAfter(...events: readonly QueueEvent[]) {
  const server = new ScriptedQueue();
  let latest: unknown;
  for (const event of events) {
    server.next('poll', () => {
      latest = event.resource;
      return json([event]);
    });
  }
  server.always('connection', () => json(latest));
  const { poller, ...seen } = world.recordedPoller({ fetch: server.fetch });
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

/** @param is The statuses of 8700 and 8701 in the resource. */
function event(type: string, is: readonly [string, string], more: Partial<QueueEvent> = {}): QueueEvent {
  return wireEvent(type, wireConnection('c1', { 8700: is[0], 8701: is[1] }), more);
}

describe('Q3 one channel has ended, and the other is running', () => {
  it('the connection is synchronising, and whenSynced stays pending', async () => {
    const { poller, state, statuses } = await pollerAfter(
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

  it('in the sandbox, with one channel ahead: the synchronisation ends with the slower one', async () => {
    const { poller, id, emitted } = await world.startedPoller();
    const outcome = poller.whenSynced(id, { after: now() });
    world.linxo.synchronise(id, 'one-channel-ahead');
    await world.pass(20_000);

    expect(poller.connections.get(id)?.channels.get('8701')?.status).toBe('SUCCESS');
    expect(poller.connections.get(id)?.syncing).toBe(true);

    await world.pass(60_000);
    expect(await outcome).toMatchObject({ result: 'success', source: 'event' });
    const ends = emitted.channel.filter(({ status }) => status === 'SUCCESS');
    expect(ends.map(({ channelDefinitionId }) => channelDefinitionId)).toEqual(['8701', '8700']);
  });
});

describe('Q3 SYNC_ALL_SUCCESS with a failed channel', () => {
  it.each([
    ['without a channel id', {}],
    ['with an empty channel id', { channel_definition_id: null }],
  ])('%s ends the running channels, and does not change the failed ones', async (_name, more) => {
    const { poller, state, statuses } = await pollerAfter(
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

  it('emits the new status of each channel', async () => {
    const { emitted, statuses } = await pollerAfter(event('SYNC_ALL_SUCCESS', ['AUTH_FAILED', 'RUNNING']));

    expect(statuses()).toEqual({ 8700: 'AUTH_FAILED', 8701: 'SUCCESS' });
    expect(emitted.channel.map(({ channelDefinitionId: id, status }) => [id, status])).toEqual([
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
  ])('%s is the end, and is emitted under that name', async (_name, type) => {
    const marker = { ...event('', ['RUNNING', 'RUNNING']), ...type, event_status: 'SYNC_ALL_SUCCESS' };
    const types: string[] = [];
    const server = new ScriptedQueue().next('poll', () => json([marker]));
    const poller = world.poller({ fetch: server.fetch });
    poller.on('SYNC_ALL_SUCCESS', ({ event_type }) => types.push(event_type));
    poller.start();
    await world.pass(0);

    expect(types).toEqual(['SYNC_ALL_SUCCESS']);
    expect(await poller.whenSynced('c1')).toMatchObject({ result: 'success', source: 'event' });
  });

  it.each(['channels', 'global', 'both'] as const)(
    'in the sandbox, with end markers for %s',
    async (endMarkers) => {
      world.linxo.configure({ endMarkerField: 'event_status', endMarkers });
      const { poller, id, emitted } = await world.startedPoller();
      const outcome = poller.whenSynced(id, { after: now() });
      world.linxo.synchronise(id);

      await world.pass(60_000);

      expect(await outcome).toMatchObject({ result: 'success' });
      expect(emitted.failure).toEqual([]);
    },
  );
});

it('Q3 in the example of the documents, an unknown channel id creates no channel, and SUCCESS is not the end', async () => {
  const { poller, id, events, emitted } = await world.startedPoller();
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
  expect(emitted.channel.some(({ channelDefinitionId }) => channelDefinitionId === 'redirect1')).toBe(false);
});

describe('Q3 a challenge', () => {
  it('is an action at once until it is answered; the end comes later', async () => {
    const channelKind = (channel: string) => world.linxo.channelKind(channel);
    const { poller, id, emitted } = await world.startedPoller({ channelKind });
    const withAction = poller.whenSynced(id, { after: now() });
    world.linxo.synchronise(id, 'sms-challenge');
    await world.pass(9_000);

    const action = { type: 'CHALLENGE_REQUIRED', channelDefinitionId: '8700' };
    expect(await withAction).toMatchObject({ result: 'action', action, source: 'event' });
    expect(poller.connections.get(id)).toMatchObject({ syncing: true, action });

    await world.pass(30_000);
    world.linxo.answerChallenge(id);
    const ended = poller.whenSynced(id, { after: now() });
    await world.pass(5_000);
    expect(poller.connections.get(id)).toMatchObject({ syncing: true, action: undefined });

    await world.pass(30_000);
    expect(await ended).toMatchObject({ result: 'success', action: undefined });
    const embedded = emitted.channel.filter(({ kind }) => kind === 'EMBEDDED').map(({ status }) => status);
    expect(embedded.slice(-4)).toEqual(['RUNNING', 'CHALLENGE_REQUIRED', 'RUNNING', 'SUCCESS']);
  });

  it('without an answer and without a waiter becomes AUTH_FAILED with the next idle poll', async () => {
    const { poller, id } = await world.startedPoller();
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
  'Q3 %s: there is an action at once, and the other channel runs to its end',
  async (script, type, channel) => {
    const { poller, id } = await world.startedPoller();
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
