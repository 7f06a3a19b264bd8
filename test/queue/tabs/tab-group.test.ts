import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { QueuePoller } from '../../../src/index.ts';
import { readTabMessage } from '../../../src/queue/tabs/tab-messages.ts';
import { json, ScriptedQueue, text } from '../fixtures/scripted-queue.ts';
import { StandInTabs } from '../fixtures/stand-in-tabs.ts';
import { useQueueWorld } from '../fixtures/use-queue-world.ts';
import { idsOf, witness } from '../fixtures/witness.ts';

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

/** Two tabs, of which the first polls, and a synchronisation that both of them follow. */
async function synchronised() {
  const { id } = world.linxo.addConnection();
  const first = await tab();
  const second = await tab();
  const seen = [first, second].map(witness);
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

it('Q9 a connection that a tab was to follow before it took part is read by the one that polls', async () => {
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

it('Q3 Q9 what a slow reader of a tab that follows has lost, the tab that polls looks up', async () => {
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

it('Q3 Q9 a look at a connection that a tab brings late, as it stood still meanwhile, is made again by the one that polls', async () => {
  const { first, second, id } = await synchronised();
  const before = first.connections.get(id);
  const late = { kind: 'reading', connectionId: id, connection: { id, status: 'RUNNING' }, from: 1, to: 2 };

  tabs.shout({ kind: 'finding', finding: late });

  expect(first.connections.get(id)).toBe(before);
  await world.pass(5_000);
  expect(first.connections.get(id)).toMatchObject({ status: 'SUCCESS', syncing: false });
  expect(first.connections.get(id)?.updatedAt).toBeGreaterThan(before?.updatedAt ?? 0);
  expect(second.connections).toEqual(first.connections);
});

describe('Q9 where locks are refused, as in a sandboxed frame', () => {
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
    expect(tabs.left).toBe(0);
  });

  it('nobody looks for other tabs where the origin is none', async () => {
    refuse();
    vi.stubGlobal('origin', 'null');
    const said = tabs.said.length;
    const poller = await tab();
    await world.pass(5_000);

    expect(poller.status).toBe('polling');
    expect(tabs.said).toHaveLength(said);
  });

  it('Q1 a queue that is given is taken', async () => {
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
  expect(tabs.left).toBe(0);
});

it('Q9 S4 an event that is nested too deep to be copied reaches no other tab, and stops none', async () => {
  const deep = `[{"id":"deep","event_type":"OTHER","more":${'['.repeat(50_000)}${']'.repeat(50_000)}}]`;
  const server = new ScriptedQueue().next('poll', () => text(deep));
  const poller = world.poller({ user: 'user-1', fetch: server.fetch });
  const { events } = witness(poller);
  poller.start();
  await world.pass(10_000);

  expect(idsOf(events)).toEqual(['deep']);
  expect(poller.status).toBe('polling');
});

it('Q4 Q9 what could not be copied is a gap in all tabs, and the connections are read again', async () => {
  const server = new ScriptedQueue().always('connection', () => json({ id: 'c1', status: 'SUCCESS' }));
  const [first, second] = [1, 2].map(() => world.poller({ user: 'user-1', fetch: server.fetch }));
  first?.start();
  await world.pass(1_000);
  second?.start();
  first?.track('c1');
  await world.pass(60_000);
  expect([first?.status, second?.status]).toEqual(['polling', 'following']);
  const seen = [first, second].map((poller) => witness(poller as QueuePoller));
  const deep = `{"id":"deep","event_type":"OTHER","more":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
  server.next('poll', () => text(`[{"id":"e1","event_type":"OTHER"},${deep}]`));
  second?.nudge();
  await world.pass(10_000);

  for (const { told } of seen) {
    expect(told.gap.map(({ reason }) => reason)).toEqual(['truncated']);
    expect(told.reconciled).toEqual([{ connectionIds: ['c1'] }]);
  }
  expect(seen.map(({ events }) => idsOf(events))).toEqual([['e1', 'deep'], []]);
});

it('S4 what a tab says, another one understands', async () => {
  const { first, second } = await synchronised();
  world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'network' });
  second.nudge();
  await world.pass(30_000);
  await first.stop();
  await tab();
  await world.pass(30_000);

  const kinds = new Set(tabs.said.map((said) => JSON.stringify(kindOf(said))));
  for (const kind of ['queue', 'poll', 'gap', 'track', 'reading', 'reconciled']) {
    expect([...kinds]).toContain(`["finding","${kind}"]`);
  }
  for (const kind of ['ask', 'hello', 'state', 'bye']) expect([...kinds]).toContain(`["${kind}"]`);
  for (const said of tabs.said) {
    const read = readTabMessage(structuredClone(said));
    expect(read, JSON.stringify(said)).toEqual(said);
    // Its fields in the same order, too.
    if (kindOf(said)[0] === 'state') expect(JSON.stringify(read)).toBe(JSON.stringify(said));
  }
});

function kindOf(said: unknown): string[] {
  const { kind, finding } = said as { kind: string; finding?: { kind: string } };
  return finding ? [kind, finding.kind] : [kind];
}

describe('S4 what is no message of a tab’s changes nothing, and throws nothing', () => {
  const time = { at: 1, isSure: true, duration: 1 };
  const state = { isProven: true, soundAt: 1, askedAgo: 1, connections: [], queueId: 'other' };
  it.each([
    ['null', null],
    ['a primitive', 'hello'],
    ['an object without a kind', {}],
    ['a kind that is no text', { kind: { toString: 1 } }],
    ['a kind that every object has', { kind: 'constructor' }],
    ['a finding without content', { kind: 'finding' }],
    ['a finding that is null', { kind: 'finding', finding: null }],
    ['a finding of another version', { kind: 'finding', finding: { kind: 'weather' } }],
    ['a queue without an id', { kind: 'finding', finding: { kind: 'queue', isNew: true } }],
    ['a poll without events', { kind: 'finding', finding: { kind: 'poll', queueId: 'q', ...time } }],
    [
      'a poll of what is no event',
      { kind: 'finding', finding: { kind: 'poll', queueId: 'q', events: [{ id: 'e' }], ...time } },
    ],
    [
      'a poll at no time',
      {
        kind: 'finding',
        finding: { kind: 'poll', queueId: 'q', events: [], at: Number.NaN, isSure: true, duration: 1 },
      },
    ],
    [
      'a reading of what is no connection',
      { kind: 'finding', finding: { kind: 'reading', connectionId: 'c', connection: {}, from: 1, to: 1 } },
    ],
    [
      'connections that are none',
      { kind: 'finding', finding: { kind: 'reconciled', connectionIds: [undefined] } },
    ],
    [
      'a gap whose reason is a text with a line break',
      { kind: 'finding', finding: { kind: 'gap', reason: 'no\nERROR forged', since: 1 } },
    ],
    ['a tracked connection without an id', { kind: 'finding', finding: { kind: 'track' } }],
    ['a state that is none', { kind: 'state', state: undefined, isFirst: true }],
    ['a state that does not say whose turn it is', { kind: 'state', state }],
    [
      'a state with a connection that is none',
      { kind: 'state', state: { ...state, connections: [null] }, isFirst: true },
    ],
    [
      'a state with channels that are no map',
      {
        kind: 'state',
        isFirst: true,
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
    ['a pong that does not say whether it is seen', { kind: 'pong' }],
  ])('%s', async (_what, message) => {
    const { first, second } = await synchronised();
    const before = [first.getSnapshot(), second.getSnapshot()];
    const seen = [first, second].map(witness);

    expect(() => tabs.shout(message)).not.toThrow();

    expect([first.getSnapshot(), second.getSnapshot()]).toEqual(before);
    for (const { told } of seen) expect(Object.values(told).flat()).toEqual([]);
  });
});
