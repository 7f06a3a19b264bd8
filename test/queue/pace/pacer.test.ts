import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Pacer } from '../../../src/queue/pace/pacer.ts';
import { DEFAULT_SCHEDULE } from '../../../src/queue/pace/schedule.ts';
import { VirtualTime } from '../fixtures/virtual-time.ts';

const MINUTE = 60_000;
let time: VirtualTime;
let pace: { isClose: boolean; isHidden: boolean; nextRead: number };
let pacer: Pacer;
let stop: AbortController;

beforeEach(() => {
  time = new VirtualTime(Date.UTC(2026, 0, 5, 9));
  time.install();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  pace = { isClose: false, isHidden: false, nextRead: Infinity };
  stop = new AbortController();
  pacer = new Pacer(DEFAULT_SCHEDULE, () => pace);
});

afterEach(() => {
  vi.unstubAllGlobals();
  time.uninstall();
  vi.restoreAllMocks();
});

/** Polls like the poller, with answers that take `takes` ms. Returns for each poll its time in ms from now, and whether the page had slept. */
function poll(takes = 0): { at: number; slept: boolean }[] {
  const polls: { at: number; slept: boolean }[] = [];
  const begin = time.true;
  (async () => {
    for (;;) {
      const slept = await pacer.wait(stop.signal);
      if (stop.signal.aborted) return;
      pacer.sent();
      polls.push({ at: time.true - begin, slept });
      if (takes) await new Promise<void>((resolve) => setTimeout(resolve, takes));
      pacer.succeeded();
    }
  })();
  return polls;
}

async function timesOf(polls: { at: number }[], ms: number): Promise<number[]> {
  await time.pass(ms);
  stop.abort();
  await time.settle();
  return polls.map(({ at }) => at);
}

it('Q1 Q5 the first poll is due at once, later ones rarely, at fixed times', async () => {
  expect(await timesOf(poll(), 31 * MINUTE)).toEqual([0, 10 * MINUTE, 20 * MINUTE, 30 * MINUTE]);
});

it('Q5 the poll after a requested one comes after half the gap, since the requested one came too early to find anything', async () => {
  const polls = poll();
  await time.pass(5 * MINUTE);
  pacer.watch();
  pacer.request();
  const at = await timesOf(polls, 5_000);
  expect(at.map((ms) => ms - 5 * MINUTE)).toEqual([-5 * MINUTE, 0, 900, 2_700, 4_500]);
});

it('Q5 the duration of answers does not delay later polls', async () => {
  pace.isClose = true;
  expect(await timesOf(poll(900), 12_000)).toEqual([0, 900, 2_700, 4_500, 6_300, 8_100, 9_900, 11_700]);
});

it('Q5 the poll after an answer that takes longer than the gap is sent at once, and skipped polls are not caught up', async () => {
  pace.isClose = true;
  expect(await timesOf(poll(6_000), 20_000)).toEqual([0, 6_000, 12_000, 18_000]);
});

it('Q5 polls closely as soon as something happens, for the time of the schedule', async () => {
  const polls = poll();
  await time.pass(5 * MINUTE);
  pacer.watch();
  const at = await timesOf(polls, 5 * MINUTE + 40_000);
  expect(at[1]).toBe(5 * MINUTE);
  expect(at.filter((ms) => ms < 5 * MINUTE + 30_000)).toHaveLength(18);
  expect(at.filter((ms) => ms > 5 * MINUTE + 32_500)).toHaveLength(0);
});

it('Q5 polls once a second at most, however many polls are requested', async () => {
  const polls = poll();
  for (let times = 0; times < 50; times += 1) {
    pacer.request();
    await time.pass(100);
  }
  expect(await timesOf(polls, 0)).toEqual([0, 1_000, 2_000, 3_000, 4_000, 5_000]);
});

it('Q5 a request never delays a scheduled poll', async () => {
  pace.isClose = true;
  pacer = new Pacer({ ...DEFAULT_SCHEDULE, close: 500 }, () => pace);
  const polls = poll();
  await time.pass(600);
  pacer.request();
  expect(await timesOf(polls, 1_000)).toEqual([0, 250, 750, 1_000, 1_500]);
});

it('Q6 a poll that was not sent is repeated at once', async () => {
  const polls = poll();
  await time.pass(300);
  pacer.requestAgain();
  expect(await timesOf(polls, 100)).toEqual([0, 300]);
});

it('Q7 waits for the backoff after a failure, even while it polls closely; a request ends the wait', async () => {
  pace.isClose = true;
  pacer.sent();
  expect(pacer.failed(4, 0)).toBe(16_000);
  const polls = poll();
  await time.pass(10_000);
  expect(polls).toEqual([]);
  pacer.request();
  expect(await timesOf(polls, 100)).toEqual([10_000]);
});

