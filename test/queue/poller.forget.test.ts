import { afterEach, describe, expect, it } from 'vitest';
import type { QueueEvent, QueuePoller } from '../../src/index.ts';
import { idsOf, recordEvents } from './fixtures/record-events.ts';
import { type Answer, hangs, json, ScriptedQueue, status } from './fixtures/scripted-queue.ts';
import { standInStorage } from './fixtures/stand-in-storage.ts';
import { StandInTabs } from './fixtures/stand-in-tabs.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';
import { manyEvents, wireConnection, wireEvent } from './fixtures/wire-event.ts';

const world = useQueueWorld();
const done = { done: true, value: undefined };
let tabs: StandInTabs | undefined;

afterEach(() => {
  tabs?.uninstall();
  tabs = undefined;
});

/** Three events about connections of the first user, in one answer. */
function eventsOfFirst(): QueueEvent[] {
  return ['a1', 'a2', 'a3'].map((id) =>
    wireEvent('SYNC_ALL_STARTED', wireConnection(id, { 8700: 'RUNNING' })),
  );
}

/** Logs the first user out, and the second one in, as a page may do in any handler. */
function changeUser(poller: QueuePoller): void {
  void poller.stop({ forget: true });
  poller.start().catch(() => {});
}

describe('Q8 Q10 forget: an event iterator', () => {
  async function reading() {
    const server = new ScriptedQueue().next('poll', () => json(manyEvents(3)));
    const poller = world.poller({ fetch: server.fetch });
    const reader = poller[Symbol.asyncIterator]();
    poller.start();
    await world.pass(100);
    return { poller, reader, server };
  }

  it('drops its buffered events, and ends', async () => {
    const { poller, reader } = await reading();
    expect((await reader.next()).value?.id).toBe('many-0');

    await poller.stop({ forget: true });

    expect(await reader.next()).toEqual(done);
    expect(await reader.next()).toEqual(done);
  });

  it('that waits for the next event ends', async () => {
    const { poller, reader } = await reading();
    for (let count = 0; count < 3; count += 1) await reader.next();
    const waiting = reader.next();

    await poller.stop({ forget: true });

    expect(await waiting).toEqual(done);
  });

  it('that waits gets no event of an answer if a handler logs out during its delivery', async () => {
    const { poller, reader, server } = await reading();
    for (let count = 0; count < 3; count += 1) await reader.next();
    const waiting = reader.next();
    server.next('poll', () => json(eventsOfFirst()));
    const ids: string[] = [];
    poller.on('*', ({ id }) => {
      ids.push(id);
      if (ids.length === 2) changeUser(poller);
    });
    poller.nudge();
    await world.pass(5_000);

    expect(ids).toHaveLength(2);
    expect(await waiting).toEqual(done);
  });

  it('drops unread events of an earlier session', async () => {
    const { poller, reader } = await reading();
    await poller.stop();
    await poller.start();

    await poller.stop({ forget: true });

    expect(await reader.next()).toEqual(done);
  });

  it('drops its events if a stopped poller is stopped again with forget', async () => {
    const { poller, reader } = await reading();
    await poller.stop();

    await poller.stop({ forget: true });

    expect(await reader.next()).toEqual(done);
  });

  it('drops its events and the error if a failed poller is stopped with forget', async () => {
    const { poller, reader, server } = await reading();
    server.always('poll', () => status(401));
    poller.nudge();
    await world.pass(5_000);
    expect(poller.status).toBe('failed');

    await poller.stop({ forget: true });

    expect(await reader.next()).toEqual(done);
  });

  it('ends if the poller was never started', async () => {
    const poller = world.poller();
    const reader = poller[Symbol.asyncIterator]();
    await poller.stop({ forget: true });
    expect(await reader.next()).toEqual(done);
  });
});

