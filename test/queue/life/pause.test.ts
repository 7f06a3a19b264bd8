import { expect, it } from 'vitest';
import { useScene } from '../fixtures/scene.ts';

const scene = useScene();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

it('Q8 nothing is sent while paused, whatever happens, so that an idle session ends', async () => {
  const poller = await scene.idlePoller();
  const { id } = scene.linxo.addConnection();
  poller.pause();
  expect(poller.status).toBe('paused');
  scene.linxo.synchronise(id);
  poller.nudge();
  poller.track(id);
  const outcome = poller.whenSynced(id);
  scene.page.tell('online');
  scene.page.show(false);
  scene.page.show(true);
  await scene.time.sleep(20 * MINUTE, false);
  await scene.time.pass(HOUR);
  expect(scene.arrived()).toEqual([]);
  expect(scene.linxo.queues()).toEqual([]);
  expect(scene.time.timers).toBe(0);
  poller.resume();
  await scene.time.pass(1_000);
  await expect(outcome).resolves.toMatchObject({ result: 'success', source: 'reconcile' });
});

it('Q7 paused while a token is got after a 401: nothing is sent again', async () => {
  let isSlow = false;
  const poller = await scene.idlePoller({
    accessToken: async ({ rejected }) => {
      if (rejected !== undefined && isSlow) await new Promise((resolve) => setTimeout(resolve, 2_000));
      return scene.sandbox.issueAccessToken();
    },
  });
  isSlow = true;
  scene.sandbox.fault({ server: 'linxo', kind: 'stale-token' });
  poller.nudge();
  await scene.time.pass(1_000);
  expect(scene.arrived()).toEqual(['queue']);
  poller.pause();
  await scene.time.pass(HOUR);
  expect(scene.arrived()).toEqual([]);
  expect(poller.status).toBe('paused');
});

it('Q4 Q8 a read that is under way lands, and what it brings is delivered; its connections are read after resume', async () => {
  const poller = await scene.idlePoller();
  const { id } = scene.linxo.addConnection();
  poller.track(id);
  scene.linxo.publish(id, { event: 'AUTH_FAILED', channel: 'EMBEDDED' });
  scene.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'slow', ms: 5_000 });
  await scene.time.pass(2_000);
  expect(scene.arrived()).toEqual(['queue']);
  poller.pause();
  await scene.time.pass(MINUTE);
  expect(poller.connections.get(id)?.action?.type).toBe('AUTH_FAILED');
  expect(scene.arrived()).toEqual([]);
  poller.resume();
  await scene.time.pass(1_000);
  expect(scene.arrived()).toEqual(['queue', 'connection']);
});

it('Q8 paused before the start, and resumed: it starts then', async () => {
  const poller = scene.poller();
  poller.pause();
  const started = poller.start();
  await scene.time.pass(MINUTE);
  expect(poller.status).toBe('paused');
  expect(scene.arrived()).toEqual([]);
  poller.resume();
  await started;
  expect(poller.status).toBe('polling');
});

it('Q8 paused and resumed at once, many times, in a read: one read after the other', async () => {
  const poller = await scene.idlePoller();
  scene.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'slow', ms: 3_000 });
  poller.nudge();
  await scene.time.pass(500);
  for (let times = 0; times < 50; times += 1) {
    poller.pause();
    poller.resume();
    await scene.time.pass(20);
    expect(scene.underWay()).toBeLessThanOrEqual(1);
  }
  await scene.time.pass(10_000);
  // At 1.8 s from poll to poll, and none made up for.
  expect(scene.arrived().length).toBeLessThanOrEqual(7);
  expect(poller.status).toBe('polling');
});

it('Q8 stopped while paused: nothing is left, and started again it is still paused', async () => {
  const poller = await scene.idlePoller();
  poller.pause();
  await poller.stop();
  expect(poller.status).toBe('stopped');
  expect(scene.time.timers).toBe(0);
  void poller.start();
  await scene.time.pass(MINUTE);
  expect(poller.status).toBe('paused');
  expect(scene.arrived()).toEqual([]);
});
