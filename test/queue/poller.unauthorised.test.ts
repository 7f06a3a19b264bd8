import { describe, expect, it, vi } from 'vitest';
import { type Answer, json, ScriptedQueue, status } from './fixtures/scripted-queue.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';
import { wireConnection } from './fixtures/wire-event.ts';
import { witness } from './fixtures/witness.ts';

const world = useQueueWorld();

/** Takes one token alone. */
function only(good: string, answer: Answer): Answer {
  return (sent) => (sent.token === good ? answer(sent) : status(401));
}

/** Gives t1, t2, … one for each rejection, and t1 until the first. */
function tokens() {
  let count = 1;
  const asked: (string | undefined)[] = [];
  const accessToken = vi.fn(({ rejected }: { rejected: string | undefined }) => {
    asked.push(rejected);
    if (rejected !== undefined) count += 1;
    return `t${count}`;
  });
  return { accessToken, asked };
}

const IDS = ['c1', 'c2', 'c3', 'c4', 'c5'];
const connection: Answer = ({ id }) => json(wireConnection(id, { 8700: 'SUCCESS' }));

describe('Q7 T2 five connections are read at once, and the token is stale', () => {
  it('one refresh serves all, each is replayed once, and nobody hears of it', async () => {
    const server = new ScriptedQueue().always('connection', only('t2', connection));
    const { accessToken, asked } = tokens();
    const poller = world.poller({ fetch: server.fetch, accessToken });
    const { told } = witness(poller);
    for (const id of IDS) poller.track(id);

    poller.start();
    await world.pass(0);

    expect(server.of('connection').map(({ id, token }) => `${id} ${token}`)).toEqual([
      ...IDS.map((id) => `${id} t1`),
      ...IDS.map((id) => `${id} t2`),
    ]);
    expect(asked.filter((rejected) => rejected !== undefined)).toEqual(['t1']);
    expect([...poller.connections.keys()]).toEqual(IDS);
    expect(told.failure).toEqual([]);
    expect(told.gap).toEqual([]);
  });

  it('a 401 that comes late takes the token that is fresh already', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const server = new ScriptedQueue().always('connection', async (sent) => {
      if (sent.token === 't1' && sent.id === 'c5') await held;
      return only('t2', connection)(sent);
    });
    const { accessToken, asked } = tokens();
    const poller = world.poller({ fetch: server.fetch, accessToken });
    for (const id of IDS) poller.track(id);
    poller.start();
    await world.pass(0);
    expect(poller.connections.size).toBe(4);

    release();
    await world.pass(0);

    expect(poller.connections.size).toBe(5);
    expect(asked.filter((rejected) => rejected !== undefined)).toEqual(['t1']);
  });

  it('no more than five are read at once', async () => {
    let underWay = 0;
    let most = 0;
    const server = new ScriptedQueue().always('connection', async (sent) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setTimeout(resolve, 10));
      underWay -= 1;
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
    'on %s: UNAUTHORIZED, and nothing is sent any more',
    async (operation) => {
      const server = new ScriptedQueue().always(operation, () => status(401));
      const { accessToken, asked } = tokens();
      const poller = world.poller({ fetch: server.fetch, accessToken });
      const { told } = witness(poller);
      poller.track('c1');
      const started = poller.start();
      started.catch(() => {});

      await world.pass(0);

      expect(server.of(operation).map(({ token }) => token)).toEqual(['t1', 't2']);
      expect(asked.filter((rejected) => rejected !== undefined)).toEqual(['t1']);
      expect(told.failure).toHaveLength(1);
      expect(told.failure[0]).toMatchObject({
        error: { code: 'UNAUTHORIZED', details: { type: operation, status: 401 } },
        retryIn: undefined,
      });
      expect(poller.status).toBe('failed');
      if (operation === 'subscribe') await expect(started).rejects.toBe(told.failure[0]?.error);
      const { length } = server.sent;
      await world.pass(3_600_000);
      expect(server.sent).toHaveLength(length);
    },
  );

  it('a fixed token has no other to offer: one request, and the end', async () => {
    const server = new ScriptedQueue().always('poll', () => status(401));
    const poller = world.poller({ fetch: server.fetch, accessToken: 'fixed' });
    const { told } = witness(poller);
    poller.start();

    await world.pass(60_000);

    expect(told.failure.map(({ error }) => error.code)).toEqual(['UNAUTHORIZED']);
    expect(server.of('poll')).toHaveLength(1);
    expect(poller.status).toBe('failed');
  });

  it('a start after it asks for a token again', async () => {
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
  it('that hangs ends with the request’s timeout, is told, and tried again; no events can be lost by it', async () => {
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
    const { told } = witness(poller);
    const started = poller.start();

    await world.pass(5_000);

    expect(told.failure).toHaveLength(1);
    expect(told.failure[0]?.error).toMatchObject({
      code: 'TIMEOUT',
      details: { type: 'poll', timeout: 5_000, elapsed: 5_000 },
    });
    expect(signals[0]?.aborted).toBe(true);
    expect(poller.status).toBe('polling');
    isHanging = false;
    await world.pass(5_000);
    await started;
    expect(told.poll).not.toEqual([]);
    expect(told.gap).toEqual([]);
  });

  it('that fails is told without its words, and tried again; no events can be lost by it', async () => {
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
    const { told } = witness(poller);
    const started = poller.start();

    await world.pass(30_000);
    await started;

    expect(told.failure.map(({ error }) => error.code)).toEqual(['NETWORK', 'NETWORK']);
    expect(told.failure[0]?.error.cause).toMatchObject({ message: expect.not.stringContaining('no token') });
    expect(told.gap).toEqual([]);
  });

  it('a token that is stale at the sandbox is replaced, and the synchronisation is followed to its end', async () => {
    const { poller, id, told } = await world.begun();
    const outcome = poller.whenSynced(id, { after: Date.now() / 1000 });
    world.sandbox.fault({ server: 'linxo', kind: 'stale-token', probability: 0.3 });

    world.linxo.synchronise(id);
    await world.pass(20_000);
    world.sandbox.clearFaults();
    await world.pass(40_000);

    expect(told.failure).toEqual([]);
    expect(await outcome).toMatchObject({ result: 'success' });
  });
});
