import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { QueuePoller } from '../../../src/index.ts';
import { BROKEN, type BrokenRequest, NO_FUNCTION, SILENT } from '../fixtures/broken-locks.ts';
import { recordEvents } from '../fixtures/record-events.ts';
import { standInStorage } from '../fixtures/stand-in-storage.ts';
import { StandInTabs } from '../fixtures/stand-in-tabs.ts';
import { useQueueWorld } from '../fixtures/use-queue-world.ts';

const world = useQueueWorld();
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
  const name = 'bankside.tabs 3 https://bank.example/linxo/ user-1';
  await navigator.locks.request(name, { steal: true }, async () => {});
  await world.pass(3_000);
  expect([first.status, second.status]).toEqual(['following', 'polling']);
  await second.stop();
  await world.pass(100);
  expect(first.status).toBe('polling');
  await expectNothingLeft(first);
});
