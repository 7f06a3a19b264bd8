import { expect, it, vi } from 'vitest';
import { useRoom } from '../fixtures/room.ts';

const room = useRoom();

it('Q8 stops at once even where the page’s own fetch does not listen to the signal', async () => {
  const poller = room.poller({ fetch: () => new Promise(() => {}) });
  poller.start();
  await room.pass(100);
  let hasStopped = false;
  poller.stop().then(() => {
    hasStopped = true;
  });
  await room.pass(0);

  expect(hasStopped).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});
