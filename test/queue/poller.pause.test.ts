import { expect, it } from 'vitest';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const world = useQueueWorld();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

it('Q8 nothing is sent while paused, whatever happens, so that the back end’s session can end', async () => {
  const poller = await world.idlePoller();
  const { id } = world.linxo.addConnection();
  poller.pause();
  expect(poller.status).toBe('paused');
  world.linxo.synchronise(id);
  poller.nudge();
  poller.track(id);
  const outcome = poller.whenSynced(id);
  world.page.dispatch('online');
  world.page.show(false);
  world.page.show(true);
  await world.time.sleep(20 * MINUTE, false);
  await world.pass(HOUR);
  expect(world.arrived()).toEqual([]);
  expect(world.linxo.queues()).toEqual([]);
  expect(world.time.timers).toBe(0);
  poller.resume();
  await world.pass(1_000);
  await expect(outcome).resolves.toMatchObject({ result: 'success', source: 'reconcile' });
});

it('Q7 paused while a token is requested after a 401: no replay is sent', async () => {
  let isSlow = false;
  const poller = await world.idlePoller({
    accessToken: async ({ rejected }) => {
      if (rejected !== undefined && isSlow) await new Promise((resolve) => setTimeout(resolve, 2_000));
      return world.sandbox.issueAccessToken();
    },
  });
  isSlow = true;
  world.sandbox.fault({ server: 'linxo', kind: 'stale-token' });
  poller.nudge();
  await world.pass(1_000);
  expect(world.arrived()).toEqual(['queue']);
  poller.pause();
  await world.pass(HOUR);
  expect(world.arrived()).toEqual([]);
  expect(poller.status).toBe('paused');
});

it('Q4 Q8 a read in flight is finished, and its events are delivered; connections are read after resume', async () => {
  const poller = await world.idlePoller();
  const { id } = world.linxo.addConnection();
  poller.track(id);
  world.linxo.publish(id, { event: 'AUTH_FAILED', channel: 'EMBEDDED' });
  world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'slow', ms: 5_000 });
  await world.pass(2_000);
  expect(world.arrived()).toEqual(['queue']);
  poller.pause();
  await world.pass(MINUTE);
  expect(poller.connections.get(id)?.action?.type).toBe('AUTH_FAILED');
  expect(world.arrived()).toEqual([]);
  poller.resume();
  await world.pass(1_000);
  expect(world.arrived()).toEqual(['queue', 'connection']);
});

it('Q8 paused before the start: it starts with resume', async () => {
  const poller = world.poller();
  poller.pause();
  const started = poller.start();
  await world.pass(MINUTE);
  expect(poller.status).toBe('paused');
  expect(world.arrived()).toEqual([]);
  poller.resume();
  await started;
  expect(poller.status).toBe('polling');
});

it('Q8 paused and resumed many times during a read: one read at a time', async () => {
  const poller = await world.idlePoller();
  world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'slow', ms: 3_000 });
  poller.nudge();
  await world.pass(500);
  for (let times = 0; times < 50; times += 1) {
    poller.pause();
    poller.resume();
    await world.pass(20);
    expect(world.inFlight).toBeLessThanOrEqual(1);
  }
  await world.pass(10_000);
  // One every 1.8 s; skipped polls are not caught up.
  expect(world.arrived().length).toBeLessThanOrEqual(7);
  expect(poller.status).toBe('polling');
});

it('Q8 stopped while paused: nothing is left, and it is still paused after the next start', async () => {
  const poller = await world.idlePoller();
  poller.pause();
  await poller.stop();
  expect(poller.status).toBe('stopped');
  expect(world.time.timers).toBe(0);
  void poller.start();
  await world.pass(MINUTE);
  expect(poller.status).toBe('paused');
  expect(world.arrived()).toEqual([]);
});
