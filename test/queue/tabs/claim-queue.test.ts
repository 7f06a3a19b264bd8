import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { claimQueue } from '../../../src/queue/tabs/claim-queue.ts';
import { BROKEN, type BrokenRequest, NO_FUNCTION, SILENT } from '../fixtures/broken-locks.ts';
import { StandInTabs } from '../fixtures/stand-in-tabs.ts';
import { VirtualTime } from '../fixtures/virtual-time.ts';

/** What is granted is then held, until the page leaves. */
const HOLDING = new Set(['call back, and never settle', 'give the lock to everybody', 'call back twice']);

let time: VirtualTime;
let page: AbortController;

beforeEach(() => {
  time = new VirtualTime(Date.UTC(2026, 0, 5, 9));
  time.install();
  page = new AbortController();
});

afterEach(() => {
  page.abort();
  time.uninstall();
  vi.unstubAllGlobals();
});

/** What it has resolved with after this time, in ms; `undefined` if it has not. */
async function claimedAfter(ms: number): Promise<boolean | undefined> {
  let claimed: boolean | undefined;
  void claimQueue('q1', page.signal).then((is) => {
    claimed = is;
  });
  await time.pass(ms);
  return claimed;
}

const listeners = (): number => getEventListeners(page.signal, 'abort').length;

const has = (request: BrokenRequest): void => void vi.stubGlobal('navigator', { locks: { request } });

describe('Q9 locks that do not work are as if there were none', () => {
  it.each(BROKEN)('locks that %s: at once', async (_name, stub) => {
    has(stub);
    expect(await claimedAfter(0)).toBe(true);
    expect(time.timers).toBe(0);
  });

  it.each([...BROKEN, ...SILENT].filter(([name]) => !HOLDING.has(name)))(
    'Q8 locks that %s: no listener is left',
    async (_name, stub) => {
      has(stub);
      for (let times = 0; times < 3; times += 1) await claimedAfter(2_000);
      expect(listeners()).toBe(0);
    },
  );

  it.each(NO_FUNCTION)('%s: at once', async (_name, navigator) => {
    vi.stubGlobal('navigator', navigator());
    expect(await claimedAfter(0)).toBe(true);
  });

  it.each(SILENT)('locks that %s: after two seconds', async (_name, stub) => {
    has(stub);
    expect(await claimedAfter(2_000)).toBe(true);
    expect(time.timers).toBe(0);
  });

  it.each(SILENT)('Q8 locks that %s: nothing is left as soon as the page stops', async (_name, stub) => {
    has(stub);
    const claim = claimQueue('q1', page.signal);
    await time.pass(500);
    page.abort();
    expect(await claim).toBe(false);
    expect(time.timers).toBe(0);
  });

  it('a lock that is granted too late is given back at once', async () => {
    let grant: () => unknown = () => {};
    has((_name, ...rest) => {
      grant = rest.at(-1) as typeof grant;
      return new Promise(() => {});
    });
    expect(await claimedAfter(2_000)).toBe(true);
    expect(grant()).toBeUndefined();
  });
});

describe('Q9 a queue of another page', () => {
  let tabs: StandInTabs;
  beforeEach(() => {
    tabs = new StandInTabs();
    tabs.install();
  });

  it('is not claimed', async () => {
    await claimQueue('q1', new AbortController().signal);
    expect(await claimedAfter(900)).toBeUndefined();
    await time.pass(200);
    expect(await claimedAfter(1_100)).toBe(false);
    expect([time.timers, listeners()]).toEqual([0, 0]);
  });

  it('is claimed as soon as that page releases it, and released with this one', async () => {
    const before = new AbortController();
    await claimQueue('q1', before.signal);
    const claim = claimQueue('q1', page.signal);
    await time.pass(500);
    before.abort();
    expect(await claim).toBe(true);
    expect(listeners()).toBe(1); // it releases the queue with the page
    page.abort();
    await time.settle();
    expect(tabs.openCount).toBe(0);
  });

  it('is claimed by a page that was busy while the other one released it', async () => {
    const before = new AbortController();
    await claimQueue('q1', before.signal);
    const claim = claimQueue('q1', page.signal);
    await time.settle();
    await time.sleep(1_300, false); // its timers are late
    before.abort();
    await time.pass(2_000);
    expect(await claim).toBe(true);
  });
});
