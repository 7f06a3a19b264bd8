import { describe, expect, it } from 'vitest';
import type { QueuePoller } from '../../src/index.ts';
import { breaks, json, ScriptedQueue, status } from './fixtures/scripted-queue.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';
import { now, wireConnection, wireEvent } from './fixtures/wire-event.ts';

const world = useQueueWorld();

/** A poller that has read a connection, some time ago. */
async function readPoller(server: ScriptedQueue) {
  server.always('connection', () => json(wireConnection('c1', { 8700: 'RUNNING', 8701: 'RUNNING' })));
  const seen = world.recordedPoller({ fetch: server.fetch });
  seen.poller.track('c1');
  seen.poller.start();
  await world.pass(5_000);
  return { ...seen, doubt: () => seen.poller.connections.get('c1')?.isDoubtful };
}

/** The doubts of the event `connection`. */
function doubtsIn(emitted: { readonly connection: readonly { connection: { isDoubtful: boolean } }[] }) {
  return emitted.connection.map(({ connection }) => connection.isDoubtful);
}

describe('Q4 a connection is in doubt', () => {
  it('from a lost answer until it has been read, in the state, the snapshot and the event connection', async () => {
    const server = new ScriptedQueue();
    const { poller, emitted, doubt } = await readPoller(server);
    expect(doubt()).toBe(false);
    const before = poller.getSnapshot();
    server.next('poll', breaks).next('connection', () => status(500));
    poller.nudge();
    await world.pass(1_000);
    expect(doubt()).toBe(true);
    expect(poller.getSnapshot()).not.toBe(before);
    expect(before.connections.get('c1')?.isDoubtful).toBe(false);

    await world.pass(2_500); // the queue answers again, the connection does not
    expect(emitted.failure.map(({ error }) => error.code)).toEqual(['NETWORK', 'HTTP']);
    expect(doubt()).toBe(true);

    await world.pass(10_000);
    expect(doubt()).toBe(false);
    expect(doubtsIn(emitted)).toEqual([false, true, false]);
  });

  it('after an event that came late, no longer than the reading takes', async () => {
    const server = new ScriptedQueue();
    const { poller, doubt, emitted } = await readPoller(server);
    const late = wireEvent('LIST_ACCOUNTS', { id: 'c1' }, { creation_date: now() - 60 });
    server.next('poll', () => json([late]));
    const reads = server.requests('connection').length;
    poller.nudge();
    await world.pass(1_000);
    expect(server.requests('connection')).toHaveLength(reads + 1);
    expect(doubt()).toBe(false);
    expect(doubtsIn(emitted)).toEqual([false, true, false]);
  });
});

describe('Q4 the clocks of gateway and event server differ', () => {
  it.each([-5_000, -1_000, 1_000, 5_000, 3_600_000, -3_600_000])(
    'the gateway’s Date is %i ms ahead: a challenge 2.5 s after a reading is known at once',
    async (ahead) => {
      const server = new ScriptedQueue();
      const { poller } = world.recordedPoller({
        fetch: async (...request) => {
          const response = await server.fetch(...request);
          response.headers.set('date', new Date(Date.now() + ahead).toUTCString());
          return response;
        },
      });
      let is = 'RUNNING';
      server.always('connection', () => json(wireConnection('c1', { 8700: is, 8701: 'RUNNING' })));
      poller.track('c1');
      poller.start();
      await world.pass(0);
      expect(server.requests('connection')).toHaveLength(1);

      await world.pass(2_500);
      is = 'CHALLENGE_REQUIRED';
      const resource = wireConnection('c1', { 8700: is, 8701: 'RUNNING' });
      server.next('poll', () =>
        json([wireEvent('CHALLENGE_REQUIRED', resource, { channel_definition_id: '8700' })]),
      );
      await world.pass(2_000);
      expect(poller.connections.get('c1')).toMatchObject({ action: { type: 'CHALLENGE_REQUIRED' } });
    },
  );

  it('an event from before the reading, by an event server that is ahead, does not replace it for long', async () => {
    const server = new ScriptedQueue();
    const { poller } = world.recordedPoller({ fetch: server.fetch });
    server.always('connection', () => json(wireConnection('c1', { 8700: 'SUCCESS' }, { status: 'SUCCESS' })));
    poller.track('c1');
    poller.start();
    await world.pass(0);
    // Made three seconds ago, when the channel still ran, by a clock that is five seconds ahead.
    const old = wireEvent('LIST_ACCOUNTS', wireConnection('c1', { 8700: 'RUNNING' }), {
      creation_date: now() - 3 + 5,
    });
    server.next('poll', () => json([old]));
    await world.pass(2_000);
    expect(poller.connections.get('c1')).toMatchObject({ status: 'SUCCESS', isDoubtful: false });
  });
});

describe('Q2 another queue counts its ids from the beginning', () => {
  it.each([404, 410])('all its events are delivered: %i', async (dead) => {
    const server = new ScriptedQueue();
    const { poller, events, emitted } = world.recordedPoller({ fetch: server.fetch });
    const counted = (name: string) =>
      [0, 1].map((id) => ({ id, event_type: 'LIST_ACCOUNTS', resource: { id: 'c1', name } }));
    server.next('poll', () => json(counted('first')));
    poller.start();
    await world.pass(0);
    server.next('poll', () => status(dead)).next('poll', () => json(counted('second')));
    poller.nudge();
    await world.pass(3_000);
    expect(emitted.subscribed).toEqual([{ queueId: 'q1' }, { queueId: 'q2' }]);
    expect(events.map(({ id, resource }) => [id, (resource as { name: string }).name])).toEqual([
      ['0', 'first'],
      ['1', 'first'],
      ['0', 'second'],
      ['1', 'second'],
    ]);
  });

  it('each is delivered once, also when the server repeats it', async () => {
    const server = new ScriptedQueue().always('poll', ({ id }) => json([{ id: 0, event_type: `OF_${id}` }]));
    const { poller, events } = world.recordedPoller({ fetch: server.fetch });
    poller.start();
    await world.pass(10_000);
    server.next('poll', () => status(404));
    await world.pass(20_000);
    expect(events.map(({ event_type }) => event_type)).toEqual(['OF_q1', 'OF_q2']);
  });
});

