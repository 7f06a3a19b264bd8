import { describe, expect, it } from 'vitest';
import type { QueueEvent } from '../../src/index.ts';
import { json, ScriptedQueue, text } from './fixtures/scripted-queue.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';
import { manyEvents, wireConnection, wireEvent } from './fixtures/wire-event.ts';
import { idsOf, witness } from './fixtures/witness.ts';

const world = useQueueWorld();

const running = wireConnection('c1', { 8700: 'RUNNING', 8701: 'RUNNING' });

/** What the poller tells of these answers of a queue, one after the other. */
async function follow(...answers: readonly (readonly unknown[])[]) {
  const server = new ScriptedQueue().next('poll', ...answers.map((events) => () => json(events)));
  const poller = world.poller({ fetch: server.fetch });
  const seen = witness(poller);
  poller.start();
  await world.pass(answers.length * 3_000);
  return { poller, server, ...seen };
}

it('Q1 the first poll goes out at once, behind the subscription', async () => {
  const server = new ScriptedQueue();
  const poller = world.poller({ fetch: server.fetch });
  const began = Date.now();
  const started = poller.start();

  await world.pass(0);
  await started;

  expect(server.sent.map(({ operation, at }) => [operation, at - began])).toEqual([
    ['subscribe', 0],
    ['poll', 0],
  ]);
  expect(server.sent[0]?.body).toBe('{"topics":["connections"]}');
});

it('Q2 Q3 both channels are delivered, each event once and in the order of the server', async () => {
  const { id, events } = await world.begun();

  world.linxo.synchronise(id);
  await world.pass(60_000);

  const published = world.linxo.published.map(({ event }) => event);
  expect(idsOf(events)).toEqual(published.map((event) => event.id));
  expect(new Set(events.map((event) => event.channel_definition_id))).toEqual(new Set(['8700', '8701']));
  expect(events.filter((event) => event.event_type === 'LIST_ACCOUNTS')).toHaveLength(2);
});

describe('Q2 duplicates', () => {
  it('in one batch come once', async () => {
    const [first, second] = manyEvents(2);

    const { events, told } = await follow([first, first, second, first, second]);

    expect(idsOf(events)).toEqual(['many-0', 'many-1']);
    expect(told.poll[0]?.events).toBe(2);
  });

  it('in a later batch do not come again, and what is new between them does', async () => {
    const [first, second, third] = manyEvents(3);

    const { events, told } = await follow([first], [first, second], [second, third, first]);

    expect(idsOf(events)).toEqual(['many-0', 'many-1', 'many-2']);
    expect(told.poll.slice(0, 3).map((poll) => poll.events)).toEqual([1, 1, 1]);
  });

  it('with another payload are the first one all the same, and change no state', async () => {
    const first = wireEvent('SYNC_ALL_STARTED', running, { id: 'same', channel_definition_id: '8700' });
    const other = {
      ...first,
      event_type: 'AUTH_FAILED',
      resource: wireConnection('c2', { 8700: 'SUCCESS' }),
    };

    const { events, poller } = await follow([first, other], [other]);

    expect(events).toEqual([first]);
    expect([...poller.connections.keys()]).toEqual(['c1']);
    expect(poller.connections.get('c1')?.action).toBeUndefined();
  });

  it('of the sandbox, twice in one batch and again in the next, come once', async () => {
    world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'duplicate', count: 4 });
    const { id, events } = await world.begun();

    world.linxo.synchronise(id);
    await world.pass(60_000);

    expect(idsOf(events)).toEqual(world.linxo.published.map(({ event }) => event.id));
  });

  it('a queue whose reads remove nothing is delivered once', async () => {
    world.linxo.configure({ reads: 'repeatable' });
    const { id, events } = await world.begun();

    world.linxo.synchronise(id);
    await world.pass(60_000);

    expect(idsOf(events)).toEqual(world.linxo.published.map(({ event }) => event.id));
  });
});

describe('Q2 what nobody knows passes', () => {
  it('a type that nobody knows reaches its own name and *, with all its fields', async () => {
    const event = {
      id: 'e1',
      event_type: 'CONSENT_RENEWED_2031',
      resource_type: 'CONSENT',
      creation_date: 1,
      resource: { nested: [{ deep: null }] },
      __proto_: 'x',
      severity: { level: 3 },
    };
    const server = new ScriptedQueue().next('poll', () => json([event]));
    const poller = world.poller({ fetch: server.fetch });
    const named: QueueEvent[] = [];
    poller.on('CONSENT_RENEWED_2031', (heard) => named.push(heard));
    const { events } = witness(poller);

    poller.start();
    await world.pass(0);

    expect(named).toEqual([event]);
    expect(events).toEqual([event]);
    expect(poller.connections.size).toBe(0);
  });

  it('a known type with a resource of another kind passes, and makes no connection', async () => {
    const accounts = {
      id: 'e1',
      event_type: 'LIST_ACCOUNTS',
      resource_type: 'ACCOUNTS',
      resource: [{ a: 1 }],
    };
    const account = {
      id: 'e2',
      event_type: 'LIST_ACCOUNTS',
      resource_type: 'ACCOUNT',
      resource: { id: 'a1' },
    };

    const { events, told, poller } = await follow([accounts, account]);

    expect(idsOf(events)).toEqual(['e1', 'e2']);
    expect(told.failure).toEqual([]);
    expect(poller.connections.size).toBe(0);
  });

  it.each([
    'poll',
    'gap',
    'connection',
    'failure',
    'status',
    '*',
    'change',
    'on *',
    '__proto__',
    'constructor',
  ])('S4 a server event named %s fakes none of the poller’s own', async (event_type) => {
    const { events, told } = await follow([{ id: 'e1', event_type }]);

    expect(idsOf(events)).toEqual(['e1']);
    expect(told.gap).toEqual([]);
    expect(told.connection).toEqual([]);
    expect(told.failure).toEqual([]);
    expect(told.poll[0]).toEqual({ queueId: 'q1', events: 1, duration: expect.any(Number) });
  });
});