it('Q7 a request does not shorten Retry-After; an old Retry-After does not count any more', async () => {
  pacer.sent();
  const retryIn = pacer.failed(1, 5 * MINUTE);
  expect(retryIn).toBeGreaterThanOrEqual(5 * MINUTE);
  const polls = poll();
  pacer.request();
  pacer.watch();
  expect(await timesOf(polls, retryIn)).toEqual([retryIn]);
  stop = new AbortController();
  pacer.sent();
  expect(pacer.failed(1, 0)).toBe(2_000);
});

it('Q5 setting the clock moves no poll; it may look like a sleep', async () => {
  const polls = poll();
  await time.pass(MINUTE);
  time.set(-3_600_000);
  await time.pass(11 * MINUTE);
  expect(polls).toEqual([
    { at: 0, slept: false },
    { at: 10 * MINUTE, slept: false },
  ]);
  time.set(3_600_000);
  await time.pass(MINUTE);
  expect(polls.at(-1)?.slept).toBe(true);
  stop.abort();
});

it.each([true, false])(
  'Q4 the next timer detects a sleep (the clock stands still: %s)',
  async (standsStill) => {
    const polls = poll();
    await time.pass(MINUTE);
    await time.sleep(5 * MINUTE, standsStill);
    await time.pass(30_000);
    expect(polls.at(-1)?.slept).toBe(true);
    expect(polls).toHaveLength(2);
    stop.abort();
  },
);

it.each([true, false])(
  'Q5 a sleep between two waits is noticed, unless the page may have been busy for so long (the clock stands still: %s)',
  async (standsStill) => {
    pacer.request();
    await pacer.wait(stop.signal);
    await time.sleep(4 * MINUTE, standsStill);
    expect(pacer.hasSlept(2 * MINUTE)).toBe(false);
    await time.sleep(4 * MINUTE, standsStill);
    expect(pacer.hasSlept(MINUTE)).toBe(true);
    expect(pacer.hasSlept()).toBe(false);
  },
);

it('Q5 timers that run once a minute do not look like a sleep', async () => {
  const polls = poll();
  for (let minutes = 0; minutes < 30; minutes += 1) await time.sleep(MINUTE, false);
  expect(polls.map(({ slept }) => slept)).not.toContain(true);
  expect(polls.length).toBeGreaterThanOrEqual(3);
  stop.abort();
});

it('S2 in an engine without performance it goes by the time of the system', async () => {
  vi.stubGlobal('performance', undefined);
  const at = await timesOf(poll(), 21 * MINUTE);
  expect(at).toEqual([0, 10 * MINUTE, 20 * MINUTE]);
});

it('Q8 an abort ends the wait at once; with an aborted signal no wait starts', async () => {
  pacer.sent();
  const waiting = pacer.wait(stop.signal);
  await time.pass(1);
  expect(time.timers).toBe(1);
  stop.abort();
  expect(await waiting).toBe(false);
  expect(await pacer.wait(stop.signal)).toBe(false);
  expect(time.timers).toBe(0);
});

it('Q7 while a retry is under way, the next poll is that retry, and not a regular one', async () => {
  pacer.sent();
  const retryIn = pacer.failed(1, 0);
  const due = performance.now() + retryIn;
  await time.pass(retryIn);
  pacer.sent();
  await time.pass(20_000); // no answer yet
  expect(pacer.due).toBe(due);
  pacer.succeeded();
  expect(pacer.due).toBe(due + 10 * MINUTE);
});

it('Q9 after a failure of another tab, the next poll is when that tab tries again', async () => {
  pacer.failedElsewhere(40_000, false);
  expect(pacer.due).toBe(performance.now() + 40_000);
  pacer.sent();
  pacer.succeeded();
  expect(pacer.due).toBe(performance.now() + 10 * MINUTE);
});

it('Q7 Q9 a request does not shorten a pause that the server has asked another tab for', async () => {
  pacer.failedElsewhere(5 * MINUTE, true);
  const { due } = pacer;
  pacer.request();
  expect(pacer.due).toBe(due);
  expect(await timesOf(poll(), 5 * MINUTE)).toEqual([5 * MINUTE]);
});

it('Q7 a poll that was requested during the backoff is the retry; if it fails after another request, the next is due at once', async () => {
  pacer.sent();
  pacer.failed(5, 0);
  pacer.request();
  await time.pass(2_000);
  pacer.sent();
  await time.pass(1_000);
  expect(pacer.due).toBeLessThanOrEqual(performance.now());
  pacer.request();
  await time.pass(30_000);
  expect(pacer.failed(6, 0)).toBe(0);
});

it('Q7 after a start, no retry of before is planned', () => {
  pacer.sent();
  pacer.failed(5, 0);
  pacer.start(false);
  pacer.sent();
  expect(pacer.due).toBeLessThan(performance.now() + 2_000);
});
