import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BanksideError, QueuePoller } from '../../../src/index.ts';
import { readTabMessage } from '../../../src/queue/tabs/tab-messages.ts';
import { idsOf, recordEvents } from '../fixtures/record-events.ts';
import { json, ScriptedQueue, text } from '../fixtures/scripted-queue.ts';
import { StandInTabs } from '../fixtures/stand-in-tabs.ts';
import { useQueueWorld } from '../fixtures/use-queue-world.ts';

const world = useQueueWorld();
let tabs: StandInTabs;

beforeEach(() => {
  tabs = new StandInTabs();
  tabs.install();
});

afterEach(() => tabs.uninstall());

async function tab(): Promise<QueuePoller> {
  const poller = world.poller({ user: 'user-1' });
  poller.start();
  await world.pass(10);
  return poller;
}

/** Two tabs that have followed a synchronisation. The first one polls. */
async function synchronised() {
  const { id } = world.linxo.addConnection();
  const first = await tab();
  const second = await tab();
  const seen = [first, second].map(recordEvents);
  second.track(id);
  world.linxo.synchronise(id);
  await world.pass(60_000);
  return { first, second, seen, id };
}

it('Q9 both tabs get each event once, in the same order, and come to the same state', async () => {
  const { first, second, seen, id } = await synchronised();

  const published = world.linxo.published.map(({ event }) => event.id);
  expect([first.status, second.status]).toEqual(['polling', 'following']);
  for (const { events } of seen) expect(idsOf(events)).toEqual(published);
  expect(second.connections).toEqual(first.connections);
  expect(second.connections.get(id)?.status).toBe('SUCCESS');
});

it('Q9 the polling tab reads a connection that another tab has tracked before it joined', async () => {
  const { id } = world.linxo.addConnection();
  const first = await tab();
  const second = world.poller({ user: 'user-1' });
  second.track(id);
  second.start();
  await world.pass(5_000);

  expect(second.status).toBe('following');
  expect(second.connections.get(id)).toMatchObject({ id, status: 'NONE' });
  expect(second.connections).toEqual(first.connections);
});

it('Q3 Q9 the polling tab reads the connections after an overflow in a following tab', async () => {
  const { first, second } = await synchronised();
  const reader = second[Symbol.asyncIterator]();
  const gaps: string[] = [];
  const reconciled: readonly string[][] = [];
  second.on('gap', ({ reason }) => gaps.push(reason));
  second.on('reconciled', ({ connectionIds }) => void (reconciled as string[][]).push([...connectionIds]));
  for (let times = 0; times < 3; times += 1) {
    world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'burst', events: 600 });
    second.nudge();
    await world.pass(3_000);
  }
  await world.pass(30_000);

  expect(gaps).toContain('overflow');
  expect(reconciled).toContainEqual([...first.connections.keys()]);
  await reader.return?.();
});

it('Q3 Q9 the polling tab repeats a reading that arrives late from a tab that was frozen', async () => {
  const { first, second, id } = await synchronised();
  const before = first.connections.get(id);
  const late = { kind: 'reading', connectionId: id, connection: { id, status: 'RUNNING' }, from: 1, to: 2 };

  tabs.broadcast({ kind: 'update', update: late });

  expect(first.connections.get(id)).toEqual({ ...before, isDoubtful: true });
  await world.pass(5_000);
  expect(first.connections.get(id)).toMatchObject({ status: 'SUCCESS', syncing: false, isDoubtful: false });
  expect(first.connections.get(id)?.updatedAt).toBeGreaterThan(before?.updatedAt ?? 0);
  expect(second.connections).toEqual(first.connections);
});

