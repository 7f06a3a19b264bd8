import { describe, expect, it } from 'vitest';
import type { Connection, SyncOutcome } from '../../src/index.ts';
import { json, ScriptedQueue } from './fixtures/scripted-queue.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';
import { now, wireConnection, wireEvent } from './fixtures/wire-event.ts';

const world = useQueueWorld();

/** A poller whose server answers readings with this connection. */
async function pollerOf(connection: Connection, server = new ScriptedQueue()) {
  let latest = connection;
  server.always('connection', () => json(latest));
  const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });
  poller.track('c1');
  poller.start();
  await world.pass(0);
  const outcomes: SyncOutcome[] = [];
  poller.whenSynced('c1').then(
    (outcome) => outcomes.push(outcome),
    () => {}, // it may be stopped
  );
  await world.pass(1_000);
  const become = (next: Connection): void => {
    latest = next;
  };
  return { poller, emitted, outcomes, become, state: () => poller.connections.get('c1') };
}

describe('Q3 a connection that says RUNNING, with a channel that is EMPTY', () => {
  it.each([
    { 8700: 'EMPTY', 8701: 'EMPTY' },
    { 8700: 'SUCCESS', 8701: 'EMPTY' },
    { 8700: 'EMPTY', 8701: 'PARTIAL_SUCCESS' },
    { 8700: 'TOKEN_EXPIRED', 8701: 'EMPTY' },
    { 8700: 'CLOSED', 8701: 'EMPTY', 8702: 'SUCCESS' },
  ])('runs, and whenSynced waits for its end: %j', async (channels) => {
    const { state, outcomes, become } = await pollerOf(wireConnection('c1', channels, { status: 'RUNNING' }));
    expect(state()).toMatchObject({ status: 'RUNNING', syncing: true });
    // A user who has to act is told at once.
    const needsUser = Object.values(channels).includes('TOKEN_EXPIRED');
    expect(outcomes.map(({ result }) => result)).toEqual(needsUser ? ['action'] : []);

    become(wireConnection('c1', { 8700: 'SUCCESS', 8701: 'EMPTY' }, { status: 'SUCCESS' }));
    await world.pass(40_000);
    expect(state()).toMatchObject({ status: 'SUCCESS', syncing: false });
    expect(outcomes.map(({ result }) => result)).toEqual([needsUser ? 'action' : 'success']);
  });

  it('has ended in an event that says so, although it still says RUNNING', async () => {
    const channels = wireConnection('c1', { 8700: 'RUNNING', 8701: 'EMPTY' }).channels ?? [];
    const server = new ScriptedQueue();
    const connection: Connection = { id: 'c1', status: 'RUNNING', channels };
    const { poller, state, outcomes, emitted } = await pollerOf(connection, server);
    for (const resource of [connection, { id: 'c1' }, { id: 'c1', status: 'RUNNING' as const }]) {
      const started = wireEvent('SYNC_ALL_STARTED', connection, { channel_definition_id: '8700' });
      const ended = wireEvent('SYNC_ALL_SUCCESS', resource, { channel_definition_id: '8700' });
      server.next('poll', () => json([started, ended]));
      poller.nudge();
      await world.pass(2_000);
      expect(state()).toMatchObject({ status: 'SUCCESS', syncing: false });
    }
    expect(outcomes.map(({ result }) => result)).toEqual(['success']);
    const statuses = emitted.connection.map(({ connection: is }) => is.status);
    expect(statuses).not.toContain('PARTIAL_SUCCESS');
    expect(statuses).not.toContain('FAILED');
  });
});

describe('Q3 a status of a channel by the vendor’s rules', () => {
  it.each([
    [{ 8700: 'PARTIAL_SUCCESS', 8701: 'SUCCESS' }, 'PARTIAL_SUCCESS', 'partial'],
    [{ 8700: 'PARTIAL_SUCCESS', 8701: 'PARTIAL_SUCCESS' }, 'PARTIAL_SUCCESS', 'partial'],
    [{ 8700: 'PARTIAL_SUCCESS', 8701: 'EMPTY' }, 'PARTIAL_SUCCESS', 'partial'],
    [{ 8700: 'SUCCESS', 8701: 'EMPTY' }, 'SUCCESS', 'success'],
    [{ 8700: 'SUCCESS', 8701: 'CLOSED' }, 'SUCCESS', 'success'],
    [{ 8700: 'CLOSED', 8701: 'CLOSED' }, 'CLOSED', 'failed'],
    [{ 8700: 'CLOSED', 8701: 'EMPTY' }, 'CLOSED', 'failed'],
    [{ 8700: 'CLOSED', 8701: 'AUTH_FAILED' }, 'FAILED', 'action'],
  ])('%j of a connection that says nothing: %s', async (channels, status, result) => {
    const { state, outcomes } = await pollerOf(wireConnection('c1', channels));
    expect(state()).toMatchObject({ status, syncing: false });
    expect(outcomes.map((outcome) => outcome.result)).toEqual([result]);
  });

  it('an event with the resource_type of a webhook is about its connection', async () => {
    const server = new ScriptedQueue();
    const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });
    const resource = wireConnection('c1', { 8700: 'CHALLENGE_REQUIRED', 8701: 'SUCCESS' });
    const more = { resource_type: 'CONNECTIONS', new_transactions: 3 };
    server.next('poll', () => json([wireEvent('UPDATED', resource, more)]));
    poller.start();
    await world.pass(0);
    expect(poller.connections.get('c1')).toMatchObject({ status: 'FAILED' });
    expect(emitted.channel.map(({ status }) => status)).toEqual(['CHALLENGE_REQUIRED', 'SUCCESS']);
  });
});

