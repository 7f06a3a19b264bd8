import { expect, it } from 'vitest';
import { hearOf } from '../fixtures/hear-of.ts';
import { useScene } from '../fixtures/scene.ts';

const scene = useScene();
const MINUTE = 60_000;

/** Nothing reaches anybody. */
function goOffline(): void {
  scene.sandbox.fault({ server: 'linxo', kind: 'network', count: 1_000 });
}

it('Q7 offline for half an hour: tried again for ever, rarely, and told each time', async () => {
  const poller = await scene.idlePoller();
  const retries: number[] = [];
  poller.on('failure', ({ error, retryIn }) => {
    expect(error.code).toBe('NETWORK');
    retries.push(retryIn ?? -1);
  });
  goOffline();
  poller.nudge();
  await scene.time.pass(30 * MINUTE);
  const tries = scene.arrived().length;
  expect(tries).toBeGreaterThan(20);
  expect(tries).toBeLessThan(60);
  expect(retries).toHaveLength(tries);
  for (const retryIn of retries) expect(retryIn).toBeLessThanOrEqual(90_000);
  expect(poller.status).not.toBe('failed');
});

it('Q4 Q5 the network comes back: polled at once, one gap told, one new queue, and the connections read', async () => {
  const { poller, id } = await scene.trackingPoller();
  const told = hearOf(poller, 'gap', 'reconciled');
  goOffline();
  poller.nudge();
  await scene.time.pass(MINUTE);
  scene.linxo.synchronise(id, 'user-action');
  await scene.time.pass(20 * MINUTE);
  await scene.time.pass((poller.nextPollIn ?? 0) + 2_000); // no poll was sent within the last second
  scene.sandbox.clearFaults();
  scene.arrived();
  scene.page.tell('online');
  await scene.time.settle();
  expect(scene.arrived()).toEqual(['subscribe', 'queue', 'connection']);
  expect(told).toEqual(['network', 'expired', 'reconciled']);
  expect(poller.connections.get(id)?.action?.type).toBe('USER_ACTION_REQUIRED');
});

it('Q5 an online that lies a hundred times in a second is no storm', async () => {
  const poller = await scene.idlePoller();
  goOffline();
  poller.nudge();
  await scene.time.pass(5 * MINUTE);
  scene.arrived();
  for (let times = 0; times < 100; times += 1) {
    scene.page.tell('online');
    await scene.time.pass(10);
  }
  expect(scene.arrived().length).toBeLessThanOrEqual(2);
  expect(poller.status).not.toBe('failed');
});

it('Q7 Retry-After holds, whatever is said of the network or nudged', async () => {
  const poller = await scene.idlePoller();
  scene.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'error', status: 429, retryAfter: 300 });
  poller.nudge();
  await scene.time.pass(1_000);
  scene.arrived();
  poller.nudge();
  scene.page.tell('online');
  scene.page.show(true);
  await scene.time.pass(290_000);
  expect(scene.arrived()).toEqual([]);
  await scene.time.pass(60_000);
  expect(scene.arrived()).toContain('queue');
});

it('Q4 Q7 a hung socket is given up after the timeout, told, and what it may have lost is read', async () => {
  const { poller, id } = await scene.trackingPoller({ timeout: 10_000 });
  const told = hearOf(poller, 'failure', 'gap', 'reconciled');
  scene.linxo.publish(id, { event: 'AUTH_FAILED', channel: 'EMBEDDED' });
  scene.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'never' });
  poller.nudge();
  await scene.time.pass(9_900);
  expect(scene.underWay()).toBe(1);
  await scene.time.pass(200);
  expect(scene.underWay()).toBe(0);
  expect(told).toEqual(['network', 'TIMEOUT']);
  await scene.time.pass(5_000);
  expect(told.at(-1)).toBe('reconciled');
  expect(poller.connections.get(id)?.action?.type).toBe('AUTH_FAILED');
});

it('Q4 a read whose answer was taken for empty: the state is right within the hour, and sooner while it synchronises', async () => {
  const poller = await scene.idlePoller();
  const { id } = scene.linxo.addConnection();
  scene.linxo.synchronise(id, [
    { after: 1_000, event: 'SYNC_ALL_STARTED', channel: 'EMBEDDED' },
    { after: 20_000, event: 'SYNC_ALL_SUCCESS', channel: 'EMBEDDED' },
  ]);
  const outcome = poller.whenSynced(id, { after: Math.floor(scene.now() / 1_000) });
  await scene.time.pass(10_000);
  expect(poller.connections.get(id)?.status).toBe('RUNNING');
  scene.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'silently-lost' });
  await scene.time.pass(45_000);
  await expect(outcome).resolves.toMatchObject({ result: 'success', source: 'reconcile' });
});