describe('Q8 forget: during the delivery of an answer', () => {
  it('the next user, who starts in the same turn, gets none of its events', async () => {
    const server = new ScriptedQueue().next('poll', () => json(eventsOfFirst()));
    const poller = world.poller({ fetch: server.fetch });
    const received: string[] = [];
    let readerOfSecond: AsyncIterator<QueueEvent> | undefined;
    const off = poller.on('SYNC_ALL_STARTED', () => {
      off();
      changeUser(poller);
      readerOfSecond = poller[Symbol.asyncIterator]();
      poller.on('*', ({ id }) => received.push(id));
      poller.on('connection', ({ connection }) => received.push(connection.id));
      poller.on('channel', ({ connectionId }) => received.push(connectionId));
      poller.on('poll', ({ events }) => received.push(`${events} events`));
    });
    poller.start();
    await world.pass(5_000);

    expect(received.filter((one) => one !== '0 events')).toEqual([]);
    expect([...poller.connections.keys()]).toEqual([]);
    expect(server.requests('connection')).toEqual([]);
    void poller.stop();
    expect(await readerOfSecond?.next()).toEqual(done);
  });

  it('later handlers of the same event are not called after a handler logs out', async () => {
    const server = new ScriptedQueue().next('poll', () => json(eventsOfFirst()));
    const poller = world.poller({ fetch: server.fetch });
    const received: string[] = [];
    poller.on('SYNC_ALL_STARTED', () => changeUser(poller));
    poller.on('SYNC_ALL_STARTED', ({ id }) => received.push(id));
    poller.on('*', ({ id }) => received.push(id));
    poller.start();
    await world.pass(5_000);

    expect(received).toEqual([]);
  });

  it('S0 the map of connections is empty, and the one that the page has got before is the page’s own', async () => {
    const server = new ScriptedQueue().next('poll', () => json(eventsOfFirst()));
    const poller = world.poller({ fetch: server.fetch });
    poller.start();
    await world.pass(100);
    const { connections } = poller;
    expect(connections.size).toBe(3);

    await poller.stop({ forget: true });

    expect([poller.connections.size, connections.size]).toEqual([0, 3]);
  });

  it('a start in the handler of the status stopped stays in effect', async () => {
    const storage = standInStorage();
    const server = new ScriptedQueue();
    const poller = world.poller({ fetch: server.fetch, storage });
    await poller.start();
    const off = poller.on('status', ({ status: is }) => {
      if (is !== 'stopped') return;
      off();
      poller.start();
      poller.track('b1');
    });

    await poller.stop({ forget: true });
    await world.pass(5_000);

    expect([poller.status, poller.queueId]).toEqual(['polling', 'q2']);
    expect(server.requests('connection').map(({ id }) => id)).toContain('b1');
    expect(storage.length).toBe(1);
  });

  it('a failure after it is not emitted', async () => {
    const server = new ScriptedQueue().always('connection', () => status(503));
    const poller = world.poller({ fetch: server.fetch });
    const failures: unknown[] = [];
    for (const id of ['a1', 'a2', 'a3']) poller.track(id);
    poller.on('failure', ({ error }) => {
      failures.push((error.details as { requestId: unknown }).requestId);
      changeUser(poller);
    });
    poller.start();
    await world.pass(30_000);

    expect(failures).toEqual(['a1']);
  });

  it('an ended session no longer changes the status', async () => {
    const server = new ScriptedQueue().next('poll', () => status(404));
    const poller = world.poller({ fetch: server.fetch });
    poller.on('expired', () => void poller.stop({ forget: true }));
    poller.start();
    await world.pass(30_000);

    expect(poller.status).toBe('stopped');
    expect(server.requests('subscribe')).toHaveLength(1);
  });
});

it('Q8 forget: the next user does not get the queue of the option queueId', async () => {
  const server = new ScriptedQueue();
  const poller = world.poller({ fetch: server.fetch, queueId: 'queue-of-first' });
  await poller.start();
  expect(poller.queueId).toBe('queue-of-first');
  await poller.stop({ forget: true });

  poller.start();
  await world.pass(100);

  expect(poller.queueId).toBe('q1');
  expect(server.requests('poll').map(({ id }) => id)).toEqual(['queue-of-first', 'q1']);
});

