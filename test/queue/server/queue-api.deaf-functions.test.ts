import { expect, it } from 'vitest';
import { useQueueWorld } from '../fixtures/use-queue-world.ts';

const world = useQueueWorld();

it.each([
  ['fetch', { fetch: () => new Promise<Response>(() => {}) }],
  ['headers', { headers: () => new Promise<HeadersInit>(() => {}) }],
])('Q8 stops at once even where the page’s own %s does not listen to the signal', async (_name, deaf) => {
  const poller = world.poller(deaf);
  poller.start();
  await world.pass(100);
  let hasStopped = false;
  poller.stop().then(() => {
    hasStopped = true;
  });
  await world.pass(0);

  expect(hasStopped).toBe(true);
  expect(world.time.timers).toBe(0);
});

it('Q7 a function headers that never answers ends in a timeout, which is told, and the next request asks it again', async () => {
  let asked = 0;
  const headers = (): Promise<HeadersInit> => {
    asked += 1;
    return asked === 1 ? new Promise(() => {}) : Promise.resolve({});
  };
  const poller = world.poller({ headers, timeout: 2_000 });
  const codes: string[] = [];
  poller.on('failure', ({ error }) => codes.push(error.code));
  poller.start();
  await world.pass(30_000);

  expect(codes).toEqual(['TIMEOUT']);
  expect(poller.status).toBe('polling');
});
