import { describe, expect, it } from 'vitest';
import type { QueueEvent } from '../../src/index.ts';
import { idsOf, recordEvents } from './fixtures/record-events.ts';
import { json, ScriptedQueue, text } from './fixtures/scripted-queue.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';
import { manyEvents, wireConnection, wireEvent } from './fixtures/wire-event.ts';

const world = useQueueWorld();

const running = wireConnection('c1', { 8700: 'RUNNING', 8701: 'RUNNING' });

/** A poller that gets these answers of a queue, one after the other, and what it emits. */
async function follow(...answers: readonly (readonly unknown[])[]) {
  const server = new ScriptedQueue().next('poll', ...answers.map((events) => () => json(events)));
  const { poller, ...seen } = world.recordedPoller({ fetch: server.fetch });
  poller.start();
  await world.pass(answers.length * 3_000);
  return { poller, server, ...seen };
}

it('Q1 the first poll is sent at once, after the subscription', async () => {
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
  const { id, events } = await world.startedPoller();

  world.linxo.synchronise(id);
  await world.pass(60_000);

  const published = world.linxo.published.map(({ event }) => event);
  expect(idsOf(events)).toEqual(published.map((event) => event.id));
  expect(new Set(events.map((event) => event.channel_definition_id))).toEqual(new Set(['8700', '8701']));
  expect(events.filter((event) => event.event_type === 'LIST_ACCOUNTS')).toHaveLength(2);
});

describe('Q2 duplicates', () => {
  it('in one answer are delivered once', async () => {
    const [first, second] = manyEvents(2);

    const { events, emitted } = await follow([first, first, second, first, second]);

    expect(idsOf(events)).toEqual(['many-0', 'many-1']);
    expect(emitted.poll[0]?.events).toBe(2);
  });

  it('in a later answer are not delivered again, but new events between them are', async () => {
    const [first, second, third] = manyEvents(3);

    const { events, emitted } = await follow([first], [first, second], [second, third, first]);

    expect(idsOf(events)).toEqual(['many-0', 'many-1', 'many-2']);
    expect(emitted.poll.slice(0, 3).map((poll) => poll.events)).toEqual([1, 1, 1]);
  });

  it('with another payload are still duplicates, and change no state', async () => {
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

  it('of the sandbox, twice in one answer and again in the next, are delivered once', async () => {
    world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'duplicate', count: 4 });
    const { id, events } = await world.startedPoller();

    world.linxo.synchronise(id);
    await world.pass(60_000);

    expect(idsOf(events)).toEqual(world.linxo.published.map(({ event }) => event.id));
  });

  it('of a queue whose reads remove nothing are delivered once', async () => {
    world.linxo.configure({ reads: 'repeatable' });
    const { id, events } = await world.startedPoller();

    world.linxo.synchronise(id);
    await world.pass(60_000);

    expect(idsOf(events)).toEqual(world.linxo.published.map(({ event }) => event.id));
  });
});

describe('Q2 unknown events are delivered', () => {
  it('an event of an unknown type is emitted under its own name and as *, with all its fields', async () => {
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
    poller.on('CONSENT_RENEWED_2031', (one) => named.push(one));
    const { events } = recordEvents(poller);

    poller.start();
    await world.pass(0);

    expect(named).toEqual([event]);
    expect(events).toEqual([event]);
    expect(poller.connections.size).toBe(0);
  });

  it('an event of a known type with a resource of another kind is delivered, and creates no connection', async () => {
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

    const { events, emitted, poller } = await follow([accounts, account]);

    expect(idsOf(events)).toEqual(['e1', 'e2']);
    expect(emitted.failure).toEqual([]);
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
  ])('S4 a server event named %s is not emitted as one of the poller’s own events', async (event_type) => {
    const { events, emitted } = await follow([{ id: 'e1', event_type }]);

    expect(idsOf(events)).toEqual(['e1']);
    expect(emitted.gap).toEqual([]);
    expect(emitted.connection).toEqual([]);
    expect(emitted.failure).toEqual([]);
    expect(emitted.poll[0]).toEqual({ queueId: 'q1', events: 1, duration: expect.any(Number) });
  });
});

