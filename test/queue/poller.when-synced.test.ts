import { describe, expect, it } from 'vitest';
import { isBanksideError } from '../../src/index.ts';
import { breaks, json, ScriptedQueue, status } from './fixtures/scripted-queue.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';
import { now, wireConnection, wireEvent } from './fixtures/wire-event.ts';

const world = useQueueWorld({ isBusy: true });

/** A poller that has followed a synchronisation of the sandbox to its end. */
async function synced() {
  const { poller, id } = await world.begun();
  world.linxo.synchronise(id);
  await world.pass(60_000);
  return { id, poller };
}

/** What has become of a promise by now. */
async function stateOf(promise: Promise<unknown>): Promise<unknown> {
  const open = Symbol('open');
  promise.catch(() => {});
  const result = await Promise.race([promise, world.pass(0).then(() => open)]).catch((error) => error);
  return result === open ? 'open' : result;
}

describe('Q3 whenSynced resolves at once', () => {
  it('when the end is known from an event, without a request', async () => {
    const { id, poller } = await synced();
    const { length } = world.sandbox.log;

    const outcome = await poller.whenSynced(id);

    expect(outcome.result).toBe('success');
    expect(outcome.connection).toBe(poller.connections.get(id));
    expect(world.sandbox.log).toHaveLength(length);
  });

  it.each([
    ['SUCCESS', 'SUCCESS', 'success'],
    ['PARTIAL_SUCCESS', 'SUCCESS', 'partial'],
    ['FAILED', 'SUCCESS', 'failed'],
    ['CLOSED', 'SUCCESS', 'failed'],
    ['FAILED', 'AUTH_FAILED', 'action'],
  ])(
    'with a connection that is %s and a channel that is %s: %s, by one look',
    async (is, channel, result) => {
      const server = new ScriptedQueue().always('connection', () =>
        json(wireConnection('c1', { 8700: { status: channel, last_end_date: now() - 9 } }, { status: is })),
      );
      const poller = world.poller({ fetch: server.fetch });
      const waiting = poller.whenSynced('c1');
      poller.start();
      await world.pass(0);

      expect(await stateOf(waiting)).toMatchObject({
        result,
        source: 'reconcile',
        connection: { status: is },
      });
      expect(server.of('connection')).toHaveLength(1);
    },
  );
});

describe('Q3 whenSynced stays open', () => {
  it.each([
    ['a connection that never synchronised', wireConnection('c1', {}, { status: 'NONE' })],
    ['one that runs', wireConnection('c1', { 8700: 'RUNNING', 8701: 'SUCCESS' })],
    [
      'one that says SUCCESS while a channel runs',
      wireConnection('c1', { 8700: 'RUNNING' }, { status: 'SUCCESS' }),
    ],
  ])('for %s', async (_name, connection) => {
    const server = new ScriptedQueue().always('connection', () => json(connection));
    const poller = world.poller({ fetch: server.fetch });
    const waiting = poller.whenSynced('c1');
    poller.start();
    await world.pass(300_000);

    expect(await stateOf(waiting)).toBe('open');
    // Closely, for as long as somebody waits.
    expect(server.of('poll').length).toBeGreaterThan(110);
  });

  it('while its state is in doubt, though the last that was heard was an end', async () => {
    const { id, poller } = await synced();
    world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'network' });
    world.sandbox.fault({ server: 'linxo', type: 'connection', kind: 'network' });
    poller.nudge();
    await world.pass(2_000);
    world.linxo.publish(id, { event: 'SYNC_ALL_STARTED', channel: '8700' });

    const waiting = poller.whenSynced(id);
    expect(await stateOf(waiting)).toBe('open');
    await world.pass(30_000);
    expect(await stateOf(waiting)).toBe('open');

    world.linxo.publish(id, { event: 'SYNC_ALL_SUCCESS', channel: '8700' });
    await world.pass(5_000);
    expect(await stateOf(waiting)).toMatchObject({ result: 'success' });
  });

  it('where the server knows no such connection, until it does', async () => {
    const server = new ScriptedQueue();
    const poller = world.poller({ fetch: server.fetch });
    const waiting = poller.whenSynced('c1');
    poller.start();
    await world.pass(60_000);
    expect(await stateOf(waiting)).toBe('open');

    const ended = wireConnection('c1', { 8700: 'SUCCESS' });
    server.next('poll', () =>
      json([wireEvent('SYNC_ALL_SUCCESS', ended, { channel_definition_id: '8700' })]),
    );
    await world.pass(3_000);

    expect(await stateOf(waiting)).toMatchObject({ result: 'success' });
  });
});

describe('Q3 whenSynced with after', () => {
  it('ignores a synchronisation that ended before, and takes the next', async () => {
    const { id, poller } = await synced();
    const waiting = poller.whenSynced(id, { after: now() });
    await world.pass(10_000);
    expect(await stateOf(waiting)).toBe('open');

    world.linxo.synchronise(id);
    await world.pass(20_000);
    expect(await stateOf(waiting)).toBe('open');
    await world.pass(40_000);

    expect(await waiting).toMatchObject({ result: 'success', source: 'event' });
  });

  it('ignores an action that was owed before', async () => {
    const { poller, id } = await world.begun();
    world.linxo.synchronise(id, 'credentials-refused');
    await world.pass(60_000);
    expect(await poller.whenSynced(id)).toMatchObject({ result: 'action' });

    const waiting = poller.whenSynced(id, { after: now() });
    world.linxo.synchronise(id);
    await world.pass(60_000);

    expect(await waiting).toMatchObject({ result: 'success', action: undefined });
  });

  it.each([
    ['had not heard of the connection', false],
    ['knew the connection, and was away', true],
  ])('ignores it where the poller %s', async (_what, knew) => {
    const { id } = world.linxo.addConnection();
    const poller = world.poller();
    if (knew) {
      poller.track(id);
      poller.start();
      await world.pass(1_000);
      poller.pause();
    }
    world.linxo.synchronise(id, 'credentials-refused');
    await world.pass(3_600_000);
    if (knew) poller.resume();
    else poller.start();
    await world.pass(1_000);
    const waiting = poller.whenSynced(id, { after: now() });
    await world.pass(2_000); // the back end takes a moment to begin
    expect(await stateOf(waiting)).toBe('open');
    world.linxo.synchronise(id);
    await world.pass(60_000);

    expect(await waiting).toMatchObject({ result: 'success' });
  });

  it('resolves at once where the synchronisation ended later', async () => {
    const before = now();
    const { id, poller } = await synced();

    expect(await stateOf(poller.whenSynced(id, { after: before }))).toMatchObject({ result: 'success' });
  });
});

