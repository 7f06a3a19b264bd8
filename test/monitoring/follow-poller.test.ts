import { expect, test } from 'vitest';
import { WidgetBridge } from '../../src/index.ts';
import { type LifeEvent, observeLife } from '../../src/monitoring.ts';
import { createTestTransport } from '../../src/testing/doubles.ts';
import { useQueueWorld } from '../queue/fixtures/use-queue-world.ts';
import { marksMade } from './fixtures/observed.ts';

const world = useQueueWorld();

function kindsOf(told: readonly LifeEvent[]): string[] {
  return told.map(({ kind }) => kind.replace('queue.', ''));
}

test('the life of a queue is told, and so is that of each channel', async () => {
  const { linxo, time } = world;
  const { id } = linxo.addConnection({ name: 'A name that nobody is to read' });
  const poller = world.poller({ channelKind: linxo.channelKind });
  const told: LifeEvent[] = [];
  const stop = observeLife(undefined, poller, (event) => told.push(event));
  poller.start();
  await time.pass(1_000);
  linxo.publish(id, { event: 'SYNC_ALL_STARTED', channel: 'REDIRECT', status: 'RUNNING' });
  await time.pass(3_000);
  await marksMade();

  expect(kindsOf(told).slice(0, 4)).toEqual(['status', 'status', 'subscribed', 'status']);
  expect(told[0]).toEqual({
    kind: 'queue.status',
    at: expect.any(Number),
    status: 'idle',
    previous: undefined,
  });
  expect(told).toContainEqual(
    expect.objectContaining({ kind: 'queue.event', type: 'SYNC_ALL_STARTED', connectionId: id }),
  );
  expect(told).toContainEqual(
    expect.objectContaining({
      kind: 'queue.channel',
      connectionId: id,
      channelKind: 'REDIRECT',
      status: 'RUNNING',
    }),
  );
  expect(told).toContainEqual(
    expect.objectContaining({ kind: 'queue.poll', events: 1, duration: expect.any(Number) }),
  );
  expect(JSON.stringify(told)).not.toMatch(/nobody is to read|Bearer/);

  stop();
  const before = told.length;
  await time.pass(60_000);
  await marksMade();
  expect(told).toHaveLength(before);
});

test('what is known already is told first', async () => {
  const { poller, id } = await world.trackingPoller();
  const told: LifeEvent[] = [];
  observeLife(undefined, poller, (event) => told.push(event))();
  expect(told).toMatchObject([
    { kind: 'queue.status', status: 'polling' },
    { kind: 'queue.connection', connectionId: id, status: 'NONE', source: undefined },
    { kind: 'queue.channel', connectionId: id, source: undefined },
    { kind: 'queue.channel', connectionId: id, source: undefined },
  ]);
});

test('expiry, gaps, failures and looks at connections are told', async () => {
  const { sandbox, linxo, time } = world;
  const { poller } = await world.trackingPoller();
  const told: LifeEvent[] = [];
  const stop = observeLife(undefined, poller, (event) => told.push(event));
  sandbox.fault({ kind: 'error', server: 'linxo', status: 503 });
  poller.nudge();
  await time.pass(1_000);
  linxo.killQueue();
  await time.pass(60_000);
  await marksMade();

  expect(told).toContainEqual(
    expect.objectContaining({
      kind: 'queue.failure',
      code: 'HTTP',
      status: 503,
      retryIn: expect.any(Number),
    }),
  );
  for (const kind of ['queue.expired', 'queue.subscribed', 'queue.gap', 'queue.reconciled'])
    expect(told).toContainEqual(expect.objectContaining({ kind }));
  stop();
});

test('the poller of a bridge is observed with it, and ends with it; another does not', async () => {
  const { time } = world;
  const [own, other] = [world.poller(), world.poller()];
  const bridge = new WidgetBridge({ transport: createTestTransport(), queue: own });
  const told: LifeEvent[][] = [[], []];
  observeLife(bridge, undefined, (event) => told[0]?.push(event));
  const stop = observeLife(bridge, other, (event) => told[1]?.push(event));
  own.start();
  other.start();
  await time.pass(1_000);
  bridge.dispose();
  await marksMade();
  own.start();
  const lengths = told.map(({ length }) => length);
  other.nudge();
  await time.pass(5_000);
  await marksMade();

  expect(kindsOf(told[0] ?? [])).toContain('subscribed');
  expect(told[0]?.slice(-2)).toMatchObject([
    { kind: 'queue.status', status: 'stopped' },
    { kind: 'disposed' },
  ]);
  expect(told[0]).toHaveLength(lengths[0] ?? 0);
  expect(told[1]?.length).toBeGreaterThan(lengths[1] ?? 0);
  stop();
});
