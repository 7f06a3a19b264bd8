import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { QueuePoller } from '../../../src/index.ts';
import { idsOf, type RecordedEvents, recordEvents } from '../fixtures/record-events.ts';
import { hangs, json, ScriptedQueue } from '../fixtures/scripted-queue.ts';
import { StandInTabs } from '../fixtures/stand-in-tabs.ts';
import { useQueueWorld } from '../fixtures/use-queue-world.ts';
import { manyEvents, wireConnection } from '../fixtures/wire-event.ts';

const world = useQueueWorld();
const MINUTE = 60_000;
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

/** A tab that follows a connection, and reads the queue seldom. */
async function firstTab() {
  const poller = await tab();
  poller.track('c1');
  await world.pass(5 * MINUTE);
  return { poller, ...recordEvents(poller) };
}

const gapsOf = (...seen: readonly Pick<RecordedEvents, 'emitted'>[]): string[] =>
  seen.flatMap(({ emitted }) => emitted.gap.map(({ reason }) => reason));

const connectionReads = (): number => server.requests('connection').length;

const late = (ms: number, name: string) => async () => {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return json(manyEvents(1, name));
};

/** All tabs of a test are on one page, which is left. The others use their pollers at once, so they have not left it. */
async function whileAway(
  poller: QueuePoller,
  others: readonly QueuePoller[],
  run: () => Promise<unknown>,
): Promise<void> {
  world.page.dispatch('pagehide');
  for (const other of others) other.nudge();
  await run();
  poller.nudge();
  await world.pass(MINUTE);
}

describe('Q9 a tab that is paused and resumed', () => {
  it('alone: no gap, and no connection is read again', async () => {
    const { poller, emitted } = await firstTab();
    const before = connectionReads();
    for (let times = 0; times < 3; times += 1) {
      poller.pause();
      await world.pass(MINUTE);
      poller.resume();
      await world.pass(MINUTE);
      expect(poller.status).toBe('polling');
    }
    expect(gapsOf({ emitted })).toEqual([]);
    expect(connectionReads()).toBe(before);
  });

  it('of two, which pause by turns as they are hidden: no gap, and each has all events once', async () => {
    const { poller: first, ...ofFirst } = await firstTab();
    const second = await tab();
    const ofSecond = recordEvents(second);
    const before = connectionReads();
    const names: string[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      const [front, back] = turn % 2 ? [first, second] : [second, first];
      back.pause();
      front.resume();
      await world.pass(1_000);
      const name = `turn${turn}`;
      names.push(`${name}-0`);
      server.next('poll', () => json(manyEvents(1, name)));
      front.nudge();
      await world.pass(MINUTE);
      expect([front.status, back.status]).toEqual(['polling', 'paused']);
    }
    expect(gapsOf(ofFirst, ofSecond)).toEqual([]);
    expect([idsOf(ofFirst.events), idsOf(ofSecond.events)]).toEqual([names, names]);
    expect(connectionReads()).toBe(before);
  });

  it('during a read that takes longer than the change of tabs: no gap, and both get its events', async () => {
    const { poller: first, ...ofFirst } = await firstTab();
    const second = await tab();
    const ofSecond = recordEvents(second);
    server.next('poll', late(10_000, 'late'));
    first.nudge();
    await world.pass(2_000);
    first.pause();
    await world.pass(MINUTE);
    expect([first.status, second.status]).toEqual(['paused', 'polling']);
    expect(gapsOf(ofFirst, ofSecond)).toEqual([]);
    expect([idsOf(ofFirst.events), idsOf(ofSecond.events)]).toEqual([['late-0'], ['late-0']]);
  });

  it('Q4 during a read that is then cut off: a gap, once', async () => {
    const { poller: first } = await firstTab();
    const second = await tab();
    const seen = recordEvents(second);
    server.next('poll', hangs);
    first.nudge();
    await world.pass(2_000);
    first.pause();
    await world.pass(5_000);
    await first.stop();
    await world.pass(MINUTE);
    expect(gapsOf(seen)).toEqual(['aborted']);
  });

  it('Q8 it holds no lock and sends nothing; nothing is left once it has stopped', async () => {
    const { poller } = await firstTab();
    poller.pause();
    await world.pass(1_000);
    const before = server.sent.length;
    expect(tabs.openCount).toBe(1); // the channel
    poller.nudge();
    world.page.show(true);
    await world.pass(MINUTE);
    expect([server.sent.length - before, tabs.openCount, world.time.timers]).toEqual([0, 1, 0]);
    await poller.stop();
    expect(tabs.openCount).toBe(0);
  });

  it('Q8 if its page is left, it listens no longer', async () => {
    const { poller } = await firstTab();
    poller.pause();
    await world.pass(1_000);
    world.page.dispatch('pagehide');
    await world.pass(0);
    expect(tabs.openCount).toBe(0);
  });
});

