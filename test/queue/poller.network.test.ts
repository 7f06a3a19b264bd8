import { expect, it } from 'vitest';
import { hearOf } from './fixtures/hear-of.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const world = useQueueWorld();
const MINUTE = 60_000;

/** Nothing reaches anybody. */
function goOffline(): void {
  world.sandbox.fault({ server: 'linxo', kind: 'network', count: 1_000 });
}

it('Q7 offline for half an hour: tried again for ever, rarely, and told each time', async () => {
  const poller = await world.idlePoller();
  const retries: number[] = [];
  poller.on('failure', ({ error, retryIn }) => {
    expect(error.code).toBe('NETWORK');
    retries.push(retryIn ?? -1);
  });
  goOffline();
  poller.nudge();
  await world.pass(30 * MINUTE);
  const tries = world.arrived().length;
  expect(tries).toBeGreaterThan(20);
  expect(tries).toBeLessThan(60);
  expect(retries).toHaveLength(tries);
  for (const retryIn of retries) expect(retryIn).toBeLessThanOrEqual(90_000);
  expect(poller.status).not.toBe('failed');
});

it('Q4 Q5 the network comes back: polled at once, one gap told, one new queue, and the connections read', async () => {
  const { poller, id } = await world.trackingPoller();
  const told = hearOf(poller, 'gap', 'reconciled');
  goOffline();
  poller.nudge();
  await world.pass(MINUTE);
  world.linxo.synchronise(id, 'user-action');
  await world.pass(20 * MINUTE);
  await world.pass((poller.nextPollIn ?? 0) + 2_000); // no poll was sent within the last second
  world.sandbox.clearFaults();
  world.arrived();
  world.page.tell('online');
  await world.time.settle();
  expect(world.arrived()).toEqual(['subscribe', 'queue', 'connection']);
  expect(told).toEqual(['network', 'expired', 'reconciled']);
  expect(poller.connections.get(id)?.action?.type).toBe('USER_ACTION_REQUIRED');
});

it('Q5 an online that lies a hundred times in a second is no storm', async () => {
  const poller = await world.idlePoller();
  goOffline();
  poller.nudge();
  await world.pass(5 * MINUTE);
  world.arrived();
  for (let times = 0; times < 100; times += 1) {
    world.page.tell('online');
    await world.pass(10);
  }
  expect(world.arrived().length).toBeLessThanOrEqual(2);
  expect(poller.status).not.toBe('failed');
});

it('Q7 Retry-After holds, whatever is said of the network or nudged', async () => {
  const poller = await world.idlePoller();
  world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'error', status: 429, retryAfter: 300 });
  poller.nudge();
  await world.pass(1_000);
  world.arrived();
  poller.nudge();
  world.page.tell('online');
  world.page.show(true);
  await world.pass(290_000);
  expect(world.arrived()).toEqual([]);
  await world.pass(60_000);
  expect(world.arrived()).toContain('queue');
});

it('Q4 Q7 a hung socket is given up after the timeout, told, and what it may have lost is read', async () => {
  const { poller, id } = await world.trackingPoller({ timeout: 10_000 });
  const told = hearOf(poller, 'failure', 'gap', 'reconciled');
  world.linxo.publish(id, { event: 'AUTH_FAILED', channel: 'EMBEDDED' });
  world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'never' });
  poller.nudge();
  await world.pass(9_900);
  expect(world.underWay).toBe(1);
  await world.pass(200);
  expect(world.underWay).toBe(0);
  expect(told).toEqual(['network', 'TIMEOUT']);
  await world.pass(5_000);
  expect(told.at(-1)).toBe('reconciled');
  expect(poller.connections.get(id)?.action?.type).toBe('AUTH_FAILED');
});

it('Q4 a read whose answer was taken for empty: the state is right within the hour, and sooner while it synchronises', async () => {
  const poller = await world.idlePoller();
  const { id } = world.linxo.addConnection();
  world.linxo.synchronise(id, [
    { after: 1_000, event: 'SYNC_ALL_STARTED', channel: 'EMBEDDED' },
    { after: 20_000, event: 'SYNC_ALL_SUCCESS', channel: 'EMBEDDED' },
  ]);
  const outcome = poller.whenSynced(id, { after: Math.floor(world.now / 1_000) });
  await world.pass(10_000);
  expect(poller.connections.get(id)?.status).toBe('RUNNING');
  world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'silently-lost' });
  await world.pass(45_000);
  await expect(outcome).resolves.toMatchObject({ result: 'success', source: 'reconcile' });
});
