import { describe, expect, it } from 'vitest';
import type { QueuePollerOptions } from '../../src/index.ts';
import { idsOf } from './fixtures/record-events.ts';
import { hangs, json, ScriptedQueue, status } from './fixtures/scripted-queue.ts';
import { standInStorage } from './fixtures/stand-in-storage.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';
import { now, wireConnection } from './fixtures/wire-event.ts';

const world = useQueueWorld();

const MINUTE = 60_000;

/** A page that navigates away, as for a redirect to the bank, without a call of `stop`. */
async function leftPage(options: Partial<QueuePollerOptions>) {
  const poller = world.poller(options);
  poller.start();
  await world.pass(0);
  poller.pause();
  return poller;
}

describe('Q4 Q6 the queue outlives the page', () => {
  it('after a redirect it is resumed, the events of the meantime are delivered, and the connections are known', async () => {
    const storage = standInStorage();
    const { id } = world.linxo.addConnection();
    const before = await leftPage({ storage });
    before.track(id);
    world.linxo.synchronise(id);
    await world.pass(4 * MINUTE);

    const { poller, emitted, events } = world.recordedPoller({ storage });
    await Promise.all([poller.start(), world.pass(0)]);

    expect(emitted.resumed).toEqual([{ queueId: before.queueId }]);
    expect(emitted.subscribed).toEqual([]);
    expect(idsOf(events)).toEqual(world.linxo.published.map(({ event }) => event.id));
    expect(emitted.gap).toEqual([]);
    expect(poller.connections.get(id)?.status).toBe('SUCCESS');
  });

  it('the connections are read although the queue is empty', async () => {
    const storage = standInStorage();
    const server = new ScriptedQueue().always('connection', () =>
      json(wireConnection('c1', { 8700: 'SUCCESS' })),
    );
    const before = world.poller({ storage, fetch: server.fetch });
    before.track('c1');
    before.start();
    await world.pass(0);
    before.pause();

    const poller = world.poller({ storage, fetch: server.fetch });
    poller.start();
    await world.pass(0);

    expect(poller.connections.get('c1')?.status).toBe('SUCCESS');
  });

  it('a queue that is older than 15 minutes is replaced, with a gap since then, and the connections are read', async () => {
    const storage = standInStorage();
    const { id } = world.linxo.addConnection();
    const before = await leftPage({ storage });
    before.track(id);
    const left = now();
    await world.pass(15 * MINUTE + 1_000);

    const { poller, emitted } = world.recordedPoller({ storage });
    poller.start();
    await world.pass(0);

    expect(emitted.resumed).toEqual([]);
    expect(emitted.subscribed).toHaveLength(1);
    expect(poller.queueId).not.toBe(before.queueId);
    expect(emitted.gap).toEqual([{ reason: 'expired', since: left }]);
    expect(poller.connections.has(id)).toBe(true);
    expect(world.sandbox.log.filter(({ status: code }) => code === 404)).toEqual([]);
  });

  it('a queue that has expired in the meantime is replaced, with a gap', async () => {
    const storage = standInStorage();
    await leftPage({ storage });
    world.linxo.killQueue();

    const { poller, emitted } = world.recordedPoller({ storage });
    poller.start();
    await world.pass(0);

    expect(emitted.resumed).toHaveLength(1);
    expect(emitted.expired).toHaveLength(1);
    expect(emitted.subscribed).toHaveLength(1);
    expect(emitted.gap.map(({ reason }) => reason)).toEqual(['expired']);
    expect(emitted.failure).toEqual([]);
  });

  it('a read that was aborted with the page is a gap for the next page', async () => {
    const storage = standInStorage();
    const server = new ScriptedQueue().next('poll', () => status(204), hangs);
    const before = world.poller({ storage, fetch: server.fetch });
    before.start();
    await world.pass(3_000);
    await before.stop();

    const { poller, emitted } = world.recordedPoller({ storage, fetch: server.fetch });
    poller.start();
    await world.pass(0);

    expect(emitted.resumed).toHaveLength(1);
    expect(emitted.gap.map(({ reason }) => reason)).toEqual(['aborted']);
  });

  it('the queue that the vendor’s widget got is used instead of the stored one', async () => {
    const storage = standInStorage();
    await leftPage({ storage });
    const queueId = world.linxo.subscribe();

    const { poller, emitted } = world.recordedPoller({ storage, queueId });
    poller.start();
    await world.pass(0);

    expect(emitted.resumed).toEqual([{ queueId }]);
    expect(poller.queueId).toBe(queueId);
  });
});

