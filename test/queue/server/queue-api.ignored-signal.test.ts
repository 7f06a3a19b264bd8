import { expect, it } from 'vitest';
import { useQueueWorld } from '../fixtures/use-queue-world.ts';

const world = useQueueWorld();

it.each([
  ['fetch', { fetch: () => new Promise<Response>(() => {}) }],
  ['headers', { headers: () => new Promise<HeadersInit>(() => {}) }],
])('Q8 stops at once even if the page’s own %s ignores the signal', async (_name, options) => {
  const poller = world.poller(options);
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

it('Q7 an option headers that never settles is a failure with TIMEOUT, and is called again for the next request', async () => {
  let calls = 0;
  const headers = (): Promise<HeadersInit> => {
    calls += 1;
    return calls === 1 ? new Promise(() => {}) : Promise.resolve({});
  };
  const poller = world.poller({ headers, timeout: 2_000 });
  const codes: string[] = [];
  poller.on('failure', ({ error }) => codes.push(error.code));
  poller.start();
  await world.pass(30_000);

  expect(codes).toEqual(['TIMEOUT']);
  expect(poller.status).toBe('polling');
});
