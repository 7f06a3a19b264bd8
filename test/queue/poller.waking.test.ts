import { describe, expect, it } from 'vitest';
import type { QueuePoller } from '../../src/index.ts';
import { recordEvents } from './fixtures/record-events.ts';
import { breaks, json, ScriptedQueue, status } from './fixtures/scripted-queue.ts';
import { StandInTabs } from './fixtures/stand-in-tabs.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';
import { wireConnection } from './fixtures/wire-event.ts';

const world = useQueueWorld({ isBusy: true });
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Way = [name: string, wake: (poller: QueuePoller) => unknown];

/** What wakes a poller. */
const WAYS: readonly Way[] = [
  ['visibilitychange', () => world.page.show(true)],
  ['online', () => world.page.dispatch('online')],
  ['the resume event', () => world.page.document.dispatchEvent(new Event('resume'))],
  ['pageshow', () => world.page.dispatch('pageshow', { persisted: false })],
  ['pagehide and pageshow', () => ['pagehide', 'pageshow'].map((type) => world.page.dispatch(type))],
  ['nudge', (poller) => poller.nudge()],
  ['pause and resume', (poller) => [poller.pause(), poller.resume()]],
  ['a sleep, while one clock stood still', () => world.time.sleep(10 * MINUTE, true)],
  ['a sleep', () => world.time.sleep(10 * MINUTE, false)],
];

/** A poller that has failed for half an hour: it tries again once a minute. */
async function failing(server: ScriptedQueue, operation: 'poll' | 'subscribe' = 'poll') {
  if (operation === 'poll') server.next('poll', () => status(204));
  server.always(operation, breaks);
  const poller = world.poller({ fetch: server.fetch });
  const { emitted } = recordEvents(poller);
  poller.start().catch(() => {});
  await world.pass(HOUR / 2);
  expect(emitted.failure.at(-1)?.retryIn).toBeGreaterThan(25_000);
  return { poller, emitted };
}

describe('Q5 twenty failures in a row do not count any more', () => {
  it.each(WAYS)(
    'after %s: a poll at once, and one that fails is tried again within seconds',
    async (_name, wake) => {
      const server = new ScriptedQueue();
      const { poller, emitted } = await failing(server);
      expect(emitted.failure.length).toBeGreaterThan(19);
      const before = server.requests('poll').length;

      await wake(poller);
      await world.pass(40_000); // a sleep is noticed by the next timer

      const delays = emitted.failure.slice(before - 1).map(({ retryIn }) => retryIn ?? 0);
      expect(server.requests('poll').length - before).toBeGreaterThanOrEqual(3);
      expect(delays[0]).toBeLessThanOrEqual(3_000);
      expect(delays[1]).toBeLessThanOrEqual(6_000);
    },
  );

  it('after nudge, for subscriptions too', async () => {
    const server = new ScriptedQueue();
    const { poller, emitted } = await failing(server, 'subscribe');
    const before = emitted.failure.length;
    poller.nudge();
    await world.pass(100);
    expect(emitted.failure).toHaveLength(before + 1);
    expect(emitted.failure.at(-1)?.retryIn).toBeLessThanOrEqual(3_000);
  });

  it('after stop and start', async () => {
    const server = new ScriptedQueue();
    const { poller, emitted } = await failing(server);
    const before = emitted.failure.length;
    await poller.stop();
    poller.start().catch(() => {});
    await world.pass(100);
    expect(emitted.failure).toHaveLength(before + 1);
    expect(emitted.failure.at(-1)?.retryIn).toBeLessThanOrEqual(3_000);
  });

  it('if the machine slept during the poll that fails', async () => {
    const server = new ScriptedQueue();
    const { emitted, poller } = await failing(server);
    let fail: (error: unknown) => void = () => {};
    server.next('poll', () => new Promise((_resolve, reject) => (fail = reject)));
    await world.pass((poller.nextPollIn ?? 0) + 1_000);
    const before = emitted.failure.length;
    await world.time.sleep(20 * MINUTE, true);
    fail(new TypeError('Failed to fetch'));
    await world.pass(0);
    expect(emitted.failure).toHaveLength(before + 1);
    expect(emitted.failure.at(-1)?.retryIn).toBeLessThanOrEqual(3_000);
  });

  it('but they do if only a poll was slow', async () => {
    const server = new ScriptedQueue();
    const { emitted, poller } = await failing(server);
    server.next('poll', () => new Promise(() => {}));
    const before = emitted.failure.length;
    await world.pass((poller.nextPollIn ?? 0) + 31_000);
    expect(emitted.failure).toHaveLength(before + 1);
    expect(emitted.failure.at(-1)?.retryIn).toBeGreaterThan(25_000);
  });

  it.each(WAYS.filter(([name]) => !name.includes('sleep')))(
    'after %s, a connection that could not be read is read at once',
    async (_name, wake) => {
      const server = new ScriptedQueue().always('connection', () => status(500));
      const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });
      poller.track('c1');
      poller.start();
      do await world.pass(100);
      while ((emitted.failure.at(-1)?.retryIn ?? 0) < 20_000);
      await world.pass(1_000); // a requested poll keeps its distance from the last one
      server.always('connection', () => json(wireConnection('c1', { 8700: 'SUCCESS' })));

      await wake(poller);
      await world.pass(100);

      expect(poller.connections.get('c1')?.status).toBe('SUCCESS');
    },
  );
});

