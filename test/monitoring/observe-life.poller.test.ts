import { expect, test } from 'vitest';
import { WidgetBridge } from '../../src/index.ts';
import { type LifeEvent, observeLife } from '../../src/monitoring.ts';
import { createTestTransport } from '../../src/testing/doubles.ts';
import { useQueueWorld } from '../queue/fixtures/use-queue-world.ts';
import { longAfter, marksFinished } from './fixtures/observed.ts';

const world = useQueueWorld();

function kindsOf(emitted: readonly LifeEvent[]): string[] {
  return emitted.map(({ kind }) => kind.replace('queue.', ''));
}

/** A mark has five seconds by the page's clock, which must not run ahead of the platform that makes it. */
async function passSlowly(ms: number): Promise<void> {
  for (let rest = ms; rest > 0; rest -= 2_000) {
    await world.time.pass(Math.min(rest, 2_000));
    await marksFinished();
  }
}

test('the events of the queue and of each channel are reported', async () => {
  const { linxo, time } = world;
  const { id } = linxo.addConnection({ name: 'A name that nobody is to read' });
  const poller = world.poller({ channelKind: linxo.channelKind });
  const emitted: LifeEvent[] = [];
  const stop = observeLife(undefined, poller, (event) => emitted.push(event));
  poller.start();
  await time.pass(1_000);
  linxo.publish(id, { event: 'SYNC_ALL_STARTED', channel: 'REDIRECT', status: 'RUNNING' });
  await time.pass(3_000);
  await marksFinished();

  expect(kindsOf(emitted).slice(0, 4)).toEqual(['status', 'status', 'subscribed', 'status']);
  expect(emitted[0]).toEqual({
    kind: 'queue.status',
    at: expect.any(Number),
    status: 'idle',
    previous: undefined,
  });
  expect(emitted).toContainEqual(
    expect.objectContaining({ kind: 'queue.event', type: 'SYNC_ALL_STARTED', connectionId: id }),
  );
  expect(emitted).toContainEqual(
    expect.objectContaining({
      kind: 'queue.channel',
      connectionId: id,
      channelKind: 'REDIRECT',
      status: 'RUNNING',
    }),
  );
  expect(emitted).toContainEqual(
    expect.objectContaining({ kind: 'queue.poll', events: 1, duration: expect.any(Number) }),
  );
  expect(JSON.stringify(emitted)).not.toMatch(/nobody is to read|Bearer/);

  stop();
  const before = emitted.length;
  await passSlowly(60_000);
  expect(emitted).toHaveLength(before);
});

test('the current state of a poller that no longer remembers it is reported first', async () => {
  const { poller, id } = await world.trackingPoller();
  const emitted: LifeEvent[] = [];
  observeLife(undefined, longAfter(poller), (event) => emitted.push(event))();
  expect(emitted).toMatchObject([
    { kind: 'queue.status', status: 'polling' },
    { kind: 'queue.connection', connectionId: id, status: 'NONE', source: undefined },
    { kind: 'queue.channel', connectionId: id, source: undefined },
    { kind: 'queue.channel', connectionId: id, source: undefined },
  ]);
});

test('Q4 a connection in doubt is reported, from the lost answer to the next reading', async () => {
  const { sandbox } = world;
  const { poller, id } = await world.trackingPoller();
  const emitted: LifeEvent[] = [];
  const stop = observeLife(undefined, longAfter(poller), (event) => emitted.push(event));
  sandbox.fault({ kind: 'lost', server: 'linxo', type: 'queue' });
  world.linxo.publish(id, { event: 'SYNC_ALL_STARTED', channel: 'REDIRECT', status: 'RUNNING' });
  poller.nudge();
  await passSlowly(60_000);

  const changes = emitted.filter(({ kind }) => kind === 'queue.connection');
  expect(changes).toMatchObject([
    { connectionId: id, isDoubtful: false, wasDoubtful: undefined },
    { connectionId: id, isDoubtful: true, wasDoubtful: false, status: 'NONE', previous: 'NONE' },
    { connectionId: id, isDoubtful: false, wasDoubtful: true, status: 'RUNNING', previous: 'NONE' },
  ]);
  stop();
});

test('Q4 the first events of a poller that no longer remembers it say why polls fail, and when the next one is', async () => {
  const { sandbox, time } = world;
  const { poller, id } = await world.trackingPoller();
  sandbox.fault({ kind: 'network', server: 'linxo', type: 'queue', count: 3 });
  poller.nudge();
  await time.pass(1_500);
  const emitted: LifeEvent[] = [];
  observeLife(undefined, longAfter(poller), (event) => emitted.push(event))();
  expect(poller.nextPollIn).toBeGreaterThan(0);
  expect(emitted.slice(0, 3)).toMatchObject([
    { kind: 'queue.status', status: 'polling' },
    { kind: 'queue.failure', code: 'NETWORK', type: 'poll', retryIn: poller.nextPollIn },
    { kind: 'queue.connection', connectionId: id, isDoubtful: true },
  ]);
});

test('expiry, gaps, failures and reads of connections are reported', async () => {
  const { sandbox, linxo, time } = world;
  const { poller } = await world.trackingPoller();
  const emitted: LifeEvent[] = [];
  const stop = observeLife(undefined, poller, (event) => emitted.push(event));
  sandbox.fault({ kind: 'error', server: 'linxo', status: 503 });
  poller.nudge();
  await time.pass(1_000);
  linxo.killQueue();
  await passSlowly(60_000);

  expect(emitted).toContainEqual(
    expect.objectContaining({
      kind: 'queue.failure',
      code: 'HTTP',
      status: 503,
      retryIn: expect.any(Number),
    }),
  );
  for (const kind of ['queue.expired', 'queue.subscribed', 'queue.gap', 'queue.reconciled'])
    expect(emitted).toContainEqual(expect.objectContaining({ kind }));
  stop();
});

test('the bridge’s poller is observed, and its observation ends with the bridge; that of another poller does not', async () => {
  const { time } = world;
  const [own, other] = [world.poller(), world.poller()];
  const bridge = new WidgetBridge({ transport: createTestTransport(), queue: own });
  const emitted: LifeEvent[][] = [[], []];
  observeLife(bridge, undefined, (event) => emitted[0]?.push(event));
  const stop = observeLife(bridge, other, (event) => emitted[1]?.push(event));
  own.start();
  other.start();
  await time.pass(1_000);
  bridge.dispose();
  await marksFinished();
  own.start();
  const lengths = emitted.map(({ length }) => length);
  other.nudge();
  await passSlowly(5_000);

  expect(kindsOf(emitted[0] ?? [])).toContain('subscribed');
  expect(emitted[0]?.slice(-2)).toMatchObject([
    { kind: 'queue.status', status: 'stopped' },
    { kind: 'disposed' },
  ]);
  expect(emitted[0]).toHaveLength(lengths[0] ?? 0);
  expect(emitted[1]?.length).toBeGreaterThan(lengths[1] ?? 0);
  stop();
});
