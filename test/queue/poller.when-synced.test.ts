import { describe, expect, it } from 'vitest';
import { isBanksideError } from '../../src/index.ts';
import { breaks, json, ScriptedQueue, status } from './fixtures/scripted-queue.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';
import { now, wireConnection, wireEvent } from './fixtures/wire-event.ts';

const world = useQueueWorld({ isBusy: true });

/** A poller that has followed a synchronisation of the sandbox to its end. */
async function synced() {
  const { poller, id } = await world.startedPoller();
  world.linxo.synchronise(id);
  await world.pass(60_000);
  return { id, poller };
}

/** The result of a promise, or 'open' while it is pending. */
async function stateOf(promise: Promise<unknown>): Promise<unknown> {
  const open = Symbol('open');
  promise.catch(() => {});
  const result = await Promise.race([promise, world.pass(0).then(() => open)]).catch((error) => error);
  return result === open ? 'open' : result;
}

describe('Q3 whenSynced resolves at once', () => {
  it('if the end is known from an event, without a request', async () => {
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
    'with a connection that is %s and a channel that is %s: %s, after one reading',
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
      expect(server.requests('connection')).toHaveLength(1);
    },
  );
});

describe('Q3 whenSynced stays open', () => {
  it.each([
    ['a connection that never synchronised', wireConnection('c1', {}, { status: 'NONE' })],
    ['a running connection', wireConnection('c1', { 8700: 'RUNNING', 8701: 'SUCCESS' })],
    [
      'a connection with SUCCESS while a channel is running',
      wireConnection('c1', { 8700: 'RUNNING' }, { status: 'SUCCESS' }),
    ],
  ])('for %s', async (_name, connection) => {
    const server = new ScriptedQueue().always('connection', () => json(connection));
    const poller = world.poller({ fetch: server.fetch });
    const waiting = poller.whenSynced('c1');
    poller.start();
    await world.pass(300_000);

    expect(await stateOf(waiting)).toBe('open');
    // It polls closely while the call is pending.
    expect(server.requests('poll').length).toBeGreaterThan(110);
  });

  it('while its state is doubtful, although the last event was an end', async () => {
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

  it('while the server does not know the connection', async () => {
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
  it('ignores a synchronisation that ended before, and waits for the next', async () => {
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

  it('ignores an earlier action', async () => {
    const { poller, id } = await world.startedPoller();
    world.linxo.synchronise(id, 'credentials-refused');
    await world.pass(60_000);
    expect(await poller.whenSynced(id)).toMatchObject({ result: 'action' });

    const waiting = poller.whenSynced(id, { after: now() });
    world.linxo.synchronise(id);
    await world.pass(60_000);

    expect(await waiting).toMatchObject({ result: 'success', action: undefined });
  });

  it.each([
    ['did not know the connection', false],
    ['knew the connection, and was paused', true],
  ])('ignores an earlier action if the poller %s', async (_what, knew) => {
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
    await world.pass(2_000); // until the back end starts the synchronisation
    expect(await stateOf(waiting)).toBe('open');
    world.linxo.synchronise(id);
    await world.pass(60_000);

    expect(await waiting).toMatchObject({ result: 'success' });
  });

  it('resolves at once if the synchronisation ended later', async () => {
    const before = now();
    const { id, poller } = await synced();

    expect(await stateOf(poller.whenSynced(id, { after: before }))).toMatchObject({ result: 'success' });
  });
});

describe('Q3 whenSynced resolves', () => {
  it('with the source event after an event, and reconcile after a reading', async () => {
    const { poller, id } = await world.startedPoller();
    const fromEvent = poller.whenSynced(id, { after: now() });
    world.linxo.synchronise(id);
    await world.pass(60_000);
    expect(await fromEvent).toMatchObject({ source: 'event' });

    const fromReading = poller.whenSynced(id, { after: now() });
    world.linxo.synchronise(id);
    await world.pass(5_000);
    world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'silently-lost', count: 100 });
    await world.pass(70_000);
    expect(await fromReading).toMatchObject({ result: 'success', source: 'reconcile' });
  });

  it('each of many calls for many connections with its own outcome', async () => {
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

describe('Q3 whenSynced rejects', () => {
  it('with TIMEOUT, which names the connection and the time, and not earlier', async () => {
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

  it('with the unchanged reason of the signal, and at once if that is already aborted', async () => {
    const poller = world.poller();
    poller.start();
    const abort = new AbortController();
    const waiting = poller.whenSynced('c1', { signal: abort.signal });
    const reason = { left: 'the page' };

    abort.abort(reason);

    expect(await stateOf(waiting)).toBe(reason);
    await expect(poller.whenSynced('c1', { signal: abort.signal })).rejects.toBe(reason);
  });

  it('with DISPOSED when the poller stops, and for each later call', async () => {
    const poller = world.poller();
    poller.start();
    const waits = [poller.whenSynced('c1'), poller.whenSynced('c2', { timeout: 1_000 })];
    for (const wait of waits) wait.catch(() => {});

    poller.stop();

    for (const wait of waits) expect(await stateOf(wait)).toMatchObject({ code: 'DISPOSED' });
    expect(await stateOf(poller.whenSynced('c1'))).toMatchObject({ code: 'DISPOSED' });
    await world.pass(2_000);
  });

  it('with DISPOSED and the cause when the poller has failed', async () => {
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

  it('only once: nothing after a timeout changes the outcome', async () => {
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

it('Q5 no longer polls closely once whenSynced has settled', async () => {
  const server = new ScriptedQueue().always('connection', breaks);
  const poller = world.poller({ fetch: server.fetch });
  poller.start();
  const waiting = poller.whenSynced('c1', { timeout: 60_000 });
  waiting.catch(() => {});
  await world.pass(60_000);
  expect(await stateOf(waiting)).toMatchObject({ code: 'TIMEOUT' });
  server.always('connection', () => json(wireConnection('c1', { 8700: 'SUCCESS' })));
  await world.pass(180_000);
  const { length } = server.requests('poll');

  await world.pass(3_600_000);

  expect(server.requests('poll').length - length).toBeLessThanOrEqual(7);
});
