import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { SyncOutcome } from '../../src/index.ts';
import { breaks, json, ScriptedQueue, status } from './fixtures/scripted-queue.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';
import { now, wireConnection, wireEvent } from './fixtures/wire-event.ts';
import { witness } from './fixtures/witness.ts';

const world = useQueueWorld({ isBusy: true });
const MINUTE = 60_000;

const well = (id: string) => wireConnection(id, { 1: { status: 'SUCCESS', last_end_date: now() } });
const owed = (id: string) => wireConnection(id, { 1: { status: 'AUTH_FAILED' } }, { status: 'FAILED' });

describe('a connection that cannot be read', () => {
  it.each(
    [10_000, 20_000, 30_000, 45_000].flatMap((outage) => [0, 0.5, 0.99].map((jitter) => [outage, jitter])),
  )(
    'Q4 Q7 for %i ms after a loss is read within a minute after, and no later than was told, with pauses of %d',
    async (outage = 0, jitter = 0) => {
      // Short pauses and then the longest one come to more than a minute, once in a hundred times.
      const random = vi.spyOn(Math, 'random').mockReturnValue(jitter);
      onTestFinished(() => random.mockRestore());
      let connection = well('c1');
      let isDown = false;
      const server = new ScriptedQueue().always('connection', () =>
        isDown ? status(500) : json(connection),
      );
      const poller = world.poller({ fetch: server.fetch });
      poller.track('c1');
      poller.start();
      await world.pass(2 * MINUTE);

      let tellsOf = Infinity;
      poller.on('failure', ({ retryIn = Infinity }) => {
        tellsOf = Date.now() + retryIn;
      });
      let mendedAt = Infinity;
      poller.on('connection', () => {
        mendedAt = Date.now();
      });
      isDown = true;
      connection = owed('c1');
      server.next('poll', breaks); // which takes the event with it
      poller.nudge();
      await world.pass(outage);
      isDown = false;
      const upAt = Date.now();
      await world.pass(MINUTE);

      expect(mendedAt - upAt).toBeLessThan(MINUTE);
      expect(mendedAt).toBeLessThanOrEqual(tellsOf + 1_000);
    },
  );

  it.each([
    ['for ever', 403],
    ['for a while', 500],
  ])('Q4 %s hides no second loss from the others', async (_how, code) => {
    let good = well('good');
    const server = new ScriptedQueue().always('connection', ({ id }) =>
      id === 'good' ? json(good) : status(code),
    );
    const poller = world.poller({ fetch: server.fetch });
    const { told } = witness(poller);
    poller.track('good');
    poller.track('bad');
    poller.start();
    await world.pass(MINUTE);
    server.next('poll', breaks);
    poller.nudge();
    await world.pass(10_000);
    expect(poller.connections.get('good')?.status).toBe('SUCCESS');

    good = owed('good');
    server.next('poll', breaks);
    poller.nudge();
    await world.pass(10_000);
    expect(told.gap.map(({ reason }) => reason)).toEqual(['network', 'network']);
    expect(poller.connections.get('good')?.status).toBe('FAILED');
    expect(told.reconciled.at(-1)).toEqual({ connectionIds: ['good'] });
  });

  it('Q5 and never will be keeps the polls of an idle day as few as they are', async () => {
    const server = new ScriptedQueue().always('connection', ({ id }) =>
      id === 'good' ? json(well(id)) : status(id === 'refused' ? 403 : 500),
    );
    const poller = world.poller({ fetch: server.fetch });
    for (const id of ['good', 'refused', 'broken']) poller.track(id);
    poller.start();
    await world.pass(24 * 60 * MINUTE);
    expect(server.of('poll').length).toBeLessThanOrEqual(200);
    expect(server.of('connection').filter(({ id }) => id === 'refused').length).toBeGreaterThan(100);
  });

  it('Q3 keeps nobody waiting who waits for another', async () => {
    const server = new ScriptedQueue().always('connection', ({ id }) =>
      id === 'bad' ? status(403) : json(well(id)),
    );
    const poller = world.poller({ fetch: server.fetch });
    poller.track('bad');
    poller.start();
    await world.pass(10 * MINUTE);
    const outcome = poller.whenSynced('new');
    await world.pass(5_000);
    expect(await outcome).toMatchObject({ result: 'success' });
  });

  it('Q3 is read at once when somebody asks for it', async () => {
    let isUp = false;
    const server = new ScriptedQueue().always('connection', () => (isUp ? json(well('c1')) : status(403)));
    const poller = world.poller({ fetch: server.fetch });
    poller.track('c1');
    poller.start();
    await world.pass(10 * MINUTE);
    poller.nudge();
    await world.pass(500);
    const { at } = server.of('connection').at(-1) ?? { at: 0 };
    expect(Date.now() - at).toBeLessThan(1_000); // refused once more, and not to be tried for 30 s
    isUp = true;
    let outcome: SyncOutcome | undefined;
    void poller.whenSynced('c1').then((how) => {
      outcome = how;
    });
    await world.pass(2_000);
    expect(outcome).toMatchObject({ result: 'success' });
  });

  it('Q4 Q7 is one of many in an outage: few are tried at a time, and all are mended after it', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => `c${index}`);
    let isDown = true;
    const server = new ScriptedQueue().always('connection', ({ id }) =>
      isDown ? status(500) : json(well(id)),
    );
    const poller = world.poller({ fetch: server.fetch });
    for (const id of ids) poller.track(id);
    poller.start();
    await world.pass(10 * MINUTE);
    const polls = server.of('poll').length;
    expect(server.of('connection').length).toBeLessThan(5 * polls + 1);
    expect(polls).toBeLessThan(150);
    isDown = false;
    await world.pass(2 * MINUTE);
    expect([...poller.connections.keys()].sort()).toEqual([...ids].sort());
  });

  it('Q5 and need not be any more, as an event has told, is polled for no more', async () => {
    const running = wireConnection('c1', { 1: 'RUNNING' });
    let isDown = false;
    const server = new ScriptedQueue().always('connection', () => (isDown ? status(500) : json(running)));
    const poller = world.poller({ fetch: server.fetch });
    const { told } = witness(poller);
    poller.track('c1');
    poller.start();
    await world.pass(20_000);
    isDown = true;
    while (told.failure.length === 0) await world.pass(100); // the look now and then that a synchronisation gets
    server.next('poll', () => json([wireEvent('SYNC_ALL_SUCCESS', well('c1'))]));
    await world.pass(2_000);
    expect(poller.connections.get('c1')?.status).toBe('SUCCESS');
    const polls = server.of('poll').length;
    await world.pass(10_000);
    expect(server.of('poll').length - polls).toBeLessThan(10);
  });
});
