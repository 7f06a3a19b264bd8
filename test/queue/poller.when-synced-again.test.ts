import { describe, expect, it } from 'vitest';
import type { Connection, SyncOutcome } from '../../src/index.ts';
import { json, ScriptedQueue } from './fixtures/scripted-queue.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';
import { now, wireConnection, wireEvent } from './fixtures/wire-event.ts';

const world = useQueueWorld();
const { setTimeout: realTimeout } = globalThis;

/** A task of the page's own, by the real clock. */
function realTask(): Promise<void> {
  return new Promise((resolve) => {
    realTimeout(resolve, 1);
  });
}

/** A poller that follows a connection of a scripted server. */
function followed(first: Connection) {
  let latest = first;
  const server = new ScriptedQueue().always('connection', () => json(latest));
  const poller = world.poller({ fetch: server.fetch });
  const become = async (next: Connection, event = 'LIST_ACCOUNTS'): Promise<void> => {
    latest = next;
    server.next('poll', () => json([wireEvent(event, next)]));
    poller.nudge();
    await world.pass(3_000);
  };
  return { poller, server, become };
}

async function after5s<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  await world.pass(5_000);
  return Promise.race([
    promise,
    Promise.resolve().then(() => Promise.reject(new Error('It still waits'))),
  ]) as Promise<T>;
}

/** What a loop over `whenSynced` gets, each call with the outcome of the one before. */
function loop(poller: ReturnType<typeof followed>['poller']): SyncOutcome[] {
  const outcomes: SyncOutcome[] = [];
  const run = async (): Promise<void> => {
    for (let after: SyncOutcome | undefined; outcomes.length < 100; ) {
      after = await poller.whenSynced('c1', { after });
      outcomes.push(after);
    }
  };
  run().catch(() => {});
  return outcomes;
}

const ended = (seconds: number, is = 'SUCCESS'): Connection =>
  wireConnection('c1', {
    8700: { status: is, last_end_date: seconds },
    8701: { status: 'SUCCESS', last_end_date: seconds },
  });
const failed = (seconds: number): Connection => ({ ...ended(seconds), status: 'FAILED' });
const running = wireConnection('c1', { 8700: 'RUNNING', 8701: 'SUCCESS' });

describe('Q3 whenSynced with the outcome of the last call', () => {
  it('waits for another, so that a loop gets each synchronisation once', async () => {
    const { poller, become } = followed(ended(now() - 60));
    const outcomes = loop(poller);
    poller.start();
    await world.pass(5_000);
    expect(outcomes.map(({ result }) => result)).toEqual(['success']);

    await become(running, 'SYNC_ALL_STARTED');
    await world.pass(60_000);
    expect(outcomes).toHaveLength(1);
    await become(ended(now(), 'PARTIAL_SUCCESS'));
    expect(outcomes.map(({ result }) => result)).toEqual(['success', 'partial']);
    await become(running, 'SYNC_ALL_STARTED');
    await become(ended(now(), 'PARTIAL_SUCCESS'));
    await world.pass(7_200_000);
    expect(outcomes.map(({ result }) => result)).toEqual(['success', 'partial', 'partial']);
  });

  it('gets another although its beginning was not seen', async () => {
    const { poller, become } = followed(ended(now() - 60));
    const outcomes = loop(poller);
    poller.start();
    await world.pass(5_000);
    await become(ended(now()));
    expect(outcomes.map(({ result }) => result)).toEqual(['success', 'success']);
  });

  it('without any dates: a synchronisation that was seen to run', async () => {
    const { poller, become } = followed(wireConnection('c1', { 8700: 'SUCCESS' }, { status: 'SUCCESS' }));
    const outcomes = loop(poller);
    poller.start();
    await world.pass(7_200_000);
    expect(outcomes).toHaveLength(1);
    await become(wireConnection('c1', { 8700: 'RUNNING' }));
    await become(wireConnection('c1', { 8700: 'SUCCESS' }));
    expect(outcomes).toHaveLength(2);
  });

  it.each<[string, boolean]>([
    ['both seen', true],
    ['its beginning not seen', false],
  ])('that ended a few seconds after the last one, before the page asked: %s', async (_what, isSeen) => {
    const end = now();
    const { poller, become } = followed(failed(end));
    poller.start();
    const first = await after5s(poller.whenSynced('c1'));
    if (isSeen) await become(running, 'SYNC_ALL_STARTED');
    await become(failed(end + 3));
    // As a store would have it.
    for (const after of [first, structuredClone(first)]) {
      const second = await after5s(poller.whenSynced('c1', { after }));
      expect(second.result).toBe('failed');
      expect(second.syncId).not.toBe(first.syncId);
    }
  });

  it('that ended a few seconds after the last one, and only a reading has shown it', async () => {
    const end = now();
    const { poller, server } = followed(failed(end));
    poller.start();
    const first = await after5s(poller.whenSynced('c1'));
    server.always('connection', () => json(failed(end + 3)));
    const again = poller.whenSynced('c1', { after: first });
    await world.pass(7_200_000);
    expect(await again).toMatchObject({ result: 'failed', source: 'reconcile' });
  });

  it('not again where only the date of its end has come later, by the server’s clock', async () => {
    const undated = wireConnection('c1', { 8700: 'SUCCESS', 8701: 'SUCCESS' });
    const { poller, become } = followed(running);
    const outcomes = loop(poller);
    poller.start();
    await world.pass(5_000);
    await become(undated, 'SYNC_ALL_SUCCESS');
    await become(ended(now()));
    await become(ended(now() - 6));
    expect(outcomes).toHaveLength(1);
  });

  it('not again where the server says the ends of its channels one by one', async () => {
    const start = now();
    const { poller, become } = followed(ended(start - 60));
    const outcomes = loop(poller);
    poller.start();
    await world.pass(5_000);
    const channels = (second: number) => ({
      8700: { status: 'SUCCESS', last_end_date: start },
      8701: { status: 'SUCCESS', last_end_date: second },
    });
    await become(wireConnection('c1', channels(start - 60)));
    expect(outcomes).toHaveLength(2);
    await become(wireConnection('c1', channels(start + 3)));
    expect(outcomes).toHaveLength(2);
  });

  it('an action is told once, then what comes after the user’s answer', async () => {
    const asked = wireConnection('c1', { 8700: 'CHALLENGE_REQUIRED', 8701: 'RUNNING' });
    const { poller, become } = followed(asked);
    const outcomes = loop(poller);
    poller.start();
    await world.pass(60_000);
    expect(outcomes.map(({ result }) => result)).toEqual(['action']);
    // The other channel ends meanwhile: the user still has to do the same.
    await become(wireConnection('c1', { 8700: 'CHALLENGE_REQUIRED', 8701: 'SUCCESS' }));
    expect(outcomes).toHaveLength(1);
    await become(running);
    await become(ended(now()));
    expect(outcomes.map(({ result }) => result)).toEqual(['action', 'success']);
  });

  it('the same action again, after another attempt, is another outcome', async () => {
    const { poller, become } = followed(wireConnection('c1', { 8700: 'AUTH_FAILED' }));
    const outcomes = loop(poller);
    poller.start();
    await world.pass(5_000);
    await become(wireConnection('c1', { 8700: 'RUNNING' }));
    await become(wireConnection('c1', { 8700: 'AUTH_FAILED' }));
    expect(outcomes.map(({ result }) => result)).toEqual(['action', 'action']);
    expect(outcomes[1]?.action?.since).toBeGreaterThan(outcomes[0]?.action?.since ?? 0);
  });

  it.each([
    ['a string', 'success'],
    ['an object that is no outcome', { result: 'success' }],
    ['an outcome as JSON', JSON.parse('{"result":"success","connection":{"channels":{}}}')],
    ['NaN', Number.NaN],
    ['null', null],
  ])('S4 %s is INVALID_CALL', async (_what, after) => {
    const { poller } = followed(running);
    await expect(poller.whenSynced('c1', { after: after as never })).rejects.toMatchObject({
      code: 'INVALID_CALL',
      message: expect.stringContaining('unix seconds, or the outcome of an earlier call'),
    });
  });
});