describe('Q3 the kind of a channel', () => {
  it('is the mode that the server says, in the state and in the event channel, and stays although events do not say it', async () => {
    const channels = [
      { channel_definition_id: '8700', status: 'SUCCESS', mode: 'REDIRECT', last_end_date: now() - 60 },
      { channel_definition_id: '8701', status: 'SUCCESS', mode: 'EMBEDDED', last_end_date: now() - 60 },
    ];
    const server = new ScriptedQueue();
    const { poller, emitted, state } = await pollerOf({ id: 'c1', channels }, server);
    const kinds = () => [...(state()?.channels.values() ?? [])].map(({ kind }) => kind);
    expect(kinds()).toEqual(['REDIRECT', 'EMBEDDED']);

    const running = wireConnection('c1', { 8700: 'RUNNING', 8701: 'RUNNING' });
    server.next('poll', () => json([wireEvent('SYNC_ALL_STARTED', running)]));
    poller.nudge();
    await world.pass(2_000);
    expect(kinds()).toEqual(['REDIRECT', 'EMBEDDED']);
    expect(emitted.channel.map(({ kind }) => kind)).toEqual(['REDIRECT', 'EMBEDDED', 'REDIRECT', 'EMBEDDED']);
  });
});

describe('Q3 a synchronisation whose end is not clear', () => {
  it('is over with SYNC_ALL_SUCCESS without a channel, although a status is unknown and the connection says nothing', async () => {
    const server = new ScriptedQueue();
    const { state, outcomes, poller } = await pollerOf({ id: 'c1', channels: [] }, server);
    const events = [
      wireEvent('SYNC_ALL_STARTED', wireConnection('c1', { 8700: 'RUNNING' })),
      wireEvent('LIST_ACCOUNTS', wireConnection('c1', { 8700: 'REFRESHING' })),
      wireEvent('SYNC_ALL_SUCCESS', { id: 'c1' }),
    ];
    server.next('poll', () => json(events));
    poller.nudge();
    await world.pass(2_000);
    expect(state()).toMatchObject({ status: 'SUCCESS', syncing: false });
    expect(outcomes.map(({ result }) => result)).toEqual(['success']);
  });

  it('Q5 does not make the poller poll closely for ever, if readings do not say either that anything runs', async () => {
    const server = new ScriptedQueue();
    const { poller, state } = await pollerOf(wireConnection('c1', { 8700: 'WEIRD' }), server);
    await poller.stop();
    poller.start();
    const started = wireEvent('SYNC_ALL_STARTED', wireConnection('c1', { 8700: 'RUNNING' }));
    server.next('poll', () => json([started]));
    await world.pass(120_000);
    expect(state()?.syncing).toBe(false);
    const before = server.requests('poll').length;
    await world.pass(3_600_000);
    expect(server.requests('poll').length - before).toBeLessThan(20);
  });

  it('a status from before the synchronisation, which its events repeat, is not its result', async () => {
    const server = new ScriptedQueue();
    const { poller, outcomes } = await pollerOf(
      wireConnection('c1', { 8700: 'RUNNING', 8701: 'RUNNING' }, { status: 'RUNNING' }),
      server,
    );
    const repeated = (statuses: [string, string], type: string, more = {}) =>
      wireEvent(
        type,
        wireConnection('c1', { 8700: statuses[0], 8701: statuses[1] }, { status: 'FAILED' }),
        more,
      );
    server.next('poll', () =>
      json([
        repeated(['RUNNING', 'RUNNING'], 'SYNC_ALL_STARTED'),
        repeated(['SUCCESS', 'RUNNING'], 'SYNC_ALL_SUCCESS', { channel_definition_id: '8700' }),
        repeated(['SUCCESS', 'SUCCESS'], 'SYNC_ALL_SUCCESS', { channel_definition_id: '8701' }),
      ]),
    );
    poller.nudge();
    await world.pass(2_000);
    expect(outcomes.map(({ result }) => result)).toEqual(['success']);
  });

  it('S4 a mode that is no string loses no event', async () => {
    const server = new ScriptedQueue();
    const { poller, emitted, state } = await pollerOf(wireConnection('c1', { 8700: 'RUNNING' }), server);
    const channels = [{ channel_definition_id: '8700', status: 'SUCCESS', mode: 7 }];
    server.next('poll', () => json([wireEvent('SYNC_ALL_SUCCESS', { id: 'c1', channels })]));
    poller.nudge();
    await world.pass(2_000);
    expect(emitted.failure).toEqual([]);
    expect(state()?.status).toBe('SUCCESS');
  });
});
