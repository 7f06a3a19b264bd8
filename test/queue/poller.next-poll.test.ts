import { expect, it } from 'vitest';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const world = useQueueWorld();

it('Q5 nextPollIn counts down, and a nudge shortens it', async () => {
  const poller = await world.idlePoller();
  const rest = poller.nextPollIn ?? 0;
  expect(rest).toBeGreaterThan(60_000);
  await world.pass(1_000);
  expect(poller.nextPollIn).toBe(rest - 1_000);
  world.arrived();
  poller.nudge();
  expect(poller.nextPollIn).toBe(0);
  await world.pass(100);
  expect(poller.nextPollIn).toBeLessThan(1_000);
});

it('Q8 nextPollIn is undefined while paused or stopped', async () => {
  const poller = await world.idlePoller();
  poller.pause();
  expect(poller.nextPollIn).toBeUndefined();
  poller.resume();
  await world.pass(10);
  expect(poller.nextPollIn).toBeDefined();
  await poller.stop();
  expect(poller.nextPollIn).toBeUndefined();
});
