import { afterEach, expect, it, vi } from 'vitest';
import { countListeners } from '../../bridge/fixtures/listeners.ts';
import { useScene } from '../fixtures/scene.ts';

const scene = useScene();

afterEach(() => void vi.unstubAllGlobals());

it('Q8 started and stopped 10,000 times: no request, timer or listener is left', async () => {
  const abort = new AbortController();
  const listeners = countListeners();
  const poller = scene.poller({ signal: abort.signal });
  const before = listeners();
  for (let times = 0; times < 10_000; times += 1) {
    const started = poller.start();
    // Now at once, now on the way to a queue, now after that.
    for (let turns = times % 5; turns > 0; turns -= 1) await Promise.resolve();
    const stopped = poller.stop();
    await expectDisposed(started);
    await stopped;
    expect(scene.time.timers).toBe(0);
  }
  await scene.time.settle();
  expect(scene.underWay()).toBe(0);
  expect(scene.time.timers).toBe(0);
  // Those with a signal of the session's own have gone with it, unseen.
  vi.restoreAllMocks();
  scene.arrived();
  scene.page.tell('online');
  scene.page.show(true);
  await scene.time.pass(3_600_000);
  expect(scene.arrived()).toEqual([]);
  expect(before).toBe(0);
});

it('Q8 the signal of the options is listened to while the poller lives, and not longer', async () => {
  const abort = new AbortController();
  const held: string[] = [];
  const { signal } = abort;
  vi.spyOn(signal, 'addEventListener').mockImplementation((type) => void held.push(type));
  vi.spyOn(signal, 'removeEventListener').mockImplementation(() => void held.pop());
  const poller = scene.poller({ signal });
  expect(held).toEqual([]);
  for (let times = 0; times < 100; times += 1) {
    void poller.start();
    expect(held).toEqual(['abort']);
    await poller.stop();
    expect(held).toEqual([]);
  }
});

it('Q8 the events of the page are listened to while the poller lives, and not longer', async () => {
  const held = new Set<unknown>();
  const listen = vi.fn((_: string, listener: unknown, { signal }: { signal: AbortSignal }) => {
    held.add(listener);
    signal.addEventListener('abort', () => held.delete(listener));
  });
  vi.stubGlobal('addEventListener', listen);
  vi.spyOn(scene.page.document, 'addEventListener').mockImplementation(listen as never);
  const poller = scene.poller();
  expect(held.size).toBe(0);
  for (let times = 0; times < 100; times += 1) {
    void poller.start();
    await scene.time.settle();
    expect(held.size).toBeGreaterThan(3);
    await poller.stop();
    expect(held.size).toBe(0);
  }
});

it('Q8 locks are let go of by stop, however early it comes', async () => {
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
  const poller = scene.poller();
  await Promise.all([poller.start(), scene.time.pass(100)]);
  expect(held).toEqual(new Set([`bankside.queue ${poller.queueId}`]));
  await poller.stop();
  await scene.time.settle();
  expect(held.size).toBe(0);
  for (let times = 0; times < 500; times += 1) {
    void poller.start();
    for (let turns = times % 20; turns > 0; turns -= 1) await Promise.resolve();
    await poller.stop();
    await scene.time.settle();
    expect(held.size).toBe(0);
    expect(scene.time.timers).toBe(0);
  }
});

async function expectDisposed(started: Promise<void>): Promise<void> {
  // It may have had its queue by then.
  const error = await started.catch((reason: unknown) => reason);
  if (error !== undefined) expect(error).toMatchObject({ code: 'DISPOSED' });
}
