import { expect, it } from 'vitest';
import { useScene } from '../fixtures/scene.ts';

const scene = useScene();
const MINUTE = 60_000;

it('Q5 nudge polls now, and closely for a while; then rarely again', async () => {
  const poller = await scene.idlePoller();
  await scene.time.pass(30_000);
  expect(scene.arrived()).toEqual([]);
  poller.nudge();
  await scene.time.settle();
  expect(scene.arrived()).toEqual(['queue']);
  await scene.time.pass(30_000);
  expect(scene.arrived().length).toBeGreaterThanOrEqual(11);
  await scene.time.pass(5 * MINUTE);
  expect(scene.arrived().length).toBeLessThanOrEqual(1);
});

it('Q5 nudged a thousand times in a second: not more than one poll a second', async () => {
  const poller = await scene.idlePoller();
  for (let times = 0; times < 1_000; times += 1) {
    poller.nudge();
    await scene.time.pass(1);
  }
  expect(scene.arrived().length).toBeLessThanOrEqual(2);
});

it('Q4 a tracked connection is read at once, kept right, and known before any event names it', async () => {
  const poller = await scene.idlePoller();
  const { id } = scene.linxo.addConnection();
  poller.track(id);
  await scene.time.pass(1_000);
  expect(scene.arrived()).toEqual(['queue', 'connection']);
  expect(poller.connections.get(id)).toMatchObject({ id, status: 'NONE', syncing: false });
  poller.track(id);
  await scene.time.pass(1_000);
  expect(scene.arrived()).toEqual([]);
});

it('Q4 tracked before the start; one that the server does not know is asked for once, and told as nothing', async () => {
  const poller = scene.poller();
  const { id } = scene.linxo.addConnection();
  poller.track(id);
  poller.track('nobody');
  await Promise.all([poller.start(), scene.time.pass(10_000)]);
  expect([...poller.connections.keys()]).toEqual([id]);
  expect(scene.arrived().filter((type) => type === 'connection')).toHaveLength(2);
});

it('a snapshot is the same object until something changes, and says what the poller says', async () => {
  const poller = await scene.idlePoller();
  const { id } = scene.linxo.addConnection();
  const snapshots: object[] = [];
  const leave = poller.subscribe(() => snapshots.push(poller.getSnapshot()));
  const before = poller.getSnapshot();
  expect(poller.getSnapshot()).toBe(before);
  expect(before).toEqual({ status: 'polling', queueId: poller.queueId, connections: new Map() });
  scene.linxo.publish(id, { event: 'AUTH_FAILED', channel: 'EMBEDDED' });
  poller.nudge();
  await scene.time.pass(1_000);
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
  const poller = await scene.idlePoller();
  poller.track(scene.linxo.addConnection().id);
  await scene.time.pass(5_000);
  const before = poller.getSnapshot();
  let changes = 0;
  poller.subscribe(() => {
    changes += 1;
  });
  poller.nudge();
  await scene.time.pass(10_000);
  expect(scene.arrived().filter((type) => type === 'queue').length).toBeGreaterThan(3);
  expect(changes).toBe(0);
  expect(poller.getSnapshot()).toBe(before);
});

it('a snapshot that a handler takes in the middle of an answer is not behind, and listeners hear of it all the same', async () => {
  const poller = await scene.idlePoller();
  const { id } = scene.linxo.addConnection();
  const seen: (string | undefined)[] = [];
  let changes = 0;
  poller.subscribe(() => {
    changes += 1;
  });
  poller.on('*', () => {
    seen.push(poller.getSnapshot().connections.get(id)?.channels.get('8700')?.status);
    expect(poller.getSnapshot()).toBe(poller.getSnapshot());
  });
  scene.linxo.publish(id, { event: 'SYNC_ALL_STARTED', channel: 'EMBEDDED' });
  scene.linxo.publish(id, { event: 'AUTH_FAILED', channel: 'EMBEDDED' });
  poller.nudge();
  await scene.time.pass(1_000);
  expect(seen).toEqual(['RUNNING', 'AUTH_FAILED']);
  expect(changes).toBeGreaterThanOrEqual(1);
});

it('Q8 await using stops it at the end of the block', async () => {
  let inside: string | undefined;
  const made = scene.poller();
  {
    await using poller = made;
    await Promise.all([poller.start(), scene.time.pass(100)]);
    inside = poller.status;
  }
  expect(inside).toBe('polling');
  expect(made.status).toBe('stopped');
  expect(scene.time.timers).toBe(0);
});
