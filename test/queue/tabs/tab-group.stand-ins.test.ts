import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onAbort } from '../../../src/abort.ts';
import type { QueuePoller } from '../../../src/index.ts';
import { BROKEN, type BrokenRequest, NO_FUNCTION, SILENT } from '../fixtures/broken-locks.ts';
import { recordEvents } from '../fixtures/record-events.ts';
import { standInStorage } from '../fixtures/stand-in-storage.ts';
import { StandInTabs } from '../fixtures/stand-in-tabs.ts';
import { useQueueWorld } from '../fixtures/use-queue-world.ts';

const world = useQueueWorld();
const NAME = 'bankside.tabs 4 https://bank.example/linxo/ user-1';
/** The longest time until a tab knows that its locks do not work, in ms. */
const PATIENT = 7_000;
let tabs: StandInTabs;

beforeEach(() => {
  tabs = new StandInTabs();
  tabs.install();
});

afterEach(() => tabs.uninstall());

/** Locks that do not work, beside channels that do. */
function hasLocks(request: BrokenRequest): void {
  vi.stubGlobal('navigator', { locks: { request } });
}

/** The browser's own channel, of which a part is another one. */
function hasChannel(part: object | (() => never)): void {
  const Working = BroadcastChannel;
  const create = (name: string): BroadcastChannel => {
    if (typeof part === 'function') return part();
    return Object.assign(new Working(name), part);
  };
  vi.stubGlobal('BroadcastChannel', create);
}

function throws(): never {
  throw new DOMException('Not here', 'SecurityError');
}

/** A tab that has started, and for how long that took at most, in ms. */
async function startedTab(patience = 10): Promise<QueuePoller> {
  const poller = world.poller({ user: 'user-1' });
  let isStarted = false;
  const setStarted = (): void => {
    isStarted = true;
  };
  poller.start().then(setStarted, () => {});
  await world.pass(patience);
  expect(isStarted).toBe(true);
  return poller;
}

/** How many messages of this kind all tabs have sent. */
function sentCount(kind: string): number {
  return tabs.sent.filter((message) => (message as { kind?: string }).kind === kind).length;
}

/** Both poll for themselves, follow a synchronisation with all its events, and leave nothing when they stop. */
async function expectAlone(...pollers: readonly QueuePoller[]): Promise<void> {
  const { id } = world.linxo.addConnection();
  const seen = pollers.map(recordEvents);
  for (const poller of pollers) poller.nudge();
  world.linxo.synchronise(id);
  await world.pass(60_000);
  const published = world.linxo.published.map(({ event }) => event.id);
  for (const { events } of seen) expect(events.map((event) => event.id)).toEqual(published);
  expect(pollers.map(({ status }) => status)).toEqual(pollers.map(() => 'polling'));
  expect(new Set(pollers.map(({ queueId }) => queueId)).size).toBe(pollers.length);
  for (const { emitted } of seen) expect(emitted.gap).toEqual([]);
  await expectNothingLeft(...pollers);
}

async function expectNothingLeft(...pollers: readonly QueuePoller[]): Promise<void> {
  await Promise.all(pollers.map((poller) => poller.stop()));
  expect(world.time.timers).toBe(0);
  expect(tabs.openCount).toBe(0);
  expect(world.inFlight).toBe(0);
}

