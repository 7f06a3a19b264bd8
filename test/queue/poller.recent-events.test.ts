import { expect, it } from 'vitest';
import type { RecentPollerEvent } from '../../src/index.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const world = useQueueWorld();

const kindsOf = (events: readonly RecentPollerEvent[]) => events.map(({ kind }) => kind);

it('S6 a poller remembers what has happened, as plain data', async () => {
  const { linxo, sandbox } = world;
  const { id } = linxo.addConnection({ name: 'A name that nobody is to read' });
  const poller = world.poller();
  const emitted: RecentPollerEvent[] = [];
  poller.on('recent', (event) => emitted.push(event));
  poller.start();
  await world.pass(1_000);
  linxo.publish(id, { event: 'SYNC_ALL_STARTED', channel: 'REDIRECT', status: 'RUNNING' });
  await world.pass(3_000);
  sandbox.fault({ kind: 'error', server: 'linxo', status: 503 });
  poller.nudge();
  await world.pass(1_000);

  const { recentEvents } = poller;
  expect(recentEvents).toEqual(emitted);
  expect(recentEvents).toMatchObject([
    { kind: 'queue.status', status: 'subscribing', previous: 'idle' },
    { kind: 'queue.subscribed', queueId: poller.queueId },
    ...recentEvents.slice(2),
  ]);
  for (const event of [
    { kind: 'queue.event', type: 'SYNC_ALL_STARTED', connectionId: id },
    { kind: 'queue.connection', connectionId: id, status: 'RUNNING', source: 'event' },
    { kind: 'queue.channel', connectionId: id, status: 'RUNNING', source: 'event' },
    { kind: 'queue.poll', events: 1 },
    { kind: 'queue.failure', code: 'HTTP', status: 503, type: 'poll' },
  ]) {
    expect(recentEvents).toContainEqual(expect.objectContaining(event));
  }
  expect(JSON.stringify(recentEvents)).not.toMatch(/nobody is to read|Bearer/);
  expect(recentEvents.every((event) => Object.isFrozen(event))).toBe(true);
});

it('S6 the newest 200 events are kept', async () => {
  const poller = await world.idlePoller();
  for (let count = 0; count < 250; count += 1) {
    poller.nudge();
    await world.pass(2_000);
  }
  expect(kindsOf(poller.recentEvents)).toEqual(Array.from({ length: 200 }, () => 'queue.poll'));
});

it('S6 a stop keeps the memory; a logout empties it, and nothing of that user comes after it', async () => {
  const { poller, id } = await world.trackingPoller();
  await poller.stop();
  expect(JSON.stringify(poller.recentEvents)).toContain(id);
  poller.start();
  await world.pass(1_000);
  await poller.stop({ forget: true });
  expect(poller.recentEvents).toEqual([]);
});

it('S6 a handler that logs out while an event is emitted: it is not remembered', async () => {
  const { linxo } = world;
  const { poller, id } = await world.trackingPoller();
  const observed: string[] = [];
  poller.on('recent', ({ kind }) => {
    observed.push(kind);
    if (kind === 'queue.event') void poller.stop({ forget: true });
  });
  const delivered: string[] = [];
  poller.on('*', (event) => delivered.push(event.event_type));
  linxo.publish(id, { event: 'SYNC_ALL_STARTED', channel: 'REDIRECT', status: 'RUNNING' });
  poller.nudge();
  await world.pass(1_000);
  expect(delivered).toEqual([]);
  expect(poller.recentEvents).toEqual([]);
  expect(observed.at(-1)).toBe('queue.status'); // an observer still sees that it has stopped
});

it('S6 a handler that starts the poller for the next user: the memory has what came from then on', async () => {
  const { poller } = await world.trackingPoller();
  const unsubscribe = poller.on('status', ({ status }) => {
    if (status !== 'stopped') return;
    unsubscribe(); // else it would start again after the test, too
    void poller.start();
  });
  await poller.stop({ forget: true });
  await world.pass(1_000);
  expect(poller.recentEvents[0]).toMatchObject({ previous: 'stopped', status: 'subscribing' });
});