describe('Q9 if locks are refused, as in a sandboxed frame', () => {
  const refuse = (): void => {
    const request = () => Promise.reject(new DOMException('Not here', 'SecurityError'));
    vi.stubGlobal('navigator', { locks: { request } });
  };

  it('each tab polls for itself, and follows its synchronisation', async () => {
    refuse();
    const { id } = world.linxo.addConnection();
    const [first, second] = [await tab(), await tab()];
    world.linxo.synchronise(id);
    await world.pass(60_000);

    expect([first.status, second.status]).toEqual(['polling', 'polling']);
    expect(first.connections.get(id)?.status).toBe('SUCCESS');
    await first.stop();
    await second.stop();
    expect(world.time.timers).toBe(0);
    expect(tabs.openCount).toBe(0);
  });

  it('no tab sends a message if the origin is opaque', async () => {
    refuse();
    vi.stubGlobal('origin', 'null');
    const before = tabs.sent.length;
    const poller = await tab();
    await world.pass(5_000);

    expect(poller.status).toBe('polling');
    expect(tabs.sent).toHaveLength(before);
  });

  it('Q1 the queue of the options is used', async () => {
    refuse();
    const before = world.poller();
    before.start();
    await world.pass(10);
    const { queueId } = before;
    await before.stop();
    const poller = world.poller({ queueId });
    poller.start();
    await world.pass(10);

    expect(poller.queueId).toBe(queueId);
  });
});

it('Q8 Q9 nothing is left once both tabs have stopped', async () => {
  const { first, second } = await synchronised();
  await first.stop();
  await world.pass(3_000);
  expect(second.status).toBe('polling');
  await second.stop();
  expect(tabs.openCount).toBe(0);
});

it('Q9 S4 an event that is nested too deep to be cloned does not stop the poller', async () => {
  const deep = `[{"id":"deep","event_type":"OTHER","more":${'['.repeat(50_000)}${']'.repeat(50_000)}}]`;
  const server = new ScriptedQueue().next('poll', () => text(deep));
  const { poller, events } = world.recordedPoller({ user: 'user-1', fetch: server.fetch });
  poller.start();
  await world.pass(10_000);

  expect(idsOf(events)).toEqual(['deep']);
  expect(poller.status).toBe('polling');
});

