import { expect, it } from 'vitest';
import { useScene } from '../fixtures/scene.ts';

const scene = useScene();

it('Q5 it is known when the next poll comes, and that it is sooner when something happens', async () => {
  const poller = await scene.idlePoller();
  const rest = poller.nextPollIn ?? 0;
  expect(rest).toBeGreaterThan(60_000);
  await scene.time.pass(1_000);
  expect(poller.nextPollIn).toBe(rest - 1_000);
  scene.arrived();
  poller.nudge();
  expect(poller.nextPollIn).toBe(0);
  await scene.time.pass(100);
  expect(poller.nextPollIn).toBeLessThan(1_000);
});

it('Q8 nothing comes next while nobody polls', async () => {
  const poller = await scene.idlePoller();
  poller.pause();
  expect(poller.nextPollIn).toBeUndefined();
  poller.resume();
  await scene.time.pass(10);
  expect(poller.nextPollIn).toBeDefined();
  await poller.stop();
  expect(poller.nextPollIn).toBeUndefined();
});
