import { describe, expect, it } from 'vitest';
import { idsOf } from './fixtures/record-events.ts';
import { type Answer, breaks, cutOff, json, ScriptedQueue, status, text } from './fixtures/scripted-queue.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';
import { manyEvents, now, wireConnection, wireEvent } from './fixtures/wire-event.ts';

const world = useQueueWorld();

/** A poller that tracks a connection of the sandbox. */
async function trackingPoller() {
  const { id } = world.linxo.addConnection();
  const { poller, ...seen } = world.recordedPoller();
  poller.start();
  poller.track(id);
  await world.pass(0);
  return { id, poller, ...seen };
}

describe('Q4 a read whose answer is lost', () => {
  it.each([
    ['lost', 'network'],
    ['truncated', 'truncated'],
  ] as const)('%s after the read: a gap, and the connection is read', async (kind, reason) => {
    const { id, poller, emitted } = await trackingPoller();
    const outcome = poller.whenSynced(id, { after: now() });
    world.sandbox.fault({ server: 'linxo', type: 'queue', kind });

    world.linxo.synchronise(id);
    await world.pass(60_000);

    expect(emitted.gap.map((gap) => gap.reason)).toEqual([reason]);
    expect(emitted.failure).toHaveLength(1);
    expect(emitted.channel.filter(({ source }) => source === 'reconcile')).not.toEqual([]);
    expect(await outcome).toMatchObject({ result: 'success' });
  });

  it.each(['lost', 'truncated'] as const)('an end whose answer is %s is found by a reading', async (kind) => {
    const { id, poller, emitted } = await trackingPoller();
    world.linxo.synchronise(id);
    await world.pass(29_000);
    expect(poller.connections.get(id)?.status).toBe('RUNNING');
    world.sandbox.fault({ server: 'linxo', type: 'queue', kind });

    const outcome = poller.whenSynced(id);
    await world.pass(10_000);

    expect(await outcome).toMatchObject({ result: 'success', source: 'reconcile' });
    expect(emitted.channel.at(-1)).toMatchObject({ status: 'SUCCESS', source: 'reconcile' });
    const [gap] = emitted.gap;
    expect(gap?.since).toBeLessThan(now());
    expect(gap?.since).toBeGreaterThan(now() - 20);
  });

  it('gap is emitted before the channels that are read, and these before reconciled', async () => {
    const { id, poller, order } = await trackingPoller();
    world.linxo.synchronise(id);
    await world.pass(29_000);
    world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'lost' });
    order.length = 0;

    poller.nudge();
    await world.pass(8_000);

    const own = order.filter((name) => /^(gap|failure|channel|reconciled)$/.test(name));
    expect(own.slice(0, 2)).toEqual(['gap', 'failure']);
    expect(own.slice(2)).toEqual(expect.arrayContaining(['channel', 'reconciled']));
    expect(own.indexOf('channel')).toBeLessThan(own.indexOf('reconciled'));
  });
});

it('Q4 silently-lost: the end is found although the browser repeated the request and got a 204', async () => {
  const { id, poller, emitted, events } = await trackingPoller();
  world.linxo.synchronise(id);
  await world.pass(29_000);
  world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'silently-lost' });

  const outcome = poller.whenSynced(id);
  await world.pass(40_000);

  expect(await outcome).toMatchObject({ result: 'success', source: 'reconcile' });
  expect(emitted.failure).toEqual([]);
  expect(events.length).toBeLessThan(world.linxo.published.length);
  expect(poller.connections.get(id)?.status).toBe('SUCCESS');
});

it('Q4 silently-lost: without a waiter and without further events, the end is found within half a minute', async () => {
  const { id, poller, emitted } = await trackingPoller();
  world.linxo.synchronise(id);
  await world.pass(5_000);
  world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'silently-lost', count: 100 });

  await world.pass(25_000 + 35_000);

  expect(poller.connections.get(id)?.status).toBe('SUCCESS');
  expect(emitted.connection.at(-1)?.source).toBe('reconcile');
});

