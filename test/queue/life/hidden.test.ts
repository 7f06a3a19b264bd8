import { expect, it } from 'vitest';
import { hearOf } from '../fixtures/hear-of.ts';
import { useScene } from '../fixtures/scene.ts';

const scene = useScene();
const MINUTE = 60_000;

/** A hidden tab's timers run once a minute, however early they were due. */
async function passThrottled(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += MINUTE) await scene.time.sleep(MINUTE, false);
}

it('Q8 a read that is under way when the page is hidden is let land', async () => {
  const poller = await scene.idlePoller();
  const { id } = scene.linxo.addConnection();
  scene.linxo.publish(id, { event: 'SYNC_ALL_STARTED', channel: 'EMBEDDED' });
  scene.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'slow', ms: 4_000 });
  poller.nudge();
  await scene.time.pass(1_000);
  expect(scene.underWay()).toBe(1);
  scene.page.show(false);
  await scene.time.pass(4_000);
  expect(poller.connections.get(id)?.status).toBe('RUNNING');
});

it('Q5 hidden for 20 minutes with timers once a minute: the queue lives, and a synchronisation is followed', async () => {
  const poller = await scene.idlePoller();
  const { queueId } = poller;
  const told = hearOf(poller, 'gap', 'expired', 'subscribed');
  scene.page.show(false);
  const { id } = scene.linxo.addConnection();
  scene.linxo.synchronise(id);
  poller.nudge();
  await passThrottled(20 * MINUTE);
  expect(poller.queueId).toBe(queueId);
  expect(scene.linxo.queues().map((queue) => queue.id)).toEqual([queueId]);
  expect(told).toEqual([]);
  expect(poller.connections.get(id)?.status).toBe('SUCCESS');
  const reads = scene.arrived().filter((type) => type === 'queue').length;
  expect(reads).toBeGreaterThanOrEqual(2);
  expect(reads).toBeLessThanOrEqual(10);
});

it('Q5 nobody sees the page: it is polled at the hidden pace, and at once when it is seen again', async () => {
  const poller = await scene.idlePoller();
  const { id } = scene.linxo.addConnection();
  scene.page.show(false);
  scene.linxo.publish(id, { event: 'SYNC_ALL_STARTED', channel: 'EMBEDDED' });
  poller.nudge();
  await scene.time.pass(10 * MINUTE);
  const hidden = scene.arrived().filter((type) => type === 'queue').length;
  expect(hidden).toBeGreaterThanOrEqual(9);
  expect(hidden).toBeLessThanOrEqual(12);
  // Away from the last poll, as one that is asked for keeps a second's distance.
  do await scene.time.pass(1_000);
  while (!scene.arrived().includes('queue'));
  await scene.time.pass(5_000);
  scene.arrived();
  scene.page.show(true);
  await scene.time.settle();
  expect(scene.arrived()[0]).toBe('queue');
});

it.each([true, false])(
  'Q4 Q5 frozen for ten minutes and let go on, no visibilitychange comes (the clock stands still: %s)',
  async (standsStill) => {
    const { poller, id } = await scene.trackingPoller();
    const told = hearOf(poller, 'gap', 'reconciled');
    scene.linxo.synchronise(id);
    scene.arrived();
    await scene.time.sleep(10 * MINUTE, standsStill);
    // A clock that stood still is noticed by the next timer, which runs within half a minute.
    await scene.time.pass(30_000);
    expect(told).toEqual(['woken', 'reconciled']);
    expect(scene.arrived().slice(0, 2)).toEqual(['queue', 'connection']);
    expect(poller.connections.get(id)?.status).toBe('SUCCESS');
  },
);

it.each([true, false])(
  'Q4 Q6 asleep for an hour: one new queue, and the connections are read (the clock stands still: %s)',
  async (standsStill) => {
    const { poller, id } = await scene.trackingPoller();
    const told = hearOf(poller, 'expired', 'subscribed', 'reconciled', 'failure');
    scene.linxo.synchronise(id, 'credentials-refused');
    scene.arrived();
    await scene.time.sleep(60 * MINUTE, standsStill);
    await scene.time.pass(30_000);
    expect(told).toEqual(['expired', 'subscribed', 'reconciled']);
    expect(scene.arrived().filter((type) => type === 'subscribe')).toHaveLength(1);
    expect(poller.connections.get(id)?.action?.type).toBe('AUTH_FAILED');
  },
);
