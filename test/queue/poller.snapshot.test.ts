import { expect, it } from 'vitest';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const world = useQueueWorld();

it('a snapshot is the same object until something changes, and says what the poller says', async () => {
  const poller = await world.idlePoller();
  const { id } = world.linxo.addConnection();
  const snapshots: object[] = [];
  const leave = poller.subscribe(() => snapshots.push(poller.getSnapshot()));
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
  const told = snapshots.length;
  leave();
  poller.pause();
  expect(poller.getSnapshot().status).toBe('paused');
  expect(snapshots).toHaveLength(told);
});

it('a poll that brings nothing changes no snapshot: no view is drawn again', async () => {
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

it('a snapshot that a handler takes in the middle of an answer is not behind, and listeners hear of it all the same', async () => {
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