describe('Q3 whenSynced at the end', () => {
  it('an end that is told by an event says so; one that is found by a look says that', async () => {
    const { poller, id } = await world.begun();
    const told = poller.whenSynced(id, { after: now() });
    world.linxo.synchronise(id);
    await world.pass(60_000);
    expect(await told).toMatchObject({ source: 'event' });

    const found = poller.whenSynced(id, { after: now() });
    world.linxo.synchronise(id);
    await world.pass(5_000);
    world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'silently-lost', count: 100 });
    await world.pass(70_000);
    expect(await found).toMatchObject({ result: 'success', source: 'reconcile' });
  });

  it('of many waits for many connections, each has its own outcome', async () => {
    const scripts = ['success', 'consent-expired', 'partial-success'] as const;
    const ids = scripts.map(() => world.linxo.addConnection().id);
    const poller = world.poller();
    poller.start();
    await world.pass(0);
    const waits = ids.flatMap((id) => [1, 2].map(() => poller.whenSynced(id, { after: now() })));
    for (const [index, id] of ids.entries()) world.linxo.synchronise(id, scripts[index]);

    await world.pass(60_000);

    const results = (await Promise.all(waits)).map(({ result }) => result);
    expect(results).toEqual(['success', 'success', 'action', 'action', 'partial', 'partial']);
  });
});

describe('Q3 whenSynced gives up', () => {
  it('with TIMEOUT, which names the connection and the time; and not a moment earlier', async () => {
    const { id } = world.linxo.addConnection();
    const poller = world.poller();
    poller.start();
    const waiting = poller.whenSynced(id, { timeout: 20_000 });
    waiting.catch(() => {});
    await world.pass(19_999);
    expect(await stateOf(waiting)).toBe('open');

    await world.pass(1);

    const error = await stateOf(waiting);
    if (!isBanksideError(error, 'TIMEOUT')) throw error;
    const details = { requestId: id, server: 'queue', type: 'whenSynced', timeout: 20_000, elapsed: 20_000 };
    expect(error.details).toEqual(details);
  });

  it('with the signal’s reason, untouched, and at once where it has aborted already', async () => {
    const poller = world.poller();
    poller.start();
    const abort = new AbortController();
    const waiting = poller.whenSynced('c1', { signal: abort.signal });
    const reason = { left: 'the page' };

    abort.abort(reason);

    expect(await stateOf(waiting)).toBe(reason);
    await expect(poller.whenSynced('c1', { signal: abort.signal })).rejects.toBe(reason);
  });

  it('with DISPOSED when the poller stops, and for every wait afterwards', async () => {
    const poller = world.poller();
    poller.start();
    const waits = [poller.whenSynced('c1'), poller.whenSynced('c2', { timeout: 1_000 })];
    for (const wait of waits) wait.catch(() => {});

    poller.stop();

    for (const wait of waits) expect(await stateOf(wait)).toMatchObject({ code: 'DISPOSED' });
    expect(await stateOf(poller.whenSynced('c1'))).toMatchObject({ code: 'DISPOSED' });
    await world.pass(2_000);
  });

  it('with DISPOSED, and why, when the poller has failed', async () => {
    const server = new ScriptedQueue().always('subscribe', () => status(400));
    const poller = world.poller({ fetch: server.fetch });
    const waiting = poller.whenSynced('c1');
    waiting.catch(() => {});
    poller.start().catch(() => {});
    await world.pass(0);

    expect(await stateOf(waiting)).toMatchObject({
      code: 'DISPOSED',
      cause: { code: 'HTTP', details: { status: 400 } },
    });
  });

  it('only once: what happens behind a timeout changes nothing, and leaves nothing', async () => {
    const { id, poller } = await synced();
    const abort = new AbortController();
    const waiting = poller.whenSynced(id, { after: now() + 1, timeout: 1_000, signal: abort.signal });
    waiting.catch(() => {});
    await world.pass(1_000);
    abort.abort('too late');
    world.linxo.synchronise(id);
    await world.pass(60_000);

    await expect(waiting).rejects.toMatchObject({ code: 'TIMEOUT' });
  });
});

it('Q5 a wait that is over watches closely no more', async () => {
  const server = new ScriptedQueue().always('connection', breaks);
  const poller = world.poller({ fetch: server.fetch });
  poller.start();
  const waiting = poller.whenSynced('c1', { timeout: 60_000 });
  waiting.catch(() => {});
  await world.pass(60_000);
  expect(await stateOf(waiting)).toMatchObject({ code: 'TIMEOUT' });
  server.always('connection', () => json(wireConnection('c1', { 8700: 'SUCCESS' })));
  await world.pass(180_000);
  const { length } = server.of('poll');

  await world.pass(3_600_000);

  expect(server.of('poll').length - length).toBeLessThanOrEqual(7);
});