describe('Q3 whenSynced again and again without it', () => {
  async function known(poller: ReturnType<typeof followed>['poller']): Promise<void> {
    poller.track('c1');
    poller.start();
    await world.pass(0);
  }

  it('lets the page live', async () => {
    const { poller } = followed(ended(now() - 60));
    await known(poller);
    let calls = 0;
    let isOver = false;
    const run = async (): Promise<void> => {
      while (!isOver) {
        await poller.whenSynced('c1');
        calls += 1;
        if (calls > 10_000) throw new Error('The page stands still');
      }
    };
    const ran = run();
    await realTask();
    isOver = true;
    await ran;
    expect(calls).toBeGreaterThan(1);
  });

  it('the first is answered at once, in the same task', async () => {
    const { poller } = followed(ended(now() - 60));
    await known(poller);
    let outcome: SyncOutcome | undefined;
    poller.whenSynced('c1').then((given) => {
      outcome = given;
    });
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    expect(outcome?.result).toBe('success');
  });

  it.each(['stopped', 'failed'])('Q8 gets what is known also of a poller that has %s', async (status) => {
    const { poller, server } = followed(ended(now() - 60));
    await known(poller);
    if (status === 'failed') {
      server.always('poll', () => new Response(null, { status: 401 }));
      poller.nudge();
      await world.pass(2_000);
    } else await poller.stop();
    expect(poller.status).toBe(status);
    for (let times = 0; times < 3; times += 1)
      expect(await poller.whenSynced('c1')).toMatchObject({ result: 'success' });
  });

  it('Q8 a wait of the next user never gets what was known of the last one', async () => {
    const { poller, server, become } = followed(ended(now() - 60));
    await known(poller);
    await poller.whenSynced('c1');
    server.next('connection', () => json(running));
    const again = poller.whenSynced('c1');
    again.catch(() => {});
    poller.stop({ forget: true });
    poller.start();
    const ofNext = poller.whenSynced('c1');
    let outcome: SyncOutcome | undefined;
    ofNext.then((given) => {
      outcome = given;
    });
    await expect(again).rejects.toMatchObject({ code: 'DISPOSED' });
    await world.pass(1_000);
    expect(outcome).toBeUndefined();
    await become(ended(now(), 'PARTIAL_SUCCESS'));
    expect(await ofNext).toMatchObject({ result: 'partial' });
  });

  it('Q5 requests no poll, and no other tab is asked for one', async () => {
    const { poller, server } = followed(ended(now() - 60));
    await known(poller);
    await world.pass(60_000);
    const before = server.sent.length;
    for (let times = 0; times < 50; times += 1) await poller.whenSynced('c1');
    await world.pass(5_000);
    expect(server.sent).toHaveLength(before);
  });
});
