import { expect, it } from 'vitest';
import { recordNames } from './fixtures/record-events.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const world = useQueueWorld();
const MINUTE = 60_000;

/** In a hidden tab, timers run once a minute at most. */
async function passThrottled(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += MINUTE) await world.time.sleep(MINUTE, false);
}

it('Q8 a read that is in flight when the page becomes hidden is not aborted', async () => {
  const poller = await world.idlePoller();
  const { id } = world.linxo.addConnection();
  world.linxo.publish(id, { event: 'SYNC_ALL_STARTED', channel: 'EMBEDDED' });
  world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'slow', ms: 4_000 });
  poller.nudge();
  await world.pass(1_000);
  expect(world.inFlight).toBe(1);
  world.page.show(false);
  await world.pass(4_000);
  expect(poller.connections.get(id)?.status).toBe('RUNNING');
});

it('Q5 hidden for 20 minutes with timers once a minute: the queue does not expire, and a synchronisation is followed', async () => {
  const poller = await world.idlePoller();
  const { queueId } = poller;
  const emitted = recordNames(poller, 'gap', 'expired', 'subscribed');
  world.page.show(false);
  const { id } = world.linxo.addConnection();
  world.linxo.synchronise(id);
  poller.nudge();
  await passThrottled(20 * MINUTE);
  expect(poller.queueId).toBe(queueId);
  expect(world.linxo.queues().map((queue) => queue.id)).toEqual([queueId]);
  expect(emitted).toEqual([]);
  expect(poller.connections.get(id)?.status).toBe('SUCCESS');
  const reads = world.arrived().filter((type) => type === 'queue').length;
  expect(reads).toBeGreaterThanOrEqual(2);
  expect(reads).toBeLessThanOrEqual(10);
});

it('Q5 a hidden page polls once a minute, and at once when it becomes visible', async () => {
  const poller = await world.idlePoller();
  const { id } = world.linxo.addConnection();
  world.page.show(false);
  world.linxo.publish(id, { event: 'SYNC_ALL_STARTED', channel: 'EMBEDDED' });
  poller.nudge();
  await world.pass(10 * MINUTE);
  const hidden = world.arrived().filter((type) => type === 'queue').length;
  expect(hidden).toBeGreaterThanOrEqual(9);
  expect(hidden).toBeLessThanOrEqual(12);
  // More than a second after the last poll, since a requested poll keeps that distance.
  do await world.pass(1_000);
  while (!world.arrived().includes('queue'));
  await world.pass(5_000);
  world.arrived();
  world.page.show(true);
  await world.time.settle();
  expect(world.arrived()[0]).toBe('queue');
});

it.each([true, false])(
  'Q4 Q5 frozen for ten minutes without a visibilitychange: a gap, and the connections are read (the clock stands still: %s)',
  async (standsStill) => {
    const { poller, id } = await world.trackingPoller();
    const emitted = recordNames(poller, 'gap', 'reconciled');
    world.linxo.synchronise(id);
    world.arrived();
    await world.time.sleep(10 * MINUTE, standsStill);
    // The next timer detects that the clock stood still. It runs within half a minute.
    await world.pass(30_000);
    expect(emitted).toEqual(['woken', 'reconciled']);
    expect(world.arrived().slice(0, 2)).toEqual(['queue', 'connection']);
    expect(poller.connections.get(id)?.status).toBe('SUCCESS');
  },
);

it.each([true, false])(
  'Q4 Q6 asleep for an hour: one new queue, and the connections are read (the clock stands still: %s)',
  async (standsStill) => {
    const { poller, id } = await world.trackingPoller();
    const emitted = recordNames(poller, 'expired', 'subscribed', 'reconciled', 'failure');
    world.linxo.synchronise(id, 'credentials-refused');
    world.arrived();
    await world.time.sleep(60 * MINUTE, standsStill);
    await world.pass(30_000);
    expect(emitted).toEqual(['expired', 'subscribed', 'reconciled']);
    expect(world.arrived().filter((type) => type === 'subscribe')).toHaveLength(1);
    expect(poller.connections.get(id)?.action?.type).toBe('AUTH_FAILED');
  },
);
