import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Pacer } from '../../../src/queue/pace/pacer.ts';
import { DEFAULT_SCHEDULE } from '../../../src/queue/pace/schedule.ts';
import { TabGroup } from '../../../src/queue/tabs/tab-group.ts';
import type { TabGroupHost } from '../../../src/queue/tabs/tab-group-host.ts';
import { StandInTabs } from '../fixtures/stand-in-tabs.ts';
import { VirtualTime } from '../fixtures/virtual-time.ts';

let time: VirtualTime;
let tabs: StandInTabs;

beforeEach(() => {
  time = new VirtualTime(Date.UTC(2026, 0, 5, 9));
  time.install();
  tabs = new StandInTabs();
  tabs.install();
});

afterEach(() => {
  time.uninstall();
  vi.unstubAllGlobals();
});

/** A poller that does nothing while it leads. */
function idleHost(): TabGroupHost {
  const pacer = new Pacer(DEFAULT_SCHEDULE, () => ({ isClose: false, isHidden: false, nextRead: Infinity }));
  return {
    pacer,
    longestRead: 30_000,
    lead: (leave) =>
      new Promise((resolve) => {
        leave.addEventListener('abort', () => resolve(), { once: true });
      }),
    isBehind: () => false,
    isListening: () => false,
    setBehind() {},
    follow() {},
    receive() {},
    adopt() {},
    state: () => ({}) as never,
    ask() {},
    wake() {},
    part() {},
  };
}

it('Q8 Q9 each time a tab is robbed of the lock and gets it back, it leaves no listener', async () => {
  const leave = new AbortController();
  const listeners = (): number => getEventListeners(leave.signal, 'abort').length;
  const joined = new TabGroup('t', idleHost()).join(leave.signal);
  await time.pass(10);
  tabs.broadcast({ kind: 'read', reader: 'other', isUnderWay: false }); // it has heard another tab, so it goes on after it was robbed
  const atFirst = listeners();
  expect(atFirst).toBeGreaterThan(0);
  for (let times = 0; times < 5; times += 1) {
    await navigator.locks.request('bankside.tabs 4 t', { steal: true }, async () => {});
    await time.pass(3_000);
  }
  expect(tabs.openCount).toBe(2); // it leads, and shares
  expect(listeners()).toBe(atFirst);

  leave.abort();
  await joined;
  expect([listeners(), time.timers, tabs.openCount]).toEqual([0, 0, 0]);
});
