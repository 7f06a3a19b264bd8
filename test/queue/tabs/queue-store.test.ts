import { describe, expect, it } from 'vitest';
import { standInStorage } from '../fixtures/stand-in-storage.ts';
import { useQueueWorld } from '../fixtures/use-queue-world.ts';
import { now } from '../fixtures/wire-event.ts';

const world = useQueueWorld();

/** A storage in which a page has left its queue. */
async function storageOfPage(): Promise<{ storage: Storage; queueId: string | undefined }> {
  const storage = standInStorage();
  const poller = world.poller({ storage });
  poller.start();
  await world.pass(0);
  poller.pause();
  return { storage, queueId: poller.queueId };
}

function keyOf(storage: Storage): string {
  return storage.key(0) ?? '';
}

describe('S4 the storage', () => {
  const broken = (): never => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };

  it.each(['getItem', 'setItem', 'removeItem'])('%s throws: the poller works without it', async (method) => {
    const storage = Object.assign(standInStorage(), { [method]: broken });
    const { poller, emitted } = world.recordedPoller({ storage });
    await Promise.all([poller.start(), world.pass(0)]);
    await poller.stop({ forget: true });

    expect(emitted.subscribed).toHaveLength(1);
    expect(emitted.failure).toEqual([]);
  });

  it.each([
    ['invalid JSON', '{'],
    ['null', 'null'],
    ['a number', '7'],
    ['a list', '[]'],
    ['no id', JSON.stringify({ connectionIds: [], askedAt: 0 })],
    ['an id that is a number', JSON.stringify({ queueId: 7, connectionIds: [], askedAt: 0 })],
    ['no time', JSON.stringify({ queueId: 'q', connectionIds: [] })],
    ['connections that are a string', JSON.stringify({ queueId: 'q', connectionIds: 'c', askedAt: 0 })],
  ])('contains %s: the poller gets a new queue', async (_name, stored) => {
    const { storage } = await storageOfPage();
    storage.setItem(keyOf(storage), stored);

    const { poller, emitted } = world.recordedPoller({ storage });
    poller.start();
    await world.pass(0);

    expect(emitted.subscribed).toHaveLength(1);
    expect(emitted.resumed).toEqual([]);
    expect(emitted.failure).toEqual([]);
  });

  it('is partly valid: the valid ids of connections are read', async () => {
    const { storage, queueId } = await storageOfPage();
    const connectionIds = ['c1', 7, null, { id: 'c2' }, ''];
    const stored = { queueId, connectionIds, askedAt: Date.now(), isReading: 'yes' };
    storage.setItem(keyOf(storage), JSON.stringify(stored));

    const { poller, emitted } = world.recordedPoller({ storage });
    poller.start();
    await world.pass(0);

    expect(emitted.resumed).toHaveLength(1);
    expect(emitted.gap).toEqual([]);
    const read = world.sandbox.log.filter(({ type }) => type === 'connection');
    expect(read).toHaveLength(1);
  });

  it('contains ids only: no token, no name', async () => {
    const storage = standInStorage();
    const { id } = world.linxo.addConnection({ name: 'Bank of Nowhere' });
    const token = world.sandbox.issueAccessToken();
    const poller = world.poller({ storage, accessToken: token });
    poller.start();
    poller.track(id);
    await world.pass(0);

    const stored = JSON.parse(storage.getItem(keyOf(storage)) ?? '');
    expect(stored).toMatchObject({ queueId: poller.queueId, connectionIds: [id], isReading: false });
    expect(JSON.stringify(stored)).not.toContain(token);
    expect(JSON.stringify(stored)).not.toContain('Nowhere');
  });

  it.each([
    ['in the future', 1e15, 'resumed', 'aborted'],
    ['far beyond all dates', 1e300, 'resumed', 'aborted'],
    ['far before all dates', -1e300, 'subscribed', 'expired'],
  ] as const)('contains a time %s: the gap has a valid date', async (_name, askedAt, started, reason) => {
    const { storage, queueId } = await storageOfPage();
    const stored = { queueId, connectionIds: [], askedAt, isReading: true };
    storage.setItem(keyOf(storage), JSON.stringify(stored));

    const { poller, emitted } = world.recordedPoller({ storage });
    poller.start();
    await world.pass(0);

    expect(emitted[started]).toHaveLength(1);
    expect(emitted.gap.map((gap) => gap.reason)).toContain(reason);
    for (const { since } of emitted.gap) {
      expect(since).toBeGreaterThanOrEqual(0);
      expect(since).toBeLessThanOrEqual(now());
    }
  });
});
