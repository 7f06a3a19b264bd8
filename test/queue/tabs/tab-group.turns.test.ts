import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { QueuePoller } from '../../../src/index.ts';
import { idsOf, type RecordedEvents, recordEvents } from '../fixtures/record-events.ts';
import { hangs, json, ScriptedQueue } from '../fixtures/scripted-queue.ts';
import { StandInTabs } from '../fixtures/stand-in-tabs.ts';
import { useQueueWorld } from '../fixtures/use-queue-world.ts';
import { manyEvents, wireConnection } from '../fixtures/wire-event.ts';

const world = useQueueWorld();
let tabs: StandInTabs;
let server: ScriptedQueue;

beforeEach(() => {
  tabs = new StandInTabs();
  tabs.install();
  server = new ScriptedQueue();
  server.always('connection', () => json(wireConnection('c1', { 8700: 'SUCCESS' })));
});

afterEach(() => tabs.uninstall());

async function tab(): Promise<QueuePoller> {
  const poller = world.poller({ user: 'user-1', fetch: server.fetch });
  poller.start().catch(() => {});
  await world.pass(100);
  return poller;
}

/** Two tabs that know a connection. The first one polls. */
async function twoTabs() {
  const first = await tab();
  const second = await tab();
  first.track('c1');
  await world.pass(5 * 60_000);
  expect([first.status, second.status]).toEqual(['polling', 'following']);
  return { first, second, seen: [first, second].map(recordEvents) };
}

/** The tab that polls counts as hidden, with timers so late that it does not do what others ask for. */
function throttle(): void {
  tabs.change = (data) => {
    const { kind } = data as { kind: string };
    if (kind === 'ask' || kind === 'wake') return undefined;
    return kind === 'pong' ? { kind, isHidden: true } : data;
  };
}

/** Brings a following tab to the front: it misses a poll, and takes over from the hidden one. */
async function bringToFront(poller: QueuePoller): Promise<void> {
  expect(poller.status).toBe('following');
  poller.nudge();
  await world.pass(15_000);
  expect(poller.status).toBe('polling');
  await world.pass(30_000);
}

const gapsOf = (seen: readonly RecordedEvents[]): string[] =>
  seen.flatMap(({ emitted }) => emitted.gap.map(({ reason }) => reason));

describe('Q9 tabs that are looked at by turns', () => {
  it('have no gap, and read no connection again', async () => {
    const { first, second, seen } = await twoTabs();
    throttle();
    const before = server.requests('connection').length;
    for (let turn = 0; turn < 5; turn += 1) {
      await bringToFront(second);
      await bringToFront(first);
    }
    expect(gapsOf(seen)).toEqual([]);
    expect(seen.flatMap(({ emitted }) => emitted.reconciled)).toEqual([]);
    expect(server.requests('connection')).toHaveLength(before);
  });

  it('have no gap if the answer to the hidden tab comes late, and both get its events once', async () => {
    const { first, second, seen } = await twoTabs();
    const late = async () => {
      await new Promise((resolve) => setTimeout(resolve, 20_000));
      return json(manyEvents(1, 'late'));
    };
    server.next('poll', late);
    first.nudge();
    await world.pass(2_000);
    throttle();
    server.next('poll', () => json(manyEvents(1, 'new')));
    await bringToFront(second);
    await bringToFront(first);

    expect(gapsOf(seen)).toEqual([]);
    expect(seen.map(({ events }) => idsOf(events))).toEqual([
      ['new-0', 'late-0'],
      ['new-0', 'late-0'],
    ]);
  });

  it('Q4 have a gap if the answer to the hidden tab never comes, since the last read before it', async () => {
    const { first, second, seen } = await twoTabs();
    const since = world.now / 1000;
    server.next('poll', hangs);
    first.nudge();
    await world.pass(2_000);
    throttle();
    second.nudge();
    await world.pass(5_000);
    expect([second.status, gapsOf(seen)]).toEqual(['polling', []]);
    await first.stop();
    await world.pass(40_000);

    const [, ofSecond] = seen;
    expect(gapsOf(seen)).toEqual(['aborted']);
    expect(ofSecond?.emitted.gap[0]?.since).toBeLessThanOrEqual(since);
    expect(ofSecond?.emitted.reconciled).toEqual([{ connectionIds: ['c1'] }]);
  });
});

describe('Q9 a tab that goes away without a word', () => {
  it.each([
    ['between two reads: no gap', 'idle', []],
    ['during a read: a gap, within seconds, in all tabs', 'reading', ['aborted', 'aborted']],
  ] as const)('%s', async (_what, state, gaps) => {
    const { first, second } = await twoTabs();
    const third = await tab();
    const seen = [second, third].map(recordEvents);
    if (state === 'reading') {
      server.next('poll', hangs);
      first.nudge();
      await world.pass(2_000);
    }
    // Frozen: it says nothing.
    tabs.change = (data, sender) => (sender === 0 ? undefined : data);
    second.nudge();
    await world.pass(15_000);

    expect([second.status, third.status].sort()).toEqual(['following', 'polling']);
    expect(gapsOf(seen)).toEqual(gaps);
    expect(gapsOf(seen.slice(0, 1))).toHaveLength(gaps.length / 2);
  });

  it('that a third tab has learned of when it joined during the read: a gap', async () => {
    const { first, second } = await twoTabs();
    await second.stop();
    server.next('poll', hangs);
    first.nudge();
    await world.pass(2_000);
    const third = await tab();
    expect([first.status, third.status]).toEqual(['polling', 'following']);
    const { emitted } = recordEvents(third);
    await first.stop();
    await world.pass(5_000);
    expect([third.status, emitted.gap.map(({ reason }) => reason)]).toEqual(['polling', ['aborted']]);
  });
});
