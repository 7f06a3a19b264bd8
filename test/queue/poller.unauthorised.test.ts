import { describe, expect, it, vi } from 'vitest';
import { recordEvents } from './fixtures/record-events.ts';
import { type Answer, json, ScriptedQueue, status } from './fixtures/scripted-queue.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';
import { wireConnection } from './fixtures/wire-event.ts';

const world = useQueueWorld();

/** Answers 401 to any other token. */
function only(good: string, answer: Answer): Answer {
  return (sent) => (sent.token === good ? answer(sent) : status(401));
}

/** Returns t1 until the first rejection, then t2, t3, …, one for each rejection. */
function tokens() {
  let count = 1;
  const rejections: (string | undefined)[] = [];
  const accessToken = vi.fn(({ rejected }: { rejected: string | undefined }) => {
    rejections.push(rejected);
    if (rejected !== undefined) count += 1;
    return `t${count}`;
  });
  return { accessToken, rejections };
}

const IDS = ['c1', 'c2', 'c3', 'c4', 'c5'];
const connection: Answer = ({ id }) => json(wireConnection(id, { 8700: 'SUCCESS' }));

describe('Q7 T2 five connections are read at the same time with a stale token', () => {
  it('one refresh serves all, each is replayed once, and no failure is emitted', async () => {
    const server = new ScriptedQueue().always('connection', only('t2', connection));
    const { accessToken, rejections } = tokens();
    const { poller, emitted } = world.recordedPoller({ fetch: server.fetch, accessToken });
    for (const id of IDS) poller.track(id);

    poller.start();
    await world.pass(0);

    expect(server.requests('connection').map(({ id, token }) => `${id} ${token}`)).toEqual([
      ...IDS.map((id) => `${id} t1`),
      ...IDS.map((id) => `${id} t2`),
    ]);
    expect(rejections.filter((rejected) => rejected !== undefined)).toEqual(['t1']);
    expect([...poller.connections.keys()]).toEqual(IDS);
    expect(emitted.failure).toEqual([]);
    expect(emitted.gap).toEqual([]);
  });

  it('a late 401 uses the token that is already fresh', async () => {
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const server = new ScriptedQueue().always('connection', async (sent) => {
      if (sent.token === 't1' && sent.id === 'c5') await released;
      return only('t2', connection)(sent);
    });
    const { accessToken, rejections } = tokens();
    const poller = world.poller({ fetch: server.fetch, accessToken });
    for (const id of IDS) poller.track(id);
    poller.start();
    await world.pass(0);
    expect(poller.connections.size).toBe(4);

    release();
    await world.pass(0);

    expect(poller.connections.size).toBe(5);
    expect(rejections.filter((rejected) => rejected !== undefined)).toEqual(['t1']);
  });

  it('no more than five are read at the same time', async () => {
    let inFlight = 0;
    let most = 0;
    const server = new ScriptedQueue().always('connection', async (sent) => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await new Promise((resolve) => setTimeout(resolve, 10));
      inFlight -= 1;
      return connection(sent);
    });
    const poller = world.poller({ fetch: server.fetch });
    for (let number = 1; number <= 23; number += 1) poller.track(`c${number}`);

    poller.start();
    await world.pass(100);

    expect(poller.connections.size).toBe(23);
    expect(most).toBe(5);
  });
});