describe('Q9 locks that do not work are as if there were none', () => {
  it.each(BROKEN)('locks that %s: each tab polls for itself', async (_name, stub) => {
    hasLocks(stub);
    const first = await startedTab();
    await world.pass(PATIENT);
    const second = await startedTab();
    await world.pass(PATIENT);
    await expectAlone(first, second);
  });

  it.each(SILENT)('locks that %s: after a few seconds', async (_name, stub) => {
    hasLocks(stub);
    const first = await startedTab(PATIENT);
    const second = await startedTab(PATIENT);
    await expectAlone(first, second);
  });

  it.each(NO_FUNCTION)('%s: the poller does not share', async (_name, navigator) => {
    vi.stubGlobal('navigator', navigator());
    const first = await startedTab();
    expect(tabs.openCount).toBe(0);
    await expectAlone(first, await startedTab());
  });

  it('locks that break after the poller was made', async () => {
    const poller = world.poller({ user: 'user-1' });
    vi.stubGlobal('navigator', undefined);
    poller.start();
    await world.pass(10);
    await expectAlone(poller);
  });

  it.each(SILENT)('Q8 locks that %s: stop ends at once, whenever it comes', async (_name, stub) => {
    hasLocks(stub);
    for (const ms of [0, 10, 1_500, 3_000, 5_000, 6_500]) {
      const poller = world.poller({ user: 'user-1' });
      poller.start().catch(() => {});
      await world.pass(ms);
      await expectNothingLeft(poller);
    }
  });

  it.each(SILENT)('Q8 locks that %s: a second start does not wait again', async (_name, stub) => {
    hasLocks(stub);
    const poller = await startedTab(PATIENT);
    poller.pause();
    await world.pass(1_000);
    world.arrived();
    poller.resume();
    await world.pass(1_000);
    expect(world.arrived()).toContain('queue');
    await expectAlone(poller);
  });

  it('a lock that is granted too late is given back at once', async () => {
    const grants: (() => unknown)[] = [];
    hasLocks((_name, ...rest) => {
      grants.push(rest.at(-1) as () => unknown);
      return new Promise(() => {});
    });
    const poller = await startedTab(PATIENT);
    expect(grants.map((grant) => grant())).toEqual([undefined, undefined]);
    await expectAlone(poller);
  });

  it('a tab that cannot steal the lock of a frozen one takes a queue of its own', async () => {
    const first = await startedTab();
    const { request } = navigator.locks;
    hasLocks((name, ...rest) => {
      const isSteal = (rest[0] as { steal?: boolean }).steal;
      return isSteal
        ? Promise.reject(new DOMException('steal', 'NotSupportedError'))
        : (request as BrokenRequest)(name, ...rest);
    });
    const second = await startedTab();
    const { queueId } = first;
    expect([second.status, second.queueId]).toEqual(['following', queueId]);
    const { emitted } = recordEvents(second);
    freeze();
    second.nudge();
    await world.pass(20_000);
    expect([first.queueId, second.status]).toEqual([queueId, 'polling']);
    expect(second.queueId).not.toBe(queueId);
    expect(emitted.gap.map(({ reason }) => reason)).toEqual(['aborted']);
    await expectNothingLeft(first, second);
  });

  /** No more messages arrive, as from a frozen tab. */
  function freeze(): void {
    tabs.isSilent = true;
  }
});

describe('Q9 channels that do not work are as if there were none', () => {
  it.each([
    ['throw in their constructor', throws],
    ['throw at a message', { postMessage: throws }],
    ['cannot send', { postMessage: undefined }],
  ])('channels that %s: each tab polls for itself', async (_name, part) => {
    hasChannel(part);
    await expectAlone(await startedTab(), await startedTab());
  });

  it('channels that deliver nothing: each tab polls for itself after a few seconds', async () => {
    tabs.isSilent = true;
    const request = vi.spyOn(navigator.locks, 'request');
    const first = await startedTab();
    const second = await startedTab(PATIENT);
    await world.pass(PATIENT);
    request.mockClear();
    await expectAlone(first, second);
    expect(request).not.toHaveBeenCalled(); // they would steal the lock from each other for ever
  });

  it('a channel that throws when it is closed', async () => {
    hasChannel({ close: throws });
    const first = await startedTab();
    await startedTab();
    await first.stop();
    await world.pass(10);
    expect(first.status).toBe('stopped');
  });

  it.each([
    ['nothing', undefined],
    ['an event without data', {}],
    [
      'an event whose data cannot be read',
      {
        get data() {
          return throws();
        },
      },
    ],
  ])('S4 %s in the place of an event changes nothing', async (_name, event) => {
    const poller = await startedTab();
    expect(() => tabs.dispatch(event)).not.toThrow();
    await expectAlone(poller);
  });
});

