import { describe, expect, it } from 'vitest';
import { standInStorage } from '../fixtures/stand-in-storage.ts';
import { useQueueWorld } from '../fixtures/use-queue-world.ts';
import { now } from '../fixtures/wire-event.ts';
import { witness } from '../fixtures/witness.ts';

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

describe('S4 a storage that is of no use', () => {
  const broken = (): never => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };

  it.each(['getItem', 'setItem', 'removeItem'])('%s throws: it works without', async (method) => {
    const storage = Object.assign(standInStorage(), { [method]: broken });
    const poller = world.poller({ storage });
    const { told } = witness(poller);
    await Promise.all([poller.start(), world.pass(0)]);
    await poller.stop({ forget: true });

    expect(told.subscribed).toHaveLength(1);
    expect(told.failure).toEqual([]);
  });

  it.each([
    ['not JSON', '{'],
    ['null', 'null'],
    ['a number', '7'],
    ['a list', '[]'],
    ['no id', JSON.stringify({ connectionIds: [], askedAt: 0 })],
    ['an id that is a number', JSON.stringify({ queueId: 7, connectionIds: [], askedAt: 0 })],
    ['no time', JSON.stringify({ queueId: 'q', connectionIds: [] })],
    ['connections that are none', JSON.stringify({ queueId: 'q', connectionIds: 'c', askedAt: 0 })],
  ])('what it holds is %s: a new queue is got', async (_name, held) => {
    const { storage } = await storageOfPage();
    storage.setItem(keyOf(storage), held);

    const poller = world.poller({ storage });
    const { told } = witness(poller);
    poller.start();
    await world.pass(0);

    expect(told.subscribed).toHaveLength(1);
    expect(told.resumed).toEqual([]);
    expect(told.failure).toEqual([]);
  });

  it('what it holds is partly sound: the connections that are ids are known', async () => {
    const { storage, queueId } = await storageOfPage();
    const connectionIds = ['c1', 7, null, { id: 'c2' }, ''];
    const held = { queueId, connectionIds, askedAt: Date.now(), isReading: 'yes' };
    storage.setItem(keyOf(storage), JSON.stringify(held));

    const poller = world.poller({ storage });
    const { told } = witness(poller);
    poller.start();
    await world.pass(0);

    expect(told.resumed).toHaveLength(1);
    expect(told.gap).toEqual([]);
    const read = world.sandbox.log.filter(({ type }) => type === 'connection');
    expect(read).toHaveLength(1);
  });

  it('holds ids alone: no token, no name', async () => {
    const storage = standInStorage();
    const { id } = world.linxo.addConnection({ name: 'Bank of Nowhere' });
    const token = world.sandbox.issueAccessToken();
    const poller = world.poller({ storage, accessToken: token });
    poller.start();
    poller.track(id);
    await world.pass(0);

    const held = JSON.parse(storage.getItem(keyOf(storage)) ?? '');
    expect(held).toMatchObject({ queueId: poller.queueId, connectionIds: [id], isReading: false });
    expect(JSON.stringify(held)).not.toContain(token);
    expect(JSON.stringify(held)).not.toContain('Nowhere');
  });

  it.each([
    ['that has not come yet', 1e15, 'resumed', 'aborted'],
    ['far beyond all dates', 1e300, 'resumed', 'aborted'],
    ['far before all dates', -1e300, 'subscribed', 'expired'],
  ] as const)(
    'when it was asked is a time %s: what is told has a date',
    async (_name, askedAt, begun, reason) => {
      const { storage, queueId } = await storageOfPage();
      const held = { queueId, connectionIds: [], askedAt, isReading: true };
      storage.setItem(keyOf(storage), JSON.stringify(held));

      const poller = world.poller({ storage });
      const { told } = witness(poller);
      poller.start();
      await world.pass(0);

      expect(told[begun]).toHaveLength(1);
      expect(told.gap.map((gap) => gap.reason)).toContain(reason);
      for (const { since } of told.gap) {
        expect(since).toBeGreaterThanOrEqual(0);
        expect(since).toBeLessThanOrEqual(now());
      }
    },
  );
});