describe('Q7 a 401 after the refresh is the end', () => {
  it.each(['subscribe', 'poll', 'connection'] as const)(
    'on %s: UNAUTHORIZED, and nothing more is sent',
    async (operation) => {
      const server = new ScriptedQueue().always(operation, () => status(401));
      const { accessToken, rejections } = tokens();
      const { poller, emitted } = world.recordedPoller({ fetch: server.fetch, accessToken });
      poller.track('c1');
      const started = poller.start();
      started.catch(() => {});

      await world.pass(0);

      expect(server.requests(operation).map(({ token }) => token)).toEqual(['t1', 't2']);
      expect(rejections.filter((rejected) => rejected !== undefined)).toEqual(['t1']);
      expect(emitted.failure).toHaveLength(1);
      expect(emitted.failure[0]).toMatchObject({
        error: { code: 'UNAUTHORIZED', details: { type: operation, status: 401 } },
        retryIn: undefined,
      });
      expect(poller.status).toBe('failed');
      if (operation === 'subscribe') await expect(started).rejects.toBe(emitted.failure[0]?.error);
      const { length } = server.sent;
      await world.pass(3_600_000);
      expect(server.sent).toHaveLength(length);
    },
  );

  it('with a fixed token, after one request', async () => {
    const server = new ScriptedQueue().always('poll', () => status(401));
    const { poller, emitted } = world.recordedPoller({ fetch: server.fetch, accessToken: 'fixed' });
    poller.start();

    await world.pass(60_000);

    expect(emitted.failure.map(({ error }) => error.code)).toEqual(['UNAUTHORIZED']);
    expect(server.requests('poll')).toHaveLength(1);
    expect(poller.status).toBe('failed');
  });

  it('until the next start, which requests a token again', async () => {
    const server = new ScriptedQueue().next(
      'subscribe',
      () => status(401),
      () => status(401),
    );
    const { accessToken } = tokens();
    const poller = world.poller({ fetch: server.fetch, accessToken });
    const first = poller.start().catch((error: unknown) => error);
    await world.pass(0);
    expect(await first).toMatchObject({ code: 'UNAUTHORIZED' });

    const second = poller.start();
    await world.pass(2_000);

    await second;
    expect(poller.status).toBe('polling');
  });
});

describe('Q7 a refresh', () => {
  it('that hangs is a failure with the request’s timeout, is retried, and causes no gap', async () => {
    const server = new ScriptedQueue().always(
      'poll',
      only('t2', () => status(204)),
    );
    const signals: AbortSignal[] = [];
    let isHanging = true;
    const poller = world.poller({
      fetch: server.fetch,
      timeout: 5_000,
      accessToken: ({ rejected, signal }) => {
        if (rejected === undefined) return 't1';
        signals.push(signal);
        return isHanging ? new Promise<string>(() => {}) : 't2';
      },
    });
    const { emitted } = recordEvents(poller);
    const started = poller.start();

    await world.pass(5_000);

    expect(emitted.failure).toHaveLength(1);
    expect(emitted.failure[0]?.error).toMatchObject({
      code: 'TIMEOUT',
      details: { type: 'poll', timeout: 5_000, elapsed: 5_000 },
    });
    expect(signals[0]?.aborted).toBe(true);
    expect(poller.status).toBe('polling');
    isHanging = false;
    await world.pass(5_000);
    await started;
    expect(emitted.poll).not.toEqual([]);
    expect(emitted.gap).toEqual([]);
  });

  it('that fails is a failure without its message, is retried, and causes no gap', async () => {
    const server = new ScriptedQueue().always(
      'poll',
      only('t2', () => status(204)),
    );
    let failures = 0;
    const poller = world.poller({
      fetch: server.fetch,
      accessToken: ({ rejected }) => {
        if (rejected === undefined) return 't1';
        failures += 1;
        if (failures > 2) return 't2';
        throw new Error(`no token instead of ${rejected}`);
      },
    });
    const { emitted } = recordEvents(poller);
    const started = poller.start();

    await world.pass(30_000);
    await started;

    expect(emitted.failure.map(({ error }) => error.code)).toEqual(['NETWORK', 'NETWORK']);
    expect(emitted.failure[0]?.error.cause).toMatchObject({
      message: expect.not.stringContaining('no token'),
    });
    expect(emitted.gap).toEqual([]);
  });

  it('of a token that is stale in the sandbox lets the synchronisation be followed to its end', async () => {
    const { poller, id, emitted } = await world.startedPoller();
    const outcome = poller.whenSynced(id, { after: Date.now() / 1000 });
    world.sandbox.fault({ server: 'linxo', kind: 'stale-token', probability: 0.3 });

    world.linxo.synchronise(id);
    await world.pass(20_000);
    world.sandbox.clearFaults();
    await world.pass(40_000);

    expect(emitted.failure).toEqual([]);
    expect(await outcome).toMatchObject({ result: 'success' });
  });
});
