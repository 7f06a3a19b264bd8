import { expect, it } from 'vitest';
import { recordNames } from './fixtures/record-events.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const world = useQueueWorld();
const MINUTE = 60_000;

/** All requests fail. */
function goOffline(): void {
  world.sandbox.fault({ server: 'linxo', kind: 'network', count: 1_000 });
}

it('Q7 offline for half an hour: retries without end, rarely, with a failure each time', async () => {
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

it('Q4 Q5 online again: polls at once, with one gap, one new queue, and the connections read', async () => {
  const { poller, id } = await world.trackingPoller();
  const emitted = recordNames(poller, 'gap', 'reconciled');
  goOffline();
  poller.nudge();
  await world.pass(MINUTE);
  world.linxo.synchronise(id, 'user-action');
  await world.pass(20 * MINUTE);
  await world.pass((poller.nextPollIn ?? 0) + 2_000); // no poll was sent within the last second
  world.sandbox.clearFaults();
  world.arrived();
  world.page.dispatch('online');
  await world.time.settle();
  expect(world.arrived()).toEqual(['subscribe', 'queue', 'connection']);
  expect(emitted).toEqual(['network', 'expired', 'reconciled']);
  expect(poller.connections.get(id)?.action?.type).toBe('USER_ACTION_REQUIRED');
});

it('Q5 a hundred false online events in a second cause two requests at most', async () => {
  const poller = await world.idlePoller();
  goOffline();
  poller.nudge();
  await world.pass(5 * MINUTE);
  world.arrived();
  for (let times = 0; times < 100; times += 1) {
    world.page.dispatch('online');
    await world.pass(10);
  }
  expect(world.arrived().length).toBeLessThanOrEqual(2);
  expect(poller.status).not.toBe('failed');
});

it('Q7 online, visibilitychange and nudge do not shorten Retry-After', async () => {
  const poller = await world.idlePoller();
  world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'error', status: 429, retryAfter: 300 });
  poller.nudge();
  await world.pass(1_000);
  world.arrived();
  poller.nudge();
  world.page.dispatch('online');
  world.page.show(true);
  await world.pass(290_000);
  expect(world.arrived()).toEqual([]);
  await world.pass(60_000);
  expect(world.arrived()).toContain('queue');
});

it('Q4 Q7 a hanging request ends with the timeout, a failure and a gap, and the connections are read', async () => {
  const { poller, id } = await world.trackingPoller({ timeout: 10_000 });
  const emitted = recordNames(poller, 'failure', 'gap', 'reconciled');
  world.linxo.publish(id, { event: 'AUTH_FAILED', channel: 'EMBEDDED' });
  world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'never' });
  poller.nudge();
  await world.pass(9_900);
  expect(world.inFlight).toBe(1);
  await world.pass(200);
  expect(world.inFlight).toBe(0);
  expect(emitted).toEqual(['network', 'TIMEOUT']);
  await world.pass(5_000);
  expect(emitted.at(-1)).toBe('reconciled');
  expect(poller.connections.get(id)?.action?.type).toBe('AUTH_FAILED');
});

it('Q4 silently-lost: the state of a running synchronisation is correct within a minute', async () => {
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