describe('Q4 Q7 the snapshot has the failure of the last poll', () => {
  /** By the page's clock, as the snapshot shows it. */
  function agrees(poller: QueuePoller): void {
    const { failure } = poller.getSnapshot();
    expect(failure?.retryAt).toBeDefined();
    expect(Math.max(0, (failure?.retryAt ?? 0) - Date.now())).toBeCloseTo(poller.nextPollIn ?? -1, -1);
  }

  it('from the first failed poll until one succeeds; retryAt agrees with nextPollIn all the time', async () => {
    const server = new ScriptedQueue();
    const { poller, emitted } = await readPoller(server);
    expect(poller.getSnapshot().failure).toBeUndefined();
    server.next('poll', breaks, () => status(503), breaks);
    poller.nudge();
    let seen = 0;
    for (let step = 0; step < 300 && (seen === 0 || poller.getSnapshot().failure); step += 1) {
      await world.pass(100);
      const { failure } = poller.getSnapshot();
      if (!failure) continue;
      seen += 1;
      agrees(poller);
      expect(failure.error).toBe(emitted.failure.at(-1)?.error);
      expect(poller.getSnapshot()).toBe(poller.getSnapshot());
    }
    expect(emitted.failure.map(({ error }) => error.code)).toEqual(['NETWORK', 'HTTP', 'NETWORK']);
    expect(seen).toBeGreaterThan(10);
    expect(poller.getSnapshot().failure).toBeUndefined();
  });

  it('while a retry hangs, it is still the time of that retry, and never the next regular poll', async () => {
    const server = new ScriptedQueue();
    const { poller } = await readPoller(server);
    server.next('poll', breaks, () => new Promise(() => {}));
    poller.nudge();
    await world.pass(5_000);
    const { failure } = poller.getSnapshot();
    expect(failure?.retryAt).toBeLessThan(Date.now());
    expect(poller.nextPollIn).toBe(0);
  });

  it('a nudge moves retryAt, and tells the listeners', async () => {
    const server = new ScriptedQueue().always('poll', breaks);
    const poller = world.poller({ fetch: server.fetch });
    poller.start();
    await world.pass(60_000);
    expect(poller.nextPollIn).toBeGreaterThan(2_000);
    const seen: (number | undefined)[] = [];
    poller.subscribe(() => seen.push(poller.getSnapshot().failure?.retryAt));
    poller.nudge();
    expect(seen).toHaveLength(1);
    expect(seen[0]).toBeLessThanOrEqual(Date.now() + 1_000);
    agrees(poller);
  });

  it('a Retry-After counts', async () => {
    const server = new ScriptedQueue().next('poll', () => status(429, { 'retry-after': '60' }));
    const poller = world.poller({ fetch: server.fetch });
    poller.start();
    await world.pass(0);
    agrees(poller);
    expect(poller.nextPollIn).toBeGreaterThan(60_000);
    expect(poller.getSnapshot().failure?.error).toMatchObject({ code: 'HTTP', details: { status: 429 } });
  });

  it('a failed subscription is one too, and a read that fails is shown as doubt instead', async () => {
    const server = new ScriptedQueue().next('subscribe', breaks);
    const poller = world.poller({ fetch: server.fetch });
    poller.start();
    await world.pass(0);
    expect(poller.getSnapshot().failure?.error).toMatchObject({ details: { type: 'subscribe' } });
    server.always('connection', breaks);
    poller.track('c1');
    await world.pass(5_000);
    expect(poller.getSnapshot().failure).toBeUndefined();
  });

  it('without retryAt while nobody polls, and after the poller has failed', async () => {
    const server = new ScriptedQueue().next('poll', breaks);
    const poller = world.poller({ fetch: server.fetch, accessToken: 'token' });
    poller.start();
    await world.pass(0);
    poller.pause();
    expect(poller.getSnapshot()).toMatchObject({ status: 'paused', failure: { error: { code: 'NETWORK' } } });
    expect(poller.getSnapshot().failure?.retryAt).toBeUndefined();
    server.next('poll', () => status(401));
    poller.resume();
    await world.pass(2_000);
    expect(poller.getSnapshot()).toMatchObject({
      status: 'failed',
      failure: { error: { code: 'UNAUTHORIZED' }, retryAt: undefined },
    });
    poller.start();
    await world.pass(2_000);
    expect(poller.getSnapshot()).toMatchObject({ status: 'polling', failure: undefined });
  });

  it('forget: it is not the next user’s', async () => {
    const server = new ScriptedQueue().next('poll', breaks);
    const poller = world.poller({ fetch: server.fetch });
    poller.start();
    await world.pass(0);
    expect(poller.getSnapshot().failure).toBeDefined();
    await poller.stop({ forget: true });
    expect(poller.getSnapshot().failure).toBeUndefined();
  });
});
