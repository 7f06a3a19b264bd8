import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { SyncOutcome } from '../../src/index.ts';
import { breaks, json, ScriptedQueue, status } from './fixtures/scripted-queue.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';
import { now, wireConnection, wireEvent } from './fixtures/wire-event.ts';

const world = useQueueWorld({ isBusy: true });
const MINUTE = 60_000;

const synced = (id: string) => wireConnection(id, { 1: { status: 'SUCCESS', last_end_date: now() } });
const withAction = (id: string) => wireConnection(id, { 1: { status: 'AUTH_FAILED' } }, { status: 'FAILED' });

describe('an unreadable connection', () => {
  it.each(
    [10_000, 20_000, 30_000, 45_000].flatMap((outage) => [0, 0.5, 0.99].map((jitter) => [outage, jitter])),
  )(
    'Q4 Q7 for %i ms after a loss is then read within a minute, and no later than retryIn, with a jitter of %d',
    async (outage = 0, jitter = 0) => {
      // With random delays, short ones and then the longest one exceed a minute, once in a hundred runs.
      const random = vi.spyOn(Math, 'random').mockReturnValue(jitter);
      onTestFinished(() => random.mockRestore());
      let connection = synced('c1');
      let isDown = false;
      const server = new ScriptedQueue().always('connection', () =>
        isDown ? status(500) : json(connection),
      );
      const poller = world.poller({ fetch: server.fetch });
      poller.track('c1');
      poller.start();
      await world.pass(2 * MINUTE);

      let retryAt = Infinity;
      poller.on('failure', ({ retryIn = Infinity }) => {
        retryAt = Date.now() + retryIn;
      });
      let readAt = Infinity;
      poller.on('connection', () => {
        readAt = Date.now();
      });
      isDown = true;
      connection = withAction('c1');
      server.next('poll', breaks); // the event is lost
      poller.nudge();
      await world.pass(outage);
      isDown = false;
      const upAt = Date.now();
      await world.pass(MINUTE);

      expect(readAt - upAt).toBeLessThan(MINUTE);
      expect(readAt).toBeLessThanOrEqual(retryAt + 1_000);
    },
  );

  it.each([
    ['for ever', 403],
    ['for a while', 500],
  ])('Q4 %s does not hide a second loss of the others', async (_how, code) => {
    let good = synced('good');
    const server = new ScriptedQueue().always('connection', ({ id }) =>
      id === 'good' ? json(good) : status(code),
    );
    const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });
    poller.track('good');
    poller.track('bad');
    poller.start();
    await world.pass(MINUTE);
    server.next('poll', breaks);
    poller.nudge();
    await world.pass(10_000);
    expect(poller.connections.get('good')?.status).toBe('SUCCESS');

    good = withAction('good');
    server.next('poll', breaks);
    poller.nudge();
    await world.pass(10_000);
    expect(emitted.gap.map(({ reason }) => reason)).toEqual(['network', 'network']);
    expect(poller.connections.get('good')?.status).toBe('FAILED');
    expect(emitted.reconciled.at(-1)).toEqual({ connectionIds: ['good'] });
  });

  it('Q5 for ever does not add polls to an idle day', async () => {
    const server = new ScriptedQueue().always('connection', ({ id }) =>
      id === 'good' ? json(synced(id)) : status(id === 'refused' ? 403 : 500),
    );
    const poller = world.poller({ fetch: server.fetch });
    for (const id of ['good', 'refused', 'broken']) poller.track(id);
    poller.start();
    await world.pass(24 * 60 * MINUTE);
    expect(server.requests('poll').length).toBeLessThanOrEqual(200);
    expect(server.requests('connection').filter(({ id }) => id === 'refused').length).toBeGreaterThan(100);
  });

  it('Q3 does not delay whenSynced of another connection', async () => {
    const server = new ScriptedQueue().always('connection', ({ id }) =>
      id === 'bad' ? status(403) : json(synced(id)),
    );
    const poller = world.poller({ fetch: server.fetch });
    poller.track('bad');
    poller.start();
    await world.pass(10 * MINUTE);
    const outcome = poller.whenSynced('new');
    await world.pass(5_000);
    expect(await outcome).toMatchObject({ result: 'success' });
  });

  it('Q3 is read at once for whenSynced', async () => {
    let isUp = false;
    const server = new ScriptedQueue().always('connection', () => (isUp ? json(synced('c1')) : status(403)));
    const poller = world.poller({ fetch: server.fetch });
    poller.track('c1');
    poller.start();
    await world.pass(10 * MINUTE);
    poller.nudge();
    await world.pass(500);
    const { at } = server.requests('connection').at(-1) ?? { at: 0 };
    expect(Date.now() - at).toBeLessThan(1_000); // refused again; the next try would be in 30 s
    isUp = true;
    let outcome: SyncOutcome | undefined;
    void poller.whenSynced('c1').then((how) => {
      outcome = how;
    });
    await world.pass(2_000);
    expect(outcome).toMatchObject({ result: 'success' });
  });

  it('Q4 Q7 among many in an outage: few are tried at a time, and all are read after it', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => `c${index}`);
    let isDown = true;
    const server = new ScriptedQueue().always('connection', ({ id }) =>
      isDown ? status(500) : json(synced(id)),
    );
    const poller = world.poller({ fetch: server.fetch });
    for (const id of ids) poller.track(id);
    poller.start();
    await world.pass(10 * MINUTE);
    const polls = server.requests('poll').length;
    expect(server.requests('connection').length).toBeLessThan(5 * polls + 1);
    expect(polls).toBeLessThan(150);
    isDown = false;
    await world.pass(2 * MINUTE);
    expect([...poller.connections.keys()].sort()).toEqual([...ids].sort());
  });

  it('Q5 that need not be read any more, after an event, causes no more polls', async () => {
    const running = wireConnection('c1', { 1: 'RUNNING' });
    let isDown = false;
    const server = new ScriptedQueue().always('connection', () => (isDown ? status(500) : json(running)));
    const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });
    poller.track('c1');
    poller.start();
    await world.pass(20_000);
    isDown = true;
    while (emitted.failure.length === 0) await world.pass(100); // until the next regular reading during a synchronisation
    server.next('poll', () => json([wireEvent('SYNC_ALL_SUCCESS', synced('c1'))]));
    await world.pass(2_000);
    expect(poller.connections.get('c1')?.status).toBe('SUCCESS');
    const polls = server.requests('poll').length;
    await world.pass(10_000);
    expect(server.requests('poll').length - polls).toBeLessThan(10);
  });
});