describe('Q7 waking does not shorten a Retry-After', () => {
  it.each(WAYS)('%s', async (_name, wake) => {
    const server = new ScriptedQueue().next(
      'poll',
      () => status(204),
      () => status(503, { 'retry-after': '800' }),
    );
    const poller = world.poller({ fetch: server.fetch });
    await Promise.all([poller.start(), world.pass(3_000)]);
    expect(server.requests('poll')).toHaveLength(2);

    await wake(poller);
    await world.pass(3 * MINUTE);

    expect(server.requests('poll')).toHaveLength(2);
    expect(poller.nextPollIn).toBeGreaterThan(0);
    await world.pass(15 * MINUTE);
    expect(server.requests('poll').length).toBeGreaterThan(2);
  });

  it('but a fresh start does', async () => {
    const server = new ScriptedQueue().next('poll', () => status(503, { 'retry-after': '800' }));
    const poller = world.poller({ fetch: server.fetch });
    await Promise.all([poller.start().catch(() => {}), world.pass(1_000), poller.stop()]);
    poller.start();
    await world.pass(100);
    expect(server.requests('poll').length).toBeGreaterThan(0);
  });
});

describe('Q5 a page that wakes all the time', () => {
  it.each(WAYS.filter(([name]) => !name.includes('sleep')))(
    '%s ten times a second: one poll a second at most, and five reads of connections',
    async (_name, wake) => {
      const server = new ScriptedQueue().always('connection', () => status(500));
      const poller = world.poller({ fetch: server.fetch });
      for (let number = 0; number < 20; number += 1) poller.track(`c${number}`);
      poller.start();
      await world.pass(MINUTE);
      server.always('poll', breaks);
      const before = server.sent.length;
      for (let times = 0; times < 600; times += 1) {
        wake(poller);
        await world.pass(100);
      }
      const polls = server.sent.slice(before).filter(({ operation }) => operation === 'poll');
      expect(polls.length).toBeLessThanOrEqual(61);
      expect(polls.length).toBeGreaterThan(30);
      expect(server.sent.length - before - polls.length).toBeLessThanOrEqual(10);
    },
  );

  it('and a server whose connections cannot be read: five reads a second at most', async () => {
    const server = new ScriptedQueue().always('connection', () => status(500));
    const poller = world.poller({ fetch: server.fetch });
    for (let number = 0; number < 20; number += 1) poller.track(`c${number}`);
    poller.start();
    await world.pass(MINUTE);
    const before = server.requests('connection').length;
    for (let times = 0; times < 600; times += 1) {
      world.page.dispatch('online');
      await world.pass(100);
    }
    expect(server.requests('connection').length - before).toBeLessThanOrEqual(61 * 5);
  });

  it('stays with its backoff between the events', async () => {
    const server = new ScriptedQueue();
    await failing(server);
    const before = server.requests('poll').length;
    for (let times = 0; times < 10; times += 1) {
      world.page.dispatch('online');
      await world.pass(5 * MINUTE);
    }
    // Each time seven in the first two minutes, then one a minute.
    expect(server.requests('poll').length - before).toBeLessThan(10 * 14);
  });
});

it('Q5 Q9 a following tab that wakes makes the polling tab forget its failures', async () => {
  const tabs = new StandInTabs();
  tabs.install();
  const server = new ScriptedQueue().next('poll', () => status(204));
  const [first, second] = [1, 2].map(() => world.poller({ user: 'u', fetch: server.fetch })) as [
    QueuePoller,
    QueuePoller,
  ];
  first.start();
  await world.pass(10);
  second.start();
  await world.pass(10);
  const { emitted } = recordEvents(first);
  server.always('poll', breaks);
  await world.pass(HOUR / 2);
  expect([first.status, second.status]).toEqual(['polling', 'following']);
  expect(emitted.failure.at(-1)?.retryIn).toBeGreaterThan(25_000);
  const before = emitted.failure.length;

  second.nudge();
  await world.pass(100);

  expect(emitted.failure).toHaveLength(before + 1);
  expect(emitted.failure.at(-1)?.retryIn).toBeLessThanOrEqual(3_000);
  await Promise.all([first.stop(), second.stop()]);
  tabs.uninstall();
});