describe('Q7 Q8 forget: a Retry-After that the first user got does not delay the second', () => {
  const busy: Answer = () => status(503, { 'retry-after': '600' });

  it.each(['subscribe', 'poll', 'connection'] as const)('on %s', async (operation) => {
    const server = new ScriptedQueue().next(operation, busy);
    const poller = world.poller({ fetch: server.fetch });
    poller.track('c1');
    poller.start().catch(() => {});
    await world.pass(100);
    await poller.stop({ forget: true });
    const before = server.sent.length;

    poller.start();
    poller.track('c1');
    await world.pass(2_000);

    expect(server.sent.slice(before).map(({ operation: what }) => what)).toEqual(
      expect.arrayContaining(['subscribe', 'poll', 'connection']),
    );
  });

  it('if the user changes in the handler of reconciled', async () => {
    const server = new ScriptedQueue().next('connection', () => json(wireConnection('a1', {})), busy);
    const poller = world.poller({ fetch: server.fetch });
    poller.track('a1');
    poller.track('a2');
    const off = poller.on('reconciled', () => {
      off();
      changeUser(poller);
    });
    poller.start();
    await world.pass(1_500);

    expect(server.requests('subscribe')).toHaveLength(2);
    expect(server.requests('poll').filter(({ id }) => id === 'q2')).not.toEqual([]);
    expect(poller.nextPollIn).toBeLessThan(3_000);
  });

  it('if the user changes in the handler of expired', async () => {
    const gone: Answer = () => status(403, { 'retry-after': '600' });
    const server = new ScriptedQueue().next('poll', gone, gone);
    const poller = world.poller({ fetch: server.fetch, queueId: 'old' });
    let times = 0;
    poller.on('expired', () => {
      times += 1;
      if (times === 1) changeUser(poller);
    });
    poller.start();
    await world.pass(1_500);

    expect(times).toBe(1);
    expect(server.requests('poll').length).toBeGreaterThan(0);
    expect(poller.nextPollIn).toBeLessThan(700_000);
  });
});

it('T1 Q8 forget: a fixed token is forgotten, and the next start rejects and names the option', async () => {
  const server = new ScriptedQueue();
  const poller = world.poller({ fetch: server.fetch, accessToken: 'token-of-first' });
  await poller.start();
  await poller.stop({ forget: true });
  const before = server.sent.length;

  await expect(poller.start()).rejects.toMatchObject({
    code: 'INVALID_OPTIONS',
    details: { option: 'accessToken' },
  });

  expect(server.sent).toHaveLength(before);
});

it('T1 Q8 forget: a pending request for a token is aborted', async () => {
  let given: AbortSignal | undefined;
  const poller = world.poller({
    accessToken: ({ signal }) => {
      given = signal;
      return new Promise(() => {});
    },
  });
  poller.start().catch(() => {});
  await world.pass(100);
  expect(given?.aborted).toBe(false);

  await poller.stop({ forget: true });

  expect(given?.aborted).toBe(true);
});

it('Q8 forget: the static fields of RegExp contain nothing of an earlier match', async () => {
  const server = new ScriptedQueue();
  const poller = world.poller({ fetch: server.fetch, accessToken: 'token-of-first' });
  await poller.start();
  expect(/(token)-of-(first)/.test('a token-of-first here')).toBe(true);

  await poller.stop({ forget: true });

  const fields = ['input', 'lastMatch', 'lastParen', 'leftContext', 'rightContext', '$1', '$2'] as const;
  const left = fields.map((field) => (RegExp as unknown as Record<string, string>)[field]);
  expect(left).toEqual(fields.map(() => ''));
});

it('Q8 forget: nothing is written into the storage after it, even if it comes in a handler', async () => {
  const storage = standInStorage();
  const server = new ScriptedQueue().next('poll', () => json(eventsOfFirst()));
  const poller = world.poller({ fetch: server.fetch, storage });
  poller.on('SYNC_ALL_STARTED', () => void poller.stop({ forget: true }));
  poller.start();
  await world.pass(60_000);

  expect(storage.length).toBe(0);
});

