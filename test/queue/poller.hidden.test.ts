import { expect, it } from 'vitest';
import { hearOf } from './fixtures/hear-of.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const world = useQueueWorld();
const MINUTE = 60_000;

/** A hidden tab's timers run once a minute, however early they were due. */
async function passThrottled(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += MINUTE) await world.time.sleep(MINUTE, false);
}

it('Q8 a read that is under way when the page is hidden is let land', async () => {
  const poller = await world.idlePoller();
  const { id } = world.linxo.addConnection();
  world.linxo.publish(id, { event: 'SYNC_ALL_STARTED', channel: 'EMBEDDED' });
  world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'slow', ms: 4_000 });
  poller.nudge();
  await world.pass(1_000);
  expect(world.underWay).toBe(1);
  world.page.show(false);
  await world.pass(4_000);
  expect(poller.connections.get(id)?.status).toBe('RUNNING');
});

it('Q5 hidden for 20 minutes with timers once a minute: the queue lives, and a synchronisation is followed', async () => {
  const poller = await world.idlePoller();
  const { queueId } = poller;
  const told = hearOf(poller, 'gap', 'expired', 'subscribed');
  world.page.show(false);
  const { id } = world.linxo.addConnection();
  world.linxo.synchronise(id);
  poller.nudge();
  await passThrottled(20 * MINUTE);
  expect(poller.queueId).toBe(queueId);
  expect(world.linxo.queues().map((queue) => queue.id)).toEqual([queueId]);
  expect(told).toEqual([]);
  expect(poller.connections.get(id)?.status).toBe('SUCCESS');
  const reads = world.arrived().filter((type) => type === 'queue').length;
  expect(reads).toBeGreaterThanOrEqual(2);
  expect(reads).toBeLessThanOrEqual(10);
});

it('Q5 nobody sees the page: it is polled at the hidden pace, and at once when it is seen again', async () => {
  const poller = await world.idlePoller();
  const { id } = world.linxo.addConnection();
  world.page.show(false);
  world.linxo.publish(id, { event: 'SYNC_ALL_STARTED', channel: 'EMBEDDED' });
  poller.nudge();
  await world.pass(10 * MINUTE);
  const hidden = world.arrived().filter((type) => type === 'queue').length;
  expect(hidden).toBeGreaterThanOrEqual(9);
  expect(hidden).toBeLessThanOrEqual(12);
  // Away from the last poll, as one that is asked for keeps a second's distance.
  do await world.pass(1_000);
  while (!world.arrived().includes('queue'));
  await world.pass(5_000);
  world.arrived();
  world.page.show(true);
  await world.time.settle();
  expect(world.arrived()[0]).toBe('queue');
});

it.each([true, false])(
  'Q4 Q5 frozen for ten minutes and let go on, no visibilitychange comes (the clock stands still: %s)',
  async (standsStill) => {
    const { poller, id } = await world.trackingPoller();
    const told = hearOf(poller, 'gap', 'reconciled');
    world.linxo.synchronise(id);
    world.arrived();
    await world.time.sleep(10 * MINUTE, standsStill);
    // A clock that stood still is noticed by the next timer, which runs within half a minute.
    await world.pass(30_000);
    expect(told).toEqual(['woken', 'reconciled']);
    expect(world.arrived().slice(0, 2)).toEqual(['queue', 'connection']);
    expect(poller.connections.get(id)?.status).toBe('SUCCESS');
  },
);

it.each([true, false])(
  'Q4 Q6 asleep for an hour: one new queue, and the connections are read (the clock stands still: %s)',
  async (standsStill) => {
    const { poller, id } = await world.trackingPoller();
    const told = hearOf(poller, 'expired', 'subscribed', 'reconciled', 'failure');
    world.linxo.synchronise(id, 'credentials-refused');
    world.arrived();
    await world.time.sleep(60 * MINUTE, standsStill);
    await world.pass(30_000);
    expect(told).toEqual(['expired', 'subscribed', 'reconciled']);
    expect(world.arrived().filter((type) => type === 'subscribe')).toHaveLength(1);
    expect(poller.connections.get(id)?.action?.type).toBe('AUTH_FAILED');
  },
);
