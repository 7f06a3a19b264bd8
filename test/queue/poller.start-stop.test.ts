import { getEventListeners } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';
import { isBanksideError } from '../../src/index.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const world = useQueueWorld({ isBusy: true });

afterEach(() => void vi.unstubAllGlobals());

it('Q8 started and stopped 10,000 times: no request, timer or listener is left', async () => {
  const { signal } = new AbortController();
  const poller = world.poller({ signal });
  const reasons = new Set<unknown>();
  const left = new Set<number>();
  for (let times = 0; times < 10_000; times += 1) {
    const started = poller.start();
    // Stop at once, during the subscription, or after it.
    for (let turns = times % 5; turns > 0; turns -= 1) await Promise.resolve();
    const stopped = poller.stop();
    // The start may have succeeded by then.
    reasons.add(await started.then(() => 'DISPOSED', codeOf));
    await stopped;
    left.add(world.time.timers);
  }
  expect([...reasons]).toEqual(['DISPOSED']);
  expect([...left]).toEqual([0]);
  await world.time.settle();
  expect(world.inFlight).toBe(0);
  expect(world.time.timers).toBe(0);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
  expect(getEventListeners(world.page.document, 'visibilitychange')).toEqual([]);
  world.arrived();
  world.page.dispatch('online');
  world.page.show(true);
  await world.pass(3_600_000);
  expect(world.arrived()).toEqual([]);
});

it('Q8 the signal of the options has a listener only while the poller runs', async () => {
  const abort = new AbortController();
  const held: string[] = [];
  const { signal } = abort;
  vi.spyOn(signal, 'addEventListener').mockImplementation((type) => void held.push(type));
  vi.spyOn(signal, 'removeEventListener').mockImplementation(() => void held.pop());
  const poller = world.poller({ signal });
  expect(held).toEqual([]);
  for (let times = 0; times < 100; times += 1) {
    void poller.start();
    expect(held).toEqual(['abort']);
    await poller.stop();
    expect(held).toEqual([]);
  }
});

it('Q8 the events of the page have listeners only while the poller runs', async () => {
  const held = new Set<unknown>();
  const listen = vi.fn((type: string, _: unknown, { signal }: { signal: AbortSignal }) => {
    held.add(type);
    signal.addEventListener('abort', () => held.delete(type));
  });
  vi.stubGlobal('addEventListener', listen);
  vi.spyOn(world.page.document, 'addEventListener').mockImplementation(listen as never);
  const poller = world.poller();
  expect(held.size).toBe(0);
  for (let times = 0; times < 100; times += 1) {
    void poller.start();
    await world.time.settle();
    expect([...held].sort()).toEqual(['online', 'pagehide', 'pageshow', 'resume', 'visibilitychange']);
    await poller.stop();
    expect(held.size).toBe(0);
  }
});

it('Q8 stop releases the locks, however early it comes', async () => {
  const held = new Set<string>();
  const request = async (
    name: string,
    { signal }: { signal: AbortSignal },
    hold: () => Promise<void>,
  ): Promise<void> => {
    await Promise.resolve();
    signal.throwIfAborted();
    held.add(name);
    try {
      await hold();
    } finally {
      held.delete(name);
    }
  };
  vi.stubGlobal('navigator', { locks: { request } });
  const poller = world.poller();
  await Promise.all([poller.start(), world.pass(100)]);
  expect(held).toEqual(new Set([`bankside.queue ${poller.queueId}`]));
  await poller.stop();
  await world.time.settle();
  expect(held.size).toBe(0);
  for (let times = 0; times < 500; times += 1) {
    void poller.start();
    for (let turns = times % 20; turns > 0; turns -= 1) await Promise.resolve();
    await poller.stop();
    await world.time.settle();
    expect(held.size).toBe(0);
    expect(world.time.timers).toBe(0);
  }
});

it('Q8 await using stops it at the end of the block', async () => {
  let inside: string | undefined;
  const made = world.poller();
  {
    await using poller = made;
    await Promise.all([poller.start(), world.pass(100)]);
    inside = poller.status;
  }
  expect(inside).toBe('polling');
  expect(made.status).toBe('stopped');
  expect(world.time.timers).toBe(0);
});

function codeOf(error: unknown): unknown {
  return isBanksideError(error) ? error.code : error;
}
