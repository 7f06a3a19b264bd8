import { describe, expect, it } from 'vitest';
import { json, ScriptedQueue, status } from './fixtures/scripted-queue.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';
import { now, wireConnection, wireEvent } from './fixtures/wire-event.ts';
import { witness } from './fixtures/witness.ts';

const world = useQueueWorld({ isBusy: true });

const MINUTE = 60_000;
const connection = wireConnection('c1', { 8700: 'SUCCESS' });

describe.each([404, 410])('Q6 a queue that is gone (%i)', (code) => {
  it('once: one new subscription at once, the connections are read, and no failure is told', async () => {
    const server = new ScriptedQueue()
      .next(
        'poll',
        () => json([wireEvent('LIST_ACCOUNTS', connection)]),
        () => status(code),
      )
      .always('connection', () => json(connection));
    const poller = world.poller({ fetch: server.fetch });
    const { told, order } = witness(poller);
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
    expect(told.expired).toEqual([{ queueId: 'q1' }]);
    expect(told.gap.map(({ reason }) => reason)).toEqual(['expired']);
    expect(told.failure).toEqual([]);
    const own = order.filter((name) => /^(expired|gap|subscribed|reconciled)$/.test(name));
    expect(own).toEqual(['subscribed', 'expired', 'gap', 'subscribed', 'reconciled']);
  });

  it('twice in a row: backs off, is told, and one gap stands for both', async () => {
    const server = new ScriptedQueue().next(
      'poll',
      () => status(code),
      () => status(code),
    );
    const poller = world.poller({ fetch: server.fetch });
    const { told } = witness(poller);
    poller.start();
    await world.pass(0);
    expect(server.of('subscribe')).toHaveLength(2);
    expect(told.failure).toHaveLength(1);
    const [{ error, retryIn = 0 } = {}] = told.failure;
    expect(error).toMatchObject({ code: 'QUEUE_EXPIRED', details: { queueId: 'q2' } });

    await world.pass(retryIn - 1);
    expect(server.of('subscribe')).toHaveLength(2);
    await world.pass(1_000);

    expect(server.of('subscribe')).toHaveLength(3);
    expect(poller.queueId).toBe('q3');
    expect(told.gap).toHaveLength(1);
    expect(told.reconciled).toHaveLength(1);
  });

  it('always: an hour of it makes fewer than 130 queues', async () => {
    const server = new ScriptedQueue().always('poll', () => status(code));
    const poller = world.poller({ fetch: server.fetch });
    const { told } = witness(poller);
    poller.start();

    await world.pass(60 * MINUTE);

    expect(server.of('subscribe').length).toBeLessThan(130);
    expect(told.failure.at(-1)?.retryIn).toBeGreaterThanOrEqual(30_000);
  });

  it('of the sandbox, in the middle of a synchronisation: the end is found all the same', async () => {
    world.linxo.configure({ deadQueue: code as 404 | 410 });
    const { poller, id, told } = await world.begun();
    const outcome = poller.whenSynced(id, { after: now() });
    world.linxo.synchronise(id);
    await world.pass(15_000);

    world.linxo.killQueue();
    await world.pass(60_000);

    expect(told.subscribed).toHaveLength(2);
    expect(await outcome).toMatchObject({ result: 'success' });
  });
});

it('Q6 a 403 on a queue that has been read before is no expiry: it is told, and tried again', async () => {
  const server = new ScriptedQueue().next(
    'poll',
    () => status(204),
    () => status(403),
  );
  const poller = world.poller({ fetch: server.fetch });
  const { told } = witness(poller);
  poller.start();

  await world.pass(10_000);

  expect(told.failure[0]?.error).toMatchObject({ code: 'HTTP', details: { status: 403 } });
  expect(told.expired).toEqual([]);
  expect(poller.queueId).toBe('q1');
});

describe('Q5 Q6 paused, and so idle', () => {
  /** @param ms From the last query to the next. */
  async function idleFor(ms: number) {
    const { id } = world.linxo.addConnection();
    const poller = world.poller();
    const { told, order } = witness(poller);
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
    return { poller, queueId, told };
  }

  it('for 14:59: the queue is still good, and read on', async () => {
    const { poller, queueId, told } = await idleFor(14 * MINUTE + 59_000);

    expect(poller.queueId).toBe(queueId);
    expect(told.subscribed).toHaveLength(1);
    expect(told.gap).toEqual([]);
    expect(told.failure).toEqual([]);
  });

  it('for 15:01: it is known to be dead without asking, and replaced; the connections are read', async () => {
    const { poller, queueId, told } = await idleFor(15 * MINUTE + 1_000);

    expect(poller.queueId).not.toBe(queueId);
    expect(told.expired).toEqual([{ queueId }]);
    expect(told.subscribed).toHaveLength(2);
    expect(told.gap.map(({ reason }) => reason)).toEqual(['expired']);
    expect(told.reconciled).toHaveLength(2);
    expect(world.sandbox.log.filter(({ status }) => status === 404)).toEqual([]);
  });
});

it('Q5 a queue that nobody speaks to is kept alive for a week', async () => {
  const poller = world.poller();
  const { told } = witness(poller);
  poller.start();

  await world.pass(7 * 24 * 60 * MINUTE);

  expect(told.subscribed).toHaveLength(1);
  expect(told.expired).toEqual([]);
  expect(world.linxo.queues()).toHaveLength(1);
});