describe('Q9 Q4 a tab that was away', () => {
  it('alone: a gap, since another tab may have come and gone', async () => {
    const { poller, emitted } = await firstTab();
    await whileAway(poller, [], () => world.pass(MINUTE));
    expect(gapsOf({ emitted })).toEqual(['aborted']);
  });

  it('while another tab read nothing: no gap', async () => {
    const { poller, ...seen } = await firstTab();
    await tab();
    await poller.stop();
    await world.pass(MINUTE);
    poller.start();
    await world.pass(MINUTE);
    expect([poller.status, gapsOf(seen)]).toEqual(['following', []]);
  });

  it.each([
    ['two', 2],
    ['one', 1],
  ])('and missed %s of the events, while the next comes before the state: a gap', async (_what, missed) => {
    const { poller: first, ...seen } = await firstTab();
    const second = await tab();
    await first.stop();
    await world.pass(1_000);
    server.next('poll', () => json(manyEvents(missed, 'missed')));
    second.nudge();
    await world.pass(MINUTE);
    // The answer to `hello` comes after the next event.
    let held: unknown;
    tabs.change = (data) => {
      if ((data as { kind: string }).kind !== 'state') return data;
      held = data;
      return undefined;
    };
    first.start();
    await world.pass(10);
    server.next('poll', () => json(manyEvents(1, 'next')));
    second.nudge();
    await world.pass(2_000);
    expect([idsOf(seen.events), gapsOf(seen), held !== undefined]).toEqual([['next-0'], [], true]);
    tabs.change = (data) => data;
    // The state as it is by now.
    tabs.broadcast({ kind: 'hello', isClose: false });
    await world.pass(1_000);
    expect(gapsOf(seen)).toEqual(['woken']);
    await world.pass(MINUTE);
    expect(gapsOf(seen)).toEqual(['woken']);
  });

  it('during a read of another, whose end it has not heard: the state says who reads', async () => {
    const { poller: first } = await firstTab();
    const second = await tab();
    const third = await tab();
    const seen = recordEvents(second);
    server.next('poll', late(10_000, 'late'));
    first.nudge();
    await world.pass(2_000);
    await whileAway(second, [first, third], async () => {
      await world.pass(20_000);
      await first.stop();
      await world.pass(MINUTE);
    });
    expect([second.status, third.status]).toEqual(['following', 'polling']);
    const before = gapsOf(seen);
    await third.stop();
    await world.pass(MINUTE);
    expect(second.status).toBe('polling');
    expect(gapsOf(seen)).toEqual(before);
  });

  it('during a read that was cut off: one gap, and each connection is read once', async () => {
    const { poller: first } = await firstTab();
    const second = await tab();
    const seen = recordEvents(second);
    server.next('poll', hangs);
    first.nudge();
    await world.pass(2_000);
    const before = connectionReads();
    await whileAway(second, [first], () => first.stop());
    expect([second.status, gapsOf(seen)]).toEqual(['polling', ['aborted']]);
    expect(connectionReads()).toBe(before + 1);
  });
});