describe('Q4 Q7 invalid answers', () => {
  const batch = JSON.stringify(manyEvents(3));
  const cases: [string, Answer, reason: string, code: string][] = [
    ['HTML with 200', () => text('<!doctype html><title>Log in</title>'), 'truncated', 'INVALID_RESPONSE'],
    ['truncated JSON', () => text(batch.slice(0, -5)), 'truncated', 'INVALID_RESPONSE'],
    ['an empty body with 200', () => text(''), 'truncated', 'INVALID_RESPONSE'],
    ['an object', () => json({ events: [] }), 'truncated', 'INVALID_RESPONSE'],
    ['null', () => text('null'), 'truncated', 'INVALID_RESPONSE'],
    ['a truncated body', () => cutOff(batch), 'network', 'NETWORK'],
    ['a connection that breaks', breaks, 'network', 'NETWORK'],
    ['500', () => status(500), 'network', 'HTTP'],
    ['502', () => status(502), 'network', 'HTTP'],
    ['504', () => status(504), 'network', 'HTTP'],
  ];

  it.each(cases)('%s: a failure, a gap, and a retry', async (_name, answer, reason, code) => {
    const server = new ScriptedQueue().next('poll', answer);
    const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });
    const started = poller.start();

    await world.pass(10_000);
    await started;

    expect(emitted.failure).toHaveLength(1);
    expect(emitted.failure[0]).toMatchObject({ error: { code, details: { type: 'poll', requestId: 'q1' } } });
    const retryIn = emitted.failure[0]?.retryIn ?? 0;
    expect(retryIn).toBeGreaterThanOrEqual(1_000);
    expect(retryIn).toBeLessThanOrEqual(3_000);
    const [first, second] = server.requests('poll');
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeCloseTo(retryIn, -1);
    expect(emitted.gap.map((gap) => gap.reason)).toEqual([reason]);
    expect(emitted.reconciled).toHaveLength(1);
    expect(poller.queueId).toBe('q1');
  });

  it.each([
    ['204', () => status(204)],
    ['[]', () => json([])],
    ['[] with white space', () => text(' \n[ ] ')],
  ] as [string, Answer][])('%s is an empty queue, and no failure', async (_name, answer) => {
    const server = new ScriptedQueue().always('poll', answer);
    const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });
    poller.start();

    await world.pass(10_000);

    expect(emitted.failure).toEqual([]);
    expect(emitted.gap).toEqual([]);
    expect(emitted.poll.length).toBeGreaterThan(3);
    expect(emitted.poll.every((poll) => poll.events === 0)).toBe(true);
  });
});

it('Q4 statuses that mean the server read no event cause no gap', async () => {
  const server = new ScriptedQueue().next(
    'poll',
    () => status(429),
    () => status(503),
    () => status(400),
  );
  const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });

  poller.start();
  await world.pass(60_000);

  expect(emitted.failure).toHaveLength(3);
  expect(emitted.gap).toEqual([]);
});

it('Q4 many failures in a row are one gap', async () => {
  const server = new ScriptedQueue().next('poll', breaks, breaks, breaks, () => status(502), breaks);
  const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });

  poller.start();
  await world.pass(300_000);

  expect(emitted.failure).toHaveLength(5);
  expect(emitted.gap).toHaveLength(1);
  expect(emitted.reconciled).toHaveLength(1);
});

it('Q4 a second loss during the readings for the first is reconciled too', async () => {
  const connection = wireConnection('c1', { 8700: 'RUNNING' });
  const server = new ScriptedQueue()
    .next('poll', () => json([wireEvent('SYNC_ALL_STARTED', connection)]), breaks)
    .next('connection', breaks, breaks)
    .always('connection', () =>
      json(wireConnection('c1', { 8700: { status: 'SUCCESS', last_end_date: now() } })),
    );
  const { poller, emitted, events } = world.recordedPoller({ fetch: server.fetch });

  poller.start();
  await world.pass(60_000);

  expect(idsOf(events)).toHaveLength(1);
  expect(poller.connections.get('c1')?.status).toBe('SUCCESS');
  expect(emitted.channel.at(-1)?.source).toBe('reconcile');
});
