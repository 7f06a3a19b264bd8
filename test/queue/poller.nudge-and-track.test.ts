import { expect, it } from 'vitest';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const world = useQueueWorld();
const MINUTE = 60_000;

it('Q5 nudge polls at once and closely for a while, then rarely again', async () => {
  const poller = await world.idlePoller();
  await world.pass(30_000);
  expect(world.arrived()).toEqual([]);
  poller.nudge();
  await world.time.settle();
  expect(world.arrived()).toEqual(['queue']);
  await world.pass(30_000);
  expect(world.arrived().length).toBeGreaterThanOrEqual(11);
  await world.pass(5 * MINUTE);
  expect(world.arrived().length).toBeLessThanOrEqual(1);
});

it('Q5 a thousand nudges in a second cause no more than one poll a second', async () => {
  const poller = await world.idlePoller();
  for (let times = 0; times < 1_000; times += 1) {
    poller.nudge();
    await world.pass(1);
  }
  expect(world.arrived().length).toBeLessThanOrEqual(2);
});

it('Q4 a tracked connection is read at once, and known before any event', async () => {
  const poller = await world.idlePoller();
  const { id } = world.linxo.addConnection();
  poller.track(id);
  await world.pass(1_000);
  expect(world.arrived()).toEqual(['queue', 'connection']);
  expect(poller.connections.get(id)).toMatchObject({ id, status: 'NONE', syncing: false });
  poller.track(id);
  await world.pass(1_000);
  expect(world.arrived()).toEqual([]);
});

it('Q4 connections tracked before the start are read once; one that the server does not know stays unknown', async () => {
  const poller = world.poller();
  const { id } = world.linxo.addConnection();
  poller.track(id);
  poller.track('unknown');
  await Promise.all([poller.start(), world.pass(10_000)]);
  expect([...poller.connections.keys()]).toEqual([id]);
  expect(world.arrived().filter((type) => type === 'connection')).toHaveLength(2);
});
