import { expect, it } from 'vitest';
import type { QueuePollerOptions } from '../../src/index.ts';
import { recordNames } from './fixtures/record-events.ts';
import { standInStorage } from './fixtures/stand-in-storage.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const world = useQueueWorld();

it('Q8 the user changes during a read: the second user gets nothing optionsOf the first', async () => {
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
  expect(world.inFlight).toBe(1);

  const received: string[] = [];
  poller.on('*', ({ resource }) => received.push((resource as { id: string }).id));
  poller.on('connection', ({ connection }) => received.push(connection.id));
  poller.on('reconciled', ({ connectionIds }) => received.push(...connectionIds));
  user = 'user-2';
  await poller.stop({ forget: true });
  expect(poller.getSnapshot()).toEqual({ status: 'stopped', queueId: undefined, connections: new Map() });
  await poller.start();
  expect(poller.queueId).not.toBe(firstQueue);
  world.linxo.synchronise(second.id);
  poller.nudge();
  await world.pass(120_000);
  expect(new Set(received)).toEqual(new Set([second.id]));
  expect([...poller.connections.keys()]).toEqual([second.id]);
  expect(poller.connections.get(second.id)?.status).toBe('SUCCESS');
});

it('Q6 Q9 another user with another key in the same storage does not get the first user’s queue', async () => {
  const storage = standInStorage();
  const optionsOf = (user: string): Partial<QueuePollerOptions> => ({
    storage,
    user,
    accessToken: () => world.sandbox.issueAccessToken({ user }),
  });
  const one = await world.idlePoller(optionsOf('user-1'));
  await one.stop();
  const other = world.poller(optionsOf('user-2'));
  await Promise.all([other.start(), world.pass(100)]);
  expect(other.queueId).not.toBe(one.queueId);
  await other.stop({ forget: true });

  const again = world.poller(optionsOf('user-1'));
  await Promise.all([again.start(), world.pass(100)]);
  expect(again.queueId).toBe(one.queueId);
});

it('Q6 without a key, the other user’s queue is refused, forgotten and replaced, and its connections are not shown', async () => {
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
  const emitted = recordNames(other, 'resumed', 'expired', 'subscribed');
  await Promise.all([other.start(), world.pass(5_000)]);
  expect(emitted).toEqual(['resumed', 'expired', 'subscribed']);
  expect(other.queueId).not.toBe(one.queueId);
  expect(other.connections.get(id)).toBeUndefined();
  expect(other.status).toBe('polling');
});

it('Q4 the next page has a gap if the page before was left during a read', async () => {
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
  const emitted = recordNames(other, 'gap', 'reconciled');
  await Promise.all([other.start(), world.pass(1_000)]);
  expect(emitted).toEqual(['aborted', 'reconciled']);
});