describe('Q8 Q9 forget: among tabs', () => {
  const tab = async (server: ScriptedQueue) => {
    const poller = world.poller({ user: 'user-1', fetch: server.fetch });
    poller.start();
    await world.pass(10);
    return poller;
  };

  it('a tab that logs out during a read leaves a gap for the others', async () => {
    tabs = new StandInTabs();
    tabs.install();
    const server = new ScriptedQueue();
    const first = await tab(server);
    const second = await tab(server);
    await world.pass(60_000);
    const { emitted } = recordEvents(second);
    server.next('poll', hangs);
    first.nudge();
    await world.pass(1_500);

    await first.stop({ forget: true });
    await world.pass(5_000);

    expect(second.status).toBe('polling');
    expect(emitted.gap.map(({ reason }) => reason)).toEqual(['aborted']);
  });

  it('a stopped tab ignores a state that arrives late', async () => {
    tabs = new StandInTabs();
    tabs.install();
    const server = new ScriptedQueue().next('poll', () => json(eventsOfFirst()));
    await tab(server);
    const second = world.poller({ user: 'user-1', fetch: server.fetch });
    const { order } = recordEvents(second);
    second.start();
    await Promise.resolve();
    await Promise.resolve();
    await second.stop({ forget: true });
    const before = order.length;
    await world.pass(5_000);

    expect(order.slice(before)).toEqual([]);
    expect(second.getSnapshot()).toEqual({ status: 'stopped', queueId: undefined, connections: new Map() });
  });

  it('a tab of another user receives no messages and does not find the stored queue', async () => {
    tabs = new StandInTabs();
    tabs.install();
    const storage = standInStorage();
    const server = new ScriptedQueue().next('poll', () => json(eventsOfFirst()));
    const first = world.poller({ user: 'user-1', fetch: server.fetch, storage });
    const second = world.poller({ user: 'user-2', fetch: server.fetch, storage });
    first.start();
    await world.pass(100);
    const { events, emitted } = recordEvents(second);
    second.start();
    await world.pass(100);
    await first.stop({ forget: true });
    await world.pass(5_000);

    expect(idsOf(events)).toEqual([]);
    expect(emitted.resumed).toEqual([]);
    expect(second.connections.size).toBe(0);
    expect(storage.length).toBe(1);
  });
});

it('Q3 Q8 forget: whenSynced rejects although the synchronisation ended in the same answer', async () => {
  const server = new ScriptedQueue();
  const poller = world.poller({ fetch: server.fetch });
  poller.track('a1');
  await Promise.all([poller.start(), world.pass(100)]);
  const outcome = poller.whenSynced('a1', { after: 1 }).catch((error: unknown) => error);
  await world.pass(100);
  poller.on('LIST_ACCOUNTS', () => changeUser(poller));
  const resource = wireConnection('a1', { 8700: 'SUCCESS' });
  server.next('poll', () =>
    json([wireEvent('SYNC_ALL_SUCCESS', resource), wireEvent('LIST_ACCOUNTS', resource)]),
  );
  poller.nudge();
  await world.pass(5_000);

  expect(await outcome).toMatchObject({ code: 'DISPOSED' });
});

it('Q8 forget: the next user is not paused', async () => {
  const poller = world.poller({ fetch: new ScriptedQueue().fetch });
  await poller.start();
  poller.pause();
  await poller.stop({ forget: true });

  poller.start();
  await world.pass(100);

  expect(poller.status).toBe('polling');
});

describe('Q8 forget: a start for the next user in the abort of a request', () => {
  it.each(['its token', 'its answer'])('that waits for %s stays in effect', async (what) => {
    const server = new ScriptedQueue();
    let user = 'A';
    const next = (): void => {
      user = 'B';
      poller.start();
      synced = poller.whenSynced('b1').catch((error: unknown) => error);
    };
    const hang = (signal: AbortSignal): Promise<never> => {
      signal.addEventListener('abort', next);
      return new Promise(() => {});
    };
    let synced: Promise<unknown> | undefined;
    const fetch = (async (address, init) => {
      const isHeld = user === 'A' && what === 'its answer';
      return isHeld ? hang(init?.signal as AbortSignal) : server.fetch(address as string, init);
    }) as typeof globalThis.fetch;
    const poller = world.poller({
      fetch,
      accessToken: ({ signal }) => (user === 'A' && what === 'its token' ? hang(signal) : user),
    });
    poller.start().catch(() => {});
    await world.pass(100);

    const statuses: string[] = [];
    poller.on('status', ({ status: is }) => statuses.push(is));
    await poller.stop({ forget: true });
    await world.pass(1_000);

    expect(statuses).toEqual(['stopped', 'subscribing', 'polling']);
    expect(await Promise.race([synced, 'still waits'])).toBe('still waits');
  });
});