it('Q4 Q9 an event that cannot be cloned is a gap in all tabs, and the connections are read', async () => {
  const server = new ScriptedQueue().always('connection', () => json({ id: 'c1', status: 'SUCCESS' }));
  const [first, second] = [1, 2].map(() => world.poller({ user: 'user-1', fetch: server.fetch }));
  first?.start();
  await world.pass(1_000);
  second?.start();
  first?.track('c1');
  await world.pass(60_000);
  expect([first?.status, second?.status]).toEqual(['polling', 'following']);
  const seen = [first, second].map((poller) => recordEvents(poller as QueuePoller));
  const deep = `{"id":"deep","event_type":"OTHER","more":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
  server.next('poll', () => text(`[{"id":"e1","event_type":"OTHER"},${deep}]`));
  second?.nudge();
  await world.pass(10_000);

  for (const { emitted } of seen) {
    expect(emitted.gap.map(({ reason }) => reason)).toEqual(['truncated']);
    expect(emitted.reconciled).toEqual([{ connectionIds: ['c1'] }]);
  }
  expect(seen.map(({ events }) => idsOf(events))).toEqual([['e1', 'deep'], []]);
});

it('S4 each tab can read the messages of the others', async () => {
  const { first, second } = await synchronised();
  world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'network' });
  second.nudge();
  await world.pass(30_000);
  await first.stop();
  await tab();
  await world.pass(30_000);

  const kinds = new Set(tabs.sent.map((message) => JSON.stringify(kindOf(message))));
  for (const kind of ['queue', 'poll', 'failed', 'gap', 'track', 'reading', 'reconciled']) {
    expect([...kinds]).toContain(`["update","${kind}"]`);
  }
  for (const kind of ['ask', 'wake', 'hello', 'state', 'read']) expect([...kinds]).toContain(`["${kind}"]`);
  for (const message of tabs.sent) {
    const read = readTabMessage(structuredClone(message));
    expect(withoutErrors(read), JSON.stringify(message)).toEqual(message);
    // The order of fields is the same, too.
    if (kindOf(message)[0] === 'state') expect(JSON.stringify(read)).toBe(JSON.stringify(message));
  }
});

/** The message with each error as it is sent: by its parts. */
function withoutErrors(message: unknown): unknown {
  const { update, ...rest } = message as { update?: { error?: BanksideError } };
  if (!update?.error) return message;
  const { code, message: words, details } = update.error;
  return { ...rest, update: { ...update, error: { code, message: words, details } } };
}

function kindOf(message: unknown): string[] {
  const { kind, update } = message as { kind: string; update?: { kind: string } };
  return update ? [kind, update.kind] : [kind];
}

describe('S4 an invalid message changes nothing, and does not throw', () => {
  const time = { at: 1, duration: 1 };
  const state = { isProven: true, soundAt: 1, askedAgo: 1, connections: [], queueId: 'other' };
  it.each([
    ['null', null],
    ['a primitive', 'hello'],
    ['an object without a kind', {}],
    ['a kind that is not a string', { kind: { toString: 1 } }],
    ['a kind that every object has', { kind: 'constructor' }],
    ['an update without content', { kind: 'update' }],
    ['an update that is null', { kind: 'update', update: null }],
    ['an update of another version', { kind: 'update', update: { kind: 'weather' } }],
    ['a queue without an id', { kind: 'update', update: { kind: 'queue', isNew: true } }],
    ['a poll without events', { kind: 'update', update: { kind: 'poll', queueId: 'q', ...time } }],
    [
      'a poll with an invalid event',
      { kind: 'update', update: { kind: 'poll', queueId: 'q', events: [{ id: 'e' }], ...time } },
    ],
    [
      'a poll without a time',
      {
        kind: 'update',
        update: { kind: 'poll', queueId: 'q', events: [], at: Number.NaN, duration: 1 },
      },
    ],
    [
      'a reading of an invalid connection',
      { kind: 'update', update: { kind: 'reading', connectionId: 'c', connection: {}, from: 1, to: 1 } },
    ],
    [
      'connections without ids',
      { kind: 'update', update: { kind: 'reconciled', connectionIds: [undefined] } },
    ],
    [
      'a gap whose reason contains a line break',
      { kind: 'update', update: { kind: 'gap', reason: 'no\nERROR forged', since: 1 } },
    ],
    ['a tracked connection without an id', { kind: 'update', update: { kind: 'track' } }],
    ['a state that is undefined', { kind: 'state', state: undefined, isFirst: true, readers: [] }],
    ['a state without isFirst', { kind: 'state', state, readers: [] }],
    [
      'a state with a connection that is null',
      { kind: 'state', state: { ...state, connections: [null] }, isFirst: true, readers: [] },
    ],
    [
      'a state with channels that are not a map',
      {
        kind: 'state',
        isFirst: true,
        readers: [],
        state: {
          ...state,
          connections: [
            {
              id: 'c',
              isDoubtful: false,
              from: 1,
              to: 1,
              state: { id: 'c', status: 'SUCCESS', syncing: false, updatedAt: 1, channels: [] },
            },
          ],
        },
      },
    ],
    ['a state without readers', { kind: 'state', state, isFirst: false }],
    ['a read without a reader', { kind: 'read', isUnderWay: true }],
    ['a pong without isHidden', { kind: 'pong' }],
  ])('%s', async (_what, message) => {
    const { first, second } = await synchronised();
    const before = [first.getSnapshot(), second.getSnapshot()];
    const seen = [first, second].map(recordEvents);

    expect(() => tabs.broadcast(message)).not.toThrow();

    expect([first.getSnapshot(), second.getSnapshot()]).toEqual(before);
    for (const { emitted } of seen) expect(Object.values(emitted).flat()).toEqual([]);
  });
});
