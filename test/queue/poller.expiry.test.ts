import { describe, expect, it } from 'vitest';
import { json, ScriptedQueue, status } from './fixtures/scripted-queue.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';
import { now, wireConnection, wireEvent } from './fixtures/wire-event.ts';

const world = useQueueWorld({ isBusy: true });

const MINUTE = 60_000;
const connection = wireConnection('c1', { 8700: 'SUCCESS' });

describe.each([404, 410])('Q6 an expired queue (%i)', (code) => {
  it('once: one new subscription at once, the connections are read, and no failure is emitted', async () => {
    const server = new ScriptedQueue()
      .next(
        'poll',
        () => json([wireEvent('LIST_ACCOUNTS', connection)]),
        () => status(code),
      )
      .always('connection', () => json(connection));
    const { poller, emitted, order } = world.recordedPoller({ fetch: server.fetch });
    poller.start();
    await world.pass(1_400);

    expect(server.sent.map(({ operation, id }) => `${operation} ${id}`)).toEqual([
      'subscribe ',
      'poll q1',
      'poll q1',
      'subscribe ',
      'poll q2',
      'connection c1',
    ]);
    expect(server.sent[4]?.at).toBe(server.sent[2]?.at);
    expect(emitted.expired).toEqual([{ queueId: 'q1' }]);
    expect(emitted.gap.map(({ reason }) => reason)).toEqual(['expired']);
    expect(emitted.failure).toEqual([]);
    const own = order.filter((name) => /^(expired|gap|subscribed|reconciled)$/.test(name));
    expect(own).toEqual(['subscribed', 'expired', 'gap', 'subscribed', 'reconciled']);
  });

  it('twice in a row: backs off, a failure is emitted, and there is one gap for both', async () => {
    const server = new ScriptedQueue().next(
      'poll',
      () => status(code),
      () => status(code),
    );
    const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });
    poller.start();
    await world.pass(0);
    expect(server.requests('subscribe')).toHaveLength(2);
    expect(emitted.failure).toHaveLength(1);
    const [{ error, retryIn = 0 } = {}] = emitted.failure;
    expect(error).toMatchObject({ code: 'QUEUE_EXPIRED', details: { queueId: 'q2' } });

    await world.pass(retryIn - 1);
    expect(server.requests('subscribe')).toHaveLength(2);
    await world.pass(1_000);

    expect(server.requests('subscribe')).toHaveLength(3);
    expect(poller.queueId).toBe('q3');
    expect(emitted.gap).toHaveLength(1);
    expect(emitted.reconciled).toHaveLength(1);
  });

  it('always: fewer than 130 new queues in an hour', async () => {
    const server = new ScriptedQueue().always('poll', () => status(code));
    const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });
    poller.start();

    await world.pass(60 * MINUTE);

    expect(server.requests('subscribe').length).toBeLessThan(130);
    expect(emitted.failure.at(-1)?.retryIn).toBeGreaterThanOrEqual(30_000);
  });

  it('in the sandbox, in the middle of a synchronisation: whenSynced still resolves', async () => {
    world.linxo.configure({ deadQueue: code as 404 | 410 });
    const { poller, id, emitted } = await world.startedPoller();
    const outcome = poller.whenSynced(id, { after: now() });
    world.linxo.synchronise(id);
    await world.pass(15_000);

    world.linxo.killQueue();
    await world.pass(60_000);

    expect(emitted.subscribed).toHaveLength(2);
    expect(await outcome).toMatchObject({ result: 'success' });
  });
});

it('Q6 a 403 on a queue that has been read before is a failure that is retried, and not an expiry', async () => {
  const server = new ScriptedQueue().next(
    'poll',
    () => status(204),
    () => status(403),
  );
  const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });
  poller.start();

  await world.pass(10_000);

  expect(emitted.failure[0]?.error).toMatchObject({ code: 'HTTP', details: { status: 403 } });
  expect(emitted.expired).toEqual([]);
  expect(poller.queueId).toBe('q1');
});

describe('Q5 Q6 paused', () => {
  /** @param ms From the last request to the next. */
  async function pausedFor(ms: number) {
    const { id } = world.linxo.addConnection();
    const { poller, emitted, order } = world.recordedPoller();
    poller.start();
    poller.track(id);
    await world.pass(0);
    const queueId = poller.queueId;
    const before = world.sandbox.log.length;
    order.length = 0;
    poller.pause();
    await world.pass(ms);
    expect(world.sandbox.log).toHaveLength(before);
    poller.resume();
    await world.pass(0);
    return { poller, queueId, emitted };
  }

  it('for 14:59: polls the same queue', async () => {
    const { poller, queueId, emitted } = await pausedFor(14 * MINUTE + 59_000);

    expect(poller.queueId).toBe(queueId);
    expect(emitted.subscribed).toHaveLength(1);
    expect(emitted.gap).toEqual([]);
    expect(emitted.failure).toEqual([]);
  });

  it('for 15:01: replaces the queue without reading it, and reads the connections', async () => {
    const { poller, queueId, emitted } = await pausedFor(15 * MINUTE + 1_000);

    expect(poller.queueId).not.toBe(queueId);
    expect(emitted.expired).toEqual([{ queueId }]);
    expect(emitted.subscribed).toHaveLength(2);
    expect(emitted.gap.map(({ reason }) => reason)).toEqual(['expired']);
    expect(emitted.reconciled).toHaveLength(2);
    expect(world.sandbox.log.filter(({ status }) => status === 404)).toEqual([]);
  });
});

it('Q5 an idle queue is kept alive for a week', async () => {
  const { poller, emitted } = world.recordedPoller();
  poller.start();

  await world.pass(7 * 24 * 60 * MINUTE);

  expect(emitted.subscribed).toHaveLength(1);
  expect(emitted.expired).toEqual([]);
  expect(world.linxo.queues()).toHaveLength(1);
});
