import { expect, it } from 'vitest';
import type { QueuePollerOptions } from '../../src/index.ts';
import { hearOf } from './fixtures/hear-of.ts';
import { standInStorage } from './fixtures/stand-in-storage.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const world = useQueueWorld();

it('Q8 the user is switched in the middle of a read: nothing of the first one reaches the second', async () => {
  let user = 'user-1';
  const poller = await world.idlePoller({ accessToken: () => world.sandbox.issueAccessToken({ user }) });
  const first = world.linxo.addConnection({ user: 'user-1' });
  const second = world.linxo.addConnection({ user: 'user-2' });
  poller.track(first.id);
  await world.pass(5_000);
  const firstQueue = poller.queueId;
  world.linxo.synchronise(first.id);
  world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'slow', ms: 5_000 });
  poller.nudge();
  await world.pass(2_000);
  expect(world.underWay).toBe(1);

  const heard: string[] = [];
  poller.on('*', ({ resource }) => heard.push((resource as { id: string }).id));
  poller.on('connection', ({ connection }) => heard.push(connection.id));
  poller.on('reconciled', ({ connectionIds }) => heard.push(...connectionIds));
  user = 'user-2';
  await poller.stop({ forget: true });
  expect(poller.getSnapshot()).toEqual({ status: 'stopped', queueId: undefined, connections: new Map() });
  await poller.start();
  expect(poller.queueId).not.toBe(firstQueue);
  world.linxo.synchronise(second.id);
  poller.nudge();
  await world.pass(120_000);
  expect(new Set(heard)).toEqual(new Set([second.id]));
  expect([...poller.connections.keys()]).toEqual([second.id]);
  expect(poller.connections.get(second.id)?.status).toBe('SUCCESS');
});

it('Q6 Q9 another user takes over the storage under a key of their own: the first one’s queue is not theirs', async () => {
  const storage = standInStorage();
  const of = (user: string): Partial<QueuePollerOptions> => ({
    storage,
    user,
    accessToken: () => world.sandbox.issueAccessToken({ user }),
  });
  const one = await world.idlePoller(of('user-1'));
  await one.stop();
  const other = world.poller(of('user-2'));
  await Promise.all([other.start(), world.pass(100)]);
  expect(other.queueId).not.toBe(one.queueId);
  await other.stop({ forget: true });

  const again = world.poller(of('user-1'));
  await Promise.all([again.start(), world.pass(100)]);
  expect(again.queueId).toBe(one.queueId);
});

it('Q6 without a key, the other user’s queue is refused, forgotten, and replaced; its connections show nothing', async () => {
  const storage = standInStorage();
  const { id } = world.linxo.addConnection({ user: 'user-1' });
  const one = await world.idlePoller({ storage });
  one.track(id);
  await world.pass(5_000);
  await one.stop();
  const other = world.poller({
    storage,
    accessToken: () => world.sandbox.issueAccessToken({ user: 'user-2' }),
  });
  const told = hearOf(other, 'resumed', 'expired', 'subscribed');
  await Promise.all([other.start(), world.pass(5_000)]);
  expect(told).toEqual(['resumed', 'expired', 'subscribed']);
  expect(other.queueId).not.toBe(one.queueId);
  expect(other.connections.get(id)).toBeUndefined();
  expect(other.status).toBe('polling');
});

it('Q4 left in the middle of a read and come back on another page: what that read held is told as lost', async () => {
  const storage = standInStorage();
  const one = await world.idlePoller({ storage });
  const { id } = world.linxo.addConnection();
  one.track(id);
  await world.pass(5_000);
  world.linxo.publish(id, { event: 'LIST_ACCOUNTS', channel: 'EMBEDDED' });
  world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'slow', ms: 5_000 });
  one.nudge();
  await world.pass(1_000);
  await one.stop();

  const other = world.poller({ storage });
  const told = hearOf(other, 'gap', 'reconciled');
  await Promise.all([other.start(), world.pass(1_000)]);
  expect(told).toEqual(['aborted', 'reconciled']);
});
