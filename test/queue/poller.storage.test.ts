import { describe, expect, it } from 'vitest';
import type { QueuePollerOptions } from '../../src/index.ts';
import { hangs, json, ScriptedQueue, status } from './fixtures/scripted-queue.ts';
import { standInStorage } from './fixtures/stand-in-storage.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';
import { now, wireConnection } from './fixtures/wire-event.ts';
import { idsOf, witness } from './fixtures/witness.ts';

const world = useQueueWorld();

const MINUTE = 60_000;

/** A page goes away without a word, as for a redirect to the bank: its poller does nothing more. */
async function pageThatLeaves(options: Partial<QueuePollerOptions>) {
  const poller = world.poller(options);
  poller.start();
  await world.pass(0);
  poller.pause();
  return poller;
}

describe('Q4 Q6 the queue outlives the page', () => {
  it('after a redirect it is resumed, what happened meanwhile is delivered, and the connections are known', async () => {
    const storage = standInStorage();
    const { id } = world.linxo.addConnection();
    const before = await pageThatLeaves({ storage });
    before.track(id);
    world.linxo.synchronise(id);
    await world.pass(4 * MINUTE);

    const poller = world.poller({ storage });
    const { told, events } = witness(poller);
    await Promise.all([poller.start(), world.pass(0)]);

    expect(told.resumed).toEqual([{ queueId: before.queueId }]);
    expect(told.subscribed).toEqual([]);
    expect(idsOf(events)).toEqual(world.linxo.published.map(({ event }) => event.id));
    expect(told.gap).toEqual([]);
    expect(poller.connections.get(id)?.status).toBe('SUCCESS');
  });

  it('the connections are read, though the queue brings nothing', async () => {
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

  it('not a queue that is older than 15 minutes: a new one, a gap since then, and the connections are read', async () => {
    const storage = standInStorage();
    const { id } = world.linxo.addConnection();
    const before = await pageThatLeaves({ storage });
    before.track(id);
    const left = now();
    await world.pass(15 * MINUTE + 1_000);

    const poller = world.poller({ storage });
    const { told } = witness(poller);
    poller.start();
    await world.pass(0);

    expect(told.resumed).toEqual([]);
    expect(told.subscribed).toHaveLength(1);
    expect(poller.queueId).not.toBe(before.queueId);
    expect(told.gap).toEqual([{ reason: 'expired', since: left }]);
    expect(poller.connections.has(id)).toBe(true);
    expect(world.sandbox.log.filter(({ status: code }) => code === 404)).toEqual([]);
  });

  it('one that died in the meantime is replaced, with a gap', async () => {
    const storage = standInStorage();
    await pageThatLeaves({ storage });
    world.linxo.killQueue();

    const poller = world.poller({ storage });
    const { told } = witness(poller);
    poller.start();
    await world.pass(0);

    expect(told.resumed).toHaveLength(1);
    expect(told.expired).toHaveLength(1);
    expect(told.subscribed).toHaveLength(1);
    expect(told.gap.map(({ reason }) => reason)).toEqual(['expired']);
    expect(told.failure).toEqual([]);
  });

  it('a read that was cut off when the page went is a gap for the next', async () => {
    const storage = standInStorage();
    const server = new ScriptedQueue().next('poll', () => status(204), hangs);
    const before = world.poller({ storage, fetch: server.fetch });
    before.start();
    await world.pass(3_000);
    await before.stop();

    const poller = world.poller({ storage, fetch: server.fetch });
    const { told } = witness(poller);
    poller.start();
    await world.pass(0);

    expect(told.resumed).toHaveLength(1);
    expect(told.gap.map(({ reason }) => reason)).toEqual(['aborted']);
  });

  it('a queue that the vendor’s widget got goes before the stored one', async () => {
    const storage = standInStorage();
    await pageThatLeaves({ storage });
    const queueId = world.linxo.subscribe();

    const poller = world.poller({ storage, queueId });
    const { told } = witness(poller);
    poller.start();
    await world.pass(0);

    expect(told.resumed).toEqual([{ queueId }]);
    expect(poller.queueId).toBe(queueId);
  });
});

describe('Q6 Q9 another user', () => {
  it('a resumed queue that answers 403 is replaced by one of one’s own, and nothing of the other’s is shown', async () => {
    const storage = standInStorage();
    const theirs = world.linxo.addConnection({ user: 'user-2' });
    const before = await pageThatLeaves({
      storage,
      accessToken: () => world.sandbox.issueAccessToken({ user: 'user-2' }),
    });
    before.track(theirs.id);
    world.linxo.synchronise(theirs.id);
    await world.pass(MINUTE);

    const poller = world.poller({ storage });
    const { told, events } = witness(poller);
    const started = poller.start();
    await world.pass(0);
    await started;

    expect(told.expired).toEqual([{ queueId: before.queueId }]);
    expect(told.subscribed).toHaveLength(1);
    expect(told.failure).toEqual([]);
    expect(events).toEqual([]);
    expect(poller.connections.get(theirs.id)).toBeUndefined();
  });

  it('with the option user, the one never sees what was stored for the other', async () => {
    const storage = standInStorage();
    await pageThatLeaves({ storage, user: 'u2', share: false });

    const poller = world.poller({ storage, user: 'u1', share: false });
    const { told } = witness(poller);
    poller.start();
    await world.pass(0);

    expect(told.resumed).toEqual([]);
    expect(told.expired).toEqual([]);
    expect(storage.length).toBe(2);
  });

  it('neither does one of another address', async () => {
    const storage = standInStorage();
    await pageThatLeaves({ storage });
    const poller = world.poller({
      storage,
      baseUrl: 'https://bank.example/gateway/linxo',
      accessToken: false,
    });
    const { told } = witness(poller);
    poller.start();
    await world.pass(0);

    expect(told.resumed).toEqual([]);
  });
});

describe('Q8 forget', () => {
  it('leaves nothing in the storage, and nothing of the connections', async () => {
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

  it('in the middle of a request leaves nothing behind it either', async () => {
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

  it('of a poller that has been stopped already works too', async () => {
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
