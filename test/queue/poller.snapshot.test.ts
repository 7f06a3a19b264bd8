import { expect, it } from 'vitest';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const world = useQueueWorld();

it('a snapshot is the same object until something changes, and agrees with the poller', async () => {
  const poller = await world.idlePoller();
  const { id } = world.linxo.addConnection();
  const snapshots: object[] = [];
  const unsubscribe = poller.subscribe(() => snapshots.push(poller.getSnapshot()));
  const before = poller.getSnapshot();
  expect(poller.getSnapshot()).toBe(before);
  expect(before).toEqual({ status: 'polling', queueId: poller.queueId, connections: new Map() });
  world.linxo.publish(id, { event: 'AUTH_FAILED', channel: 'EMBEDDED' });
  poller.nudge();
  await world.pass(1_000);
  const after = poller.getSnapshot();
  expect(after).not.toBe(before);
  expect(before.connections.size).toBe(0);
  expect(after.connections).toEqual(poller.connections);
  expect(snapshots.at(-1)).toBe(after);
  const count = snapshots.length;
  unsubscribe();
  poller.pause();
  expect(poller.getSnapshot().status).toBe('paused');
  expect(snapshots).toHaveLength(count);
});

it('a poll without news changes no snapshot, so that no view renders again', async () => {
  const poller = await world.idlePoller();
  poller.track(world.linxo.addConnection().id);
  await world.pass(5_000);
  const before = poller.getSnapshot();
  let changes = 0;
  poller.subscribe(() => {
    changes += 1;
  });
  poller.nudge();
  await world.pass(10_000);
  expect(world.arrived().filter((type) => type === 'queue').length).toBeGreaterThan(3);
  expect(changes).toBe(0);
  expect(poller.getSnapshot()).toBe(before);
});

it('a snapshot that a handler gets during an answer is up to date, and listeners are still called', async () => {
  const poller = await world.idlePoller();
  const { id } = world.linxo.addConnection();
  const seen: (string | undefined)[] = [];
  let changes = 0;
  poller.subscribe(() => {
    changes += 1;
  });
  poller.on('*', () => {
    seen.push(poller.getSnapshot().connections.get(id)?.channels.get('8700')?.status);
    expect(poller.getSnapshot()).toBe(poller.getSnapshot());
  });
  world.linxo.publish(id, { event: 'SYNC_ALL_STARTED', channel: 'EMBEDDED' });
  world.linxo.publish(id, { event: 'AUTH_FAILED', channel: 'EMBEDDED' });
  poller.nudge();
  await world.pass(1_000);
  expect(seen).toEqual(['RUNNING', 'AUTH_FAILED']);
  expect(changes).toBeGreaterThanOrEqual(1);
});
