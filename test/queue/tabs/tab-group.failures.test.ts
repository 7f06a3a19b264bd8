import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { QueuePoller } from '../../../src/index.ts';
import { recordEvents } from '../fixtures/record-events.ts';
import { breaks, hangs, json, ScriptedQueue, status } from '../fixtures/scripted-queue.ts';
import { StandInTabs } from '../fixtures/stand-in-tabs.ts';
import { useQueueWorld } from '../fixtures/use-queue-world.ts';
import { wireConnection } from '../fixtures/wire-event.ts';

const world = useQueueWorld();
const MINUTE = 60_000;
let tabs: StandInTabs;
let server: ScriptedQueue;

beforeEach(() => {
  tabs = new StandInTabs();
  tabs.install();
  server = new ScriptedQueue();
});

afterEach(() => tabs.uninstall());

async function tab(): Promise<QueuePoller> {
  const poller = world.poller({ user: 'user-1', fetch: server.fetch });
  poller.start().catch(() => {});
  await world.pass(100);
  return poller;
}

async function twoTabs() {
  const first = await tab();
  const second = await tab();
  await world.pass(5 * MINUTE);
  expect([first.status, second.status]).toEqual(['polling', 'following']);
  return { first, second };
}

const failureOf = (poller: QueuePoller) => poller.getSnapshot().failure;

/** Both tabs say the same of the failure and of the next poll, within a few ms. */
function expectAgreement(first: QueuePoller, second: QueuePoller): void {
  expect(failureOf(second)?.error.code).toBe(failureOf(first)?.error.code);
  expect(failureOf(second)?.error.details).toEqual(failureOf(first)?.error.details);
  expect(Math.abs((second.nextPollIn ?? -1e9) - (first.nextPollIn ?? 1e9))).toBeLessThan(50);
  const retries = [first, second].map((poller) => failureOf(poller)?.retryAt ?? 0);
  expect(Math.abs((retries[0] ?? 0) - (retries[1] ?? 0))).toBeLessThan(50);
}

describe('Q7 Q9 a poll that fails', () => {
  it('is known in all tabs, and emitted there; and so is the end of it', async () => {
    const { first, second } = await twoTabs();
    const { emitted } = recordEvents(second);
    server.next('poll', breaks, () => status(503), breaks);
    first.nudge();
    await world.pass(1_100);
    expectAgreement(first, second);
    expect(failureOf(second)?.error.code).toBe('NETWORK');
    await world.pass(MINUTE);
    expect(emitted.failure.map(({ error }) => error.code)).toEqual(['NETWORK', 'HTTP', 'NETWORK']);
    expect([failureOf(first), failureOf(second)]).toEqual([undefined, undefined]);
  });

  it.each([
    ['network', breaks],
    ['Retry-After', () => status(429, { 'retry-after': '600' })],
  ] as const)('is known in a tab that joins meanwhile: %s', async (_why, answer) => {
    const { first } = await twoTabs();
    server.always('poll', answer);
    first.nudge();
    await world.pass(2 * MINUTE);
    const third = await tab();
    await world.pass(1_000);
    expect(third.status).toBe('following');
    expect(failureOf(third)).toBeDefined();
    expectAgreement(first, third);
  });

  it('is forgotten in a tab that comes back after the end of it', async () => {
    const { first, second } = await twoTabs();
    server.next('poll', breaks, breaks);
    first.nudge();
    await world.pass(1_100);
    second.pause();
    await world.pass(10 * MINUTE);
    second.resume();
    await world.pass(2_000);
    expect([failureOf(first), failureOf(second)]).toEqual([undefined, undefined]);
    expect(second.nextPollIn).toBeGreaterThan(0);
  });

  it('that was requested twice meanwhile is known too, with no time in the past', async () => {
    const { first, second } = await twoTabs();
    const { emitted } = recordEvents(first);
    server.always('poll', hangs);
    first.nudge();
    await world.pass(5_000);
    first.nudge();
    await world.pass(26_000);
    expect(emitted.failure[0]?.retryIn).toBeGreaterThanOrEqual(0);
    expect(failureOf(second)?.error.code).toBe('TIMEOUT');
  });

  it('a pause that the server asks for counts in a following tab, whatever it requests, and after it takes over', async () => {
    const { first, second } = await twoTabs();
    server.next('poll', () => status(503, { 'retry-after': '600' }));
    first.nudge();
    await world.pass(1_000);
    second.nudge();
    await world.pass(5_000);
    expectAgreement(first, second);
    expect(second.nextPollIn).toBeGreaterThan(500_000);
    const before = server.requests('poll').length;
    await first.stop();
    await world.pass(5 * MINUTE);
    expect(second.status).toBe('polling');
    expect(server.requests('poll')).toHaveLength(before);
    await world.pass(6 * MINUTE);
    expect(server.requests('poll').length).toBeGreaterThan(before);
  });
});

describe('Q9 the state of a tab that could not read a connection', () => {
  it('is taken by tabs that join, and replaces nothing that they know', async () => {
    server.always('connection', () => json(wireConnection('c1', { 8700: 'SUCCESS', 8701: 'SUCCESS' })));
    const second = world.poller({ user: 'user-1', fetch: server.fetch });
    second.track('c1');
    second.start();
    await world.pass(5_000);
    second.pause();
    server.always('connection', () => status(500));
    const first = await tab();
    first.track('c1');
    await world.pass(5_000);
    second.resume();
    await world.pass(2_000);
    expect(second.connections.get('c1')).toMatchObject({ status: 'SUCCESS', isDoubtful: true });
    await first.stop();
    await world.pass(2_000);

    let isStarted = false;
    const third = world.poller({ user: 'user-1', fetch: server.fetch });
    third.start().then(() => {
      isStarted = true;
    });
    await world.pass(5_000);
    expect([isStarted, third.status]).toEqual([true, 'following']);
    expect(third.connections).toEqual(second.connections);
  });
});

describe('Q5 Q9 a following tab that comes back', () => {
  it.each([
    ['after pause', (poller: QueuePoller) => poller.pause(), (poller: QueuePoller) => poller.resume()],
    [
      'after the page was left',
      () => world.page.dispatch('pagehide'),
      () => world.page.dispatch('pageshow', { persisted: false }),
    ],
  ])('makes the polling tab poll at once, and forget its failures: %s', async (_name, leave, back) => {
    const { first, second } = await twoTabs();
    server.always('poll', breaks);
    await world.pass(30 * MINUTE);
    leave(second);
    await world.pass(100);
    const leader = first.status === 'polling' ? first : second;
    const { emitted } = recordEvents(leader);
    back(second);
    await world.pass(1_500);
    expect(emitted.failure.length).toBeGreaterThanOrEqual(1);
    expect(emitted.failure.at(-1)?.retryIn).toBeLessThanOrEqual(3_000);
  });

  it('knows when the next poll is', async () => {
    const { first, second } = await twoTabs();
    second.pause();
    await world.pass(100_000);
    second.resume();
    await world.pass(3_000);
    expect([first.status, second.status]).toEqual(['polling', 'following']);
    expect(second.nextPollIn).toBeGreaterThan(0);
  });
});