describe('Q2 one malformed event among good ones', () => {
  it.each([
    ['null', null],
    ['a text', 'event'],
    ['a list', []],
    ['no id', { event_type: 'LIST_ACCOUNTS' }],
    ['no type', { id: 'x' }],
    ['a type that is a number', { id: 'x', event_type: 7 }],
    ['a connection that is a text', { id: 'x', event_type: 'AUTH_FAILED', resource: 'c1' }],
    ['a connection without an id', { id: 'x', event_type: 'A', resource_type: 'CONNECTION', resource: {} }],
    ['a connection whose id leads elsewhere in an address', wireEvent('A', { id: '..' })],
    ['a connection whose id no address can hold', wireEvent('A', { id: 'c\ud83c' })],
    ['a channel without an id', wireEvent('A', { id: 'c1', channels: [{ status: 'RUNNING' }] } as never)],
  ])('%s: is reported, loses no neighbour, and puts the state in doubt', async (_name, malformed) => {
    const [first, second] = manyEvents(2);

    const { events, told } = await follow([first, malformed, second]);

    expect(idsOf(events)).toEqual(['many-0', 'many-1']);
    expect(told.failure).toHaveLength(1);
    expect(told.failure[0]).toMatchObject({
      error: {
        code: 'INVALID_RESPONSE',
        details: {
          type: 'poll',
          received: expect.stringMatching(/^1 of 3 that do not fit \(1: .*expected .*\)$/),
        },
      },
      retryIn: undefined,
    });
    expect(told.gap.map(({ reason }) => reason)).toEqual(['truncated']);
    expect(told.reconciled).toHaveLength(1);
  });

  it('one that is nested too deep to be written again is reported, and the polling goes on', async () => {
    const deep = `[${'['.repeat(50_000)}${']'.repeat(50_000)},{"id":"good","event_type":"OTHER"}]`;
    const server = new ScriptedQueue().next('poll', () => text(deep));
    const poller = world.poller({ fetch: server.fetch });
    const { events, told } = witness(poller);
    poller.start();
    await world.pass(10_000);

    expect(idsOf(events)).toEqual(['good']);
    expect(told.failure.map(({ error }) => error.code)).toEqual(['INVALID_RESPONSE']);
    expect(poller.status).toBe('polling');
  });

  it('is told from another one by its end, too, however long both are', async () => {
    const malformed = (end: string) => ({
      id: '',
      event_type: 'LIST_ACCOUNTS',
      more: 'm'.repeat(5_000) + end,
    });

    const { told } = await follow([malformed('1')], [malformed('2')], [malformed('1')]);

    expect(told.failure).toHaveLength(2);
  });

  it('one that comes with every read is reported once', async () => {
    const malformed = { id: '', event_type: 'LIST_ACCOUNTS' };

    const { told } = await follow([malformed], [malformed], [malformed]);

    expect(told.poll.length).toBeGreaterThanOrEqual(3);
    expect(told.failure).toHaveLength(1);
    expect(told.gap).toHaveLength(1);
  });

  it('of the sandbox leaves every other event, and the state right', async () => {
    const { id } = world.linxo.addConnection();
    const poller = world.poller();
    const { events, told } = witness(poller);
    world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'malformed' });
    poller.start();
    await world.pass(0);

    world.linxo.synchronise(id);
    await world.pass(60_000);

    expect(idsOf(events)).toEqual(world.linxo.published.map(({ event }) => event.id));
    expect(told.failure).toHaveLength(1);
    expect(poller.connections.get(id)?.status).toBe('SUCCESS');
  });
});

describe('Q2 a batch of 50,000 events', () => {
  it('comes whole, in order, and each of them once though the queue gives them three times', async () => {
    const batch = manyEvents(50_000);

    const { events, told } = await follow(batch, batch, [...manyEvents(3, 'more'), ...batch]);

    expect(events).toHaveLength(50_003);
    expect(idsOf(events).slice(0, 50_000)).toEqual(idsOf(batch));
    expect(told.poll.slice(0, 3).map((poll) => poll.events)).toEqual([50_000, 0, 3]);
    expect(told.gap).toEqual([]);
  });

  it('is remembered behind another one as large', async () => {
    const first = manyEvents(50_000, 'first');
    const second = manyEvents(50_000, 'second');

    const { told } = await follow(first, second, first, second);

    expect(told.poll.slice(0, 4).map((poll) => poll.events)).toEqual([50_000, 50_000, 0, 0]);
  });
});