describe('Q6 Q9 another user', () => {
  it('a resumed queue that answers 403 is replaced, and nothing of the other user is shown', async () => {
    const storage = standInStorage();
    const theirs = world.linxo.addConnection({ user: 'user-2' });
    const before = await leftPage({
      storage,
      accessToken: () => world.sandbox.issueAccessToken({ user: 'user-2' }),
    });
    before.track(theirs.id);
    world.linxo.synchronise(theirs.id);
    await world.pass(MINUTE);

    const { poller, emitted, events } = world.recordedPoller({ storage });
    const started = poller.start();
    await world.pass(0);
    await started;

    expect(emitted.expired).toEqual([{ queueId: before.queueId }]);
    expect(emitted.subscribed).toHaveLength(1);
    expect(emitted.failure).toEqual([]);
    expect(events).toEqual([]);
    expect(poller.connections.get(theirs.id)).toBeUndefined();
  });

  it('with the option user, no user gets what was stored for another', async () => {
    const storage = standInStorage();
    await leftPage({ storage, user: 'u2', share: false });

    const { poller, emitted } = world.recordedPoller({ storage, user: 'u1', share: false });
    poller.start();
    await world.pass(0);

    expect(emitted.resumed).toEqual([]);
    expect(emitted.expired).toEqual([]);
    expect(storage.length).toBe(2);
  });

  it('a poller with another address does not get the stored queue', async () => {
    const storage = standInStorage();
    await leftPage({ storage });
    const { poller, emitted } = world.recordedPoller({
      storage,
      baseUrl: 'https://bank.example/gateway/linxo',
      accessToken: false,
    });
    poller.start();
    await world.pass(0);

    expect(emitted.resumed).toEqual([]);
  });
});

describe('Q8 forget', () => {
  it('clears the storage and the connections', async () => {
    const storage = standInStorage();
    const { id } = world.linxo.addConnection();
    const poller = world.poller({ storage });
    poller.start();
    poller.track(id);
    await world.pass(0);
    expect(storage.length).toBe(1);

    await poller.stop({ forget: true });
    await world.pass(MINUTE);

    expect(storage.length).toBe(0);
    expect(poller.connections.size).toBe(0);
    expect(poller.queueId).toBeUndefined();
    expect(poller.getSnapshot()).toEqual({ status: 'stopped', queueId: undefined, connections: new Map() });
  });

  it('clears the storage during a request too', async () => {
    const storage = standInStorage();
    const server = new ScriptedQueue().always('poll', hangs);
    const poller = world.poller({ storage, fetch: server.fetch });
    poller.start();
    await world.pass(0);
    expect(storage.length).toBe(1);

    poller.stop({ forget: true });
    await world.pass(MINUTE);

    expect(storage.length).toBe(0);
  });

  it('clears the storage of a stopped poller too', async () => {
    const storage = standInStorage();
    const poller = world.poller({ storage });
    poller.start();
    await world.pass(0);
    await poller.stop();
    expect(storage.length).toBe(1);

    await poller.stop({ forget: true });

    expect(storage.length).toBe(0);
  });

  it('stop alone keeps the queue for the next page', async () => {
    const storage = standInStorage();
    const before = world.poller({ storage });
    before.start();
    await world.pass(0);
    const { queueId } = before;
    await before.stop();

    const poller = world.poller({ storage });
    poller.start();
    await world.pass(0);

    expect(poller.queueId).toBe(queueId);
  });
});