describe('Q2 one malformed event among valid ones', () => {
  it.each([
    ['null', null],
    ['a string', 'event'],
    ['a list', []],
    ['no id', { event_type: 'LIST_ACCOUNTS' }],
    ['no type', { id: 'x' }],
    ['a type that is a number', { id: 'x', event_type: 7 }],
    ['a connection that is a string', { id: 'x', event_type: 'AUTH_FAILED', resource: 'c1' }],
    ['a connection without an id', { id: 'x', event_type: 'A', resource_type: 'CONNECTION', resource: {} }],
    ['a connection whose id leads to another path of the address', wireEvent('A', { id: '..' })],
    ['a connection whose id cannot be part of an address', wireEvent('A', { id: 'c\ud83c' })],
    ['a channel without an id', wireEvent('A', { id: 'c1', channels: [{ status: 'RUNNING' }] } as never)],
  ])(
    '%s: is reported, does not affect the other events, and makes the state doubtful',
    async (_name, malformed) => {
      const [first, second] = manyEvents(2);

      const { events, emitted } = await follow([first, malformed, second]);

      expect(idsOf(events)).toEqual(['many-0', 'many-1']);
      expect(emitted.failure).toHaveLength(1);
      expect(emitted.failure[0]).toMatchObject({
        error: {
          code: 'INVALID_RESPONSE',
          details: {
            type: 'poll',
            received: expect.stringMatching(/^1 of 3 that do not fit \(1: .*expected .*\)$/),
          },
        },
        retryIn: undefined,
      });
      expect(emitted.gap.map(({ reason }) => reason)).toEqual(['truncated']);
      expect(emitted.reconciled).toHaveLength(1);
    },
  );

  it('is reported if it is nested too deep for JSON.stringify, and polling goes on', async () => {
    const deep = `[${'['.repeat(50_000)}${']'.repeat(50_000)},{"id":"good","event_type":"OTHER"}]`;
    const server = new ScriptedQueue().next('poll', () => text(deep));
    const { poller, events, emitted } = world.recordedPoller({ fetch: server.fetch });
    poller.start();
    await world.pass(10_000);

    expect(idsOf(events)).toEqual(['good']);
    expect(emitted.failure.map(({ error }) => error.code)).toEqual(['INVALID_RESPONSE']);
    expect(poller.status).toBe('polling');
  });

  it('is distinguished from another one by its end as well, however long both are', async () => {
    const malformed = (end: string) => ({
      id: '',
      event_type: 'LIST_ACCOUNTS',
      more: 'm'.repeat(5_000) + end,
    });

    const { emitted } = await follow([malformed('1')], [malformed('2')], [malformed('1')]);

    expect(emitted.failure).toHaveLength(2);
  });

  it('is reported once if it comes with every read', async () => {
    const malformed = { id: '', event_type: 'LIST_ACCOUNTS' };

    const { emitted } = await follow([malformed], [malformed], [malformed]);

    expect(emitted.poll.length).toBeGreaterThanOrEqual(3);
    expect(emitted.failure).toHaveLength(1);
    expect(emitted.gap).toHaveLength(1);
  });

  it('of the sandbox affects no other event, and the state is correct', async () => {
    const { id } = world.linxo.addConnection();
    const { poller, events, emitted } = world.recordedPoller();
    world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'malformed' });
    poller.start();
    await world.pass(0);

    world.linxo.synchronise(id);
    await world.pass(60_000);

    expect(idsOf(events)).toEqual(world.linxo.published.map(({ event }) => event.id));
    expect(emitted.failure).toHaveLength(1);
    expect(poller.connections.get(id)?.status).toBe('SUCCESS');
  });
});

describe('Q2 a batch of 50,000 events', () => {
  it('is delivered completely, in order, and once, although the queue returns it three times', async () => {
    const batch = manyEvents(50_000);

    const { events, emitted } = await follow(batch, batch, [...manyEvents(3, 'more'), ...batch]);

    expect(events).toHaveLength(50_003);
    expect(idsOf(events).slice(0, 50_000)).toEqual(idsOf(batch));
    expect(emitted.poll.slice(0, 3).map((poll) => poll.events)).toEqual([50_000, 0, 3]);
    expect(emitted.gap).toEqual([]);
  });

  it('is remembered after another one of the same size', async () => {
    const first = manyEvents(50_000, 'first');
    const second = manyEvents(50_000, 'second');

    const { emitted } = await follow(first, second, first, second);

    expect(emitted.poll.slice(0, 4).map((poll) => poll.events)).toEqual([50_000, 50_000, 0, 0]);
  });
});