it('Q9 a tab that is alone claims its queue where locks work: a duplicated tab has its own', async () => {
  hasChannel(throws);
  const storage = standInStorage();
  const first = world.poller({ user: 'user-1', storage });
  first.start();
  await world.pass(10);
  const second = world.poller({ user: 'user-1', storage });
  second.start();
  await world.pass(2_000);
  expect([first.status, second.status]).toEqual(['polling', 'polling']);
  expect(second.queueId).not.toBe(first.queueId);
  await expectNothingLeft(first, second);
});

it('Q9 a tab that was robbed of its lock follows the next one, and is in line again after it', async () => {
  const first = await startedTab();
  const second = await startedTab();
  await navigator.locks.request(NAME, { steal: true }, async () => {});
  await world.pass(3_000);
  expect([first.status, second.status]).toEqual(['following', 'polling']);
  await second.stop();
  await world.pass(100);
  expect(first.status).toBe('polling');
  await expectNothingLeft(first);
});

describe('Q9 a page that was busy believes no late timer', () => {
  /** The browser's locks; what `delay` returns comes before the answer to that request. */
  function delayLocks(delay: (isSteal: boolean) => Promise<void> | undefined): void {
    const request = navigator.locks.request as unknown as BrokenRequest;
    hasLocks(async (name, ...rest) => {
      const isSteal = (rest[0] as { steal?: boolean }).steal === true;
      await delay(isSteal);
      return request(name, ...rest);
    });
  }

  /** All the time no message arrives; then the late timers run, and what has arrived comes after them. */
  const beBusy = (ms: number): Promise<void> => world.time.sleep(ms, false);

  /** Two tabs that share, and the first one freezes. The second one asks for its lock, and the answer waits. */
  async function stealing() {
    const first = await startedTab();
    let grant: () => void = () => {};
    const granted = new Promise<void>((resolve) => {
      grant = resolve;
    });
    let isStealing = false;
    delayLocks((isSteal) => {
      isStealing ||= isSteal;
      return isSteal ? granted : undefined;
    });
    const second = await startedTab();
    tabs.isSilent = true;
    second.nudge();
    for (let turn = 0; turn < 100 && !isStealing; turn += 1) await world.pass(100);
    expect(isStealing).toBe(true);
    return { first, second, queueId: first.queueId, grant };
  }

  it('a tab gets the lock that it was granted during a busy stretch', async () => {
    const { first, second, queueId, grant } = await stealing();
    await beBusy(2_300);
    tabs.isSilent = false;
    grant();
    await world.pass(5_000);
    expect([first.status, second.status]).toEqual(['following', 'polling']);
    expect([first.queueId, second.queueId]).toEqual([queueId, queueId]);
    await expectNothingLeft(first, second);
  });

  it('a tab that was robbed while it was frozen follows, though the notice comes after its timers', async () => {
    const { request } = navigator.locks;
    let tellAll: () => void = () => {};
    const told = new Promise<void>((resolve) => {
      tellAll = resolve;
    });
    hasLocks((name, ...rest) => {
      if ((rest[0] as { steal?: boolean }).steal) tabs.isSilent = false; // the frozen tab goes on
      const outcome = (request as BrokenRequest)(name, ...rest) as Promise<unknown>;
      return outcome.catch(async (error: unknown) => {
        await told;
        throw error;
      });
    });
    const first = await startedTab();
    const { queueId } = first;
    const second = await startedTab();
    tabs.isSilent = true;
    second.nudge();
    for (let turn = 0; turn < 100 && second.status !== 'polling'; turn += 1) await world.pass(100);
    await beBusy(2_300);
    tellAll();
    await world.pass(3_000);
    expect([first.status, second.status]).toEqual(['following', 'polling']);
    expect([first.queueId, second.queueId]).toEqual([queueId, queueId]);
    await expectNothingLeft(first, second);
  });

  it('a tab that was robbed hears the one that has robbed it, though that comes after its timers', async () => {
    const first = await startedTab();
    const { queueId } = first;
    const thief = new AbortController();
    const hold = () => new Promise<void>((resolve) => onAbort(thief.signal, resolve));
    navigator.locks.request(NAME, { steal: true }, hold).catch(() => {}); // it may be robbed in turn
    await world.time.settle();
    await beBusy(2_300);
    tabs.broadcast({ kind: 'read', reader: 'other', isUnderWay: false });
    await world.pass(10_000);
    thief.abort();
    await world.pass(1_000);
    const second = await startedTab();
    expect([second.status, second.queueId]).toEqual(['following', queueId]);
    await expectNothingLeft(first, second);
  });

  it('a tab steals no lock of one whose answer comes after its timers', async () => {
    const first = await startedTab();
    const second = await startedTab();
    const request = vi.spyOn(navigator.locks, 'request');
    const isPinging = (): boolean => sentCount('ping') > 0;
    tabs.isSilent = true;
    second.nudge();
    for (let turn = 0; turn < 100 && !isPinging(); turn += 1) await world.pass(100);
    expect(isPinging()).toBe(true);
    await beBusy(2_300);
    tabs.isSilent = false;
    tabs.broadcast({ kind: 'pong', isHidden: false });
    await world.pass(3_000);
    expect(request).not.toHaveBeenCalled();
    expect([first.status, second.status]).toEqual(['polling', 'following']);
    await expectNothingLeft(first, second);
  });
});

describe('Q9 a tab that is alone shares again when it is resumed', () => {
  /** Two tabs of which the second one could not steal the lock of the first, which was frozen. */
  async function parted() {
    const first = await startedTab();
    const { request } = navigator.locks;
    hasLocks((name, ...rest) => {
      const isSteal = (rest[0] as { steal?: boolean }).steal;
      return isSteal ? new Promise(() => {}) : (request as BrokenRequest)(name, ...rest);
    });
    const second = await startedTab();
    tabs.isSilent = true;
    second.nudge();
    await world.pass(20_000);
    tabs.isSilent = false;
    expect([first.status, second.status]).toEqual(['polling', 'polling']);
    expect(second.queueId).not.toBe(first.queueId);
    return { first, second, queueId: first.queueId };
  }

  async function resumed(poller: QueuePoller): Promise<void> {
    poller.pause();
    await world.pass(1_000);
    world.arrived();
    poller.resume();
    await world.pass(1_000);
  }

  it('with the tab that polls, whose queue it takes over later', async () => {
    const { first, second, queueId } = await parted();
    await resumed(second);
    expect([first.status, second.status, second.queueId]).toEqual(['polling', 'following', queueId]);
    const { emitted } = recordEvents(second);
    await first.stop();
    await world.pass(3_000);
    expect([second.status, second.queueId, emitted.gap]).toEqual(['polling', queueId, []]);
    await expectNothingLeft(second);
  });

  it('with nobody, if the other tab has gone: it polls at once, with its own queue', async () => {
    const { first, second } = await parted();
    const { queueId } = second;
    await first.stop();
    await resumed(second);
    expect(world.arrived()).toContain('queue');
    expect([second.status, second.queueId]).toEqual(['polling', queueId]);
    const third = await startedTab();
    expect([third.status, third.queueId]).toEqual(['following', queueId]);
    await expectNothingLeft(second, third);
  });

  it.each(SILENT)('not where locks %s, more than once', async (_name, stub) => {
    hasLocks(stub);
    const pollers = [1, 2].map(() => world.poller({ user: 'user-1' }));
    for (const poller of pollers) poller.start().catch(() => {});
    await world.pass(PATIENT);
    for (const poller of pollers) {
      await resumed(poller);
      await world.pass(PATIENT);
      await resumed(poller);
      expect(world.arrived()).toContain('queue');
    }
    await expectAlone(...pollers);
  });

  it('not where all get the lock', async () => {
    hasLocks(async (_name, ...rest) => (rest.at(-1) as () => unknown)());
    const first = await startedTab();
    const second = await startedTab();
    await world.pass(PATIENT);
    const queues = [first.queueId, second.queueId];
    const before = sentCount('hello');
    await resumed(first);
    expect(sentCount('hello')).toBe(before);
    expect([first.queueId, second.queueId]).toEqual(queues);
    await expectAlone(first, second);
  });
});
