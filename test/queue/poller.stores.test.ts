import { reactive } from '@vue/reactivity';
import { freeze, produce } from 'immer';
import { observable } from 'mobx';
import { snapshot, proxy as valtio } from 'valtio/vanilla';
import { describe, expect, it, vi } from 'vitest';
import { QueuePoller, type QueuePollerOptions, type QueueSnapshot } from '../../src/index.ts';
import { observeLife } from '../../src/monitoring.ts';
import { browserSignal } from '../fixtures/browser-signal.ts';
import { deepFreeze } from '../fixtures/deep-freeze.ts';
import { stores, storesOfPlainObjects } from '../fixtures/stores.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const world = useQueueWorld();

describe.each(stores)('S0 a poller in %s', (_, store) => {
  it('polls, tells and stops', async () => {
    const { id } = world.linxo.addConnection();
    const raw = world.poller();
    const poller = store(raw);
    const told: string[] = [];
    let changes = 0;
    poller.on('connection', ({ connection }) => told.push(connection.status));
    poller.subscribe(() => {
      changes += 1;
    });
    poller.start().catch(() => {});
    poller.track(id);
    await world.pass(1_000);
    world.linxo.synchronise(id);
    poller.nudge();
    const synced = poller.whenSynced(id, { timeout: 120_000 });
    await world.pass(60_000);

    expect((await synced).result).toBe('success');
    expect(told.at(-1)).toBe('SUCCESS');
    expect(changes).toBeGreaterThan(2);
    expect(poller.status).toBe('polling');
    expect(poller.queueId).toBe(raw.queueId);
    expect(poller.queueId).toBeTypeOf('string');
    expect(poller.nextPollIn).toBeTypeOf('number');
    expect([...poller.connections.keys()]).toEqual([id]);
    expect(poller.connections.get(id)?.status).toBe('SUCCESS');
    expect(poller.getSnapshot().connections.get(id)?.channels.size).toBe(2);

    poller.pause();
    expect(poller.status).toBe('paused');
    poller.resume();
    const stopped = poller.stop();
    await world.pass(0);
    await stopped;
    expect(raw.status).toBe('stopped');
  });

  it('is read by for await', async () => {
    const { id } = world.linxo.addConnection();
    const poller = store(world.poller());
    const read: string[] = [];
    const loop = (async () => {
      for await (const { event_type } of poller) read.push(event_type);
    })();
    poller.start().catch(() => {});
    await world.pass(1_000);
    world.linxo.synchronise(id);
    poller.nudge();
    await world.pass(60_000);
    const disposed = poller[Symbol.asyncDispose]();
    await world.pass(0);
    await disposed;
    await loop;

    expect(read).toContain('SYNC_ALL_SUCCESS');
  });

  it('is read by a loop that is in the store itself', async () => {
    const { id } = world.linxo.addConnection();
    const poller = world.poller();
    const loop = store(poller[Symbol.asyncIterator]());
    poller.start().catch(() => {});
    await world.pass(1_000);
    world.linxo.synchronise(id);
    await world.pass(60_000);

    expect((await loop.next()).value).toHaveProperty('event_type');
    expect(loop[Symbol.asyncIterator]()).toHaveProperty('next');
    await loop.return?.();
    expect(await loop.next()).toEqual({ done: true, value: undefined });
  });

  it('is observed', async () => {
    const { id } = world.linxo.addConnection();
    const poller = store(world.poller());
    const kinds = new Set<string>();
    const stop = observeLife(undefined, poller, ({ kind }) => kinds.add(kind));
    poller.start().catch(() => {});
    poller.track(id);
    await world.pass(5_000);
    stop();

    expect([...kinds]).toEqual(expect.arrayContaining(['queue.status', 'queue.poll', 'queue.connection']));
  });
});

describe('S0 a class of the page that extends the poller', () => {
  class Mine extends QueuePoller {
    #nudges = 0;
    override nudge(): void {
      this.#nudges += 1;
      super.nudge();
    }
    override get status(): QueuePoller['status'] {
      return this.#nudges > 1 ? 'failed' : super.status;
    }
    get nudges(): number {
      return this.#nudges;
    }
  }
  const options = { baseUrl: 'https://bank.example', accessToken: false, storage: false } as const;

  it('keeps its private fields and its overrides behind a proxy', () => {
    const poller = reactive(new Mine(options)) as Mine;
    poller.nudge();
    expect([poller.nudges, poller.status]).toEqual([1, 'idle']);
    poller.nudge();
    expect([poller.nudges, poller.status]).toEqual([2, 'failed']);
  });

  it('is spied on like any other', () => {
    const poller = new Mine(options);
    const spy = vi.spyOn(poller, 'nudge').mockImplementation(() => {});
    new Proxy(poller, {}).nudge();
    expect(spy).toHaveBeenCalledTimes(1);
    expect(poller.nudges).toBe(0);
    spy.mockRestore();
    poller.nudge();
    expect(poller.nudges).toBe(1);
  });
});

/** Puts what a poller hands out into a frozen state with each event, while connections change. */
async function followed(keep: (given: object) => void): Promise<string[]> {
  const { poller, id } = await world.startedPoller();
  const told: string[] = [];
  const types = ['status', 'subscribed', 'poll', 'gap', 'reconciled', 'connection', 'channel', '*'] as const;
  for (const type of types) poller.on(type, (event: object) => keep(event));
  poller.on('failure', keep);
  poller.subscribe(() => {
    keep(poller.getSnapshot());
    keep(poller.connections);
  });
  poller.on('connection', ({ connection }) => told.push(connection.status));
  keep(poller.connections);
  keep(poller.getSnapshot());
  poller.track(id);
  await world.pass(1_000);
  for (const _ of [1, 2]) {
    world.linxo.synchronise(id);
    poller.nudge();
    const { connection } = await Promise.race([
      poller.whenSynced(id),
      world.pass(60_000).then(() => ({ connection: undefined })),
    ]);
    if (connection) keep(connection);
    const other = world.linxo.addConnection();
    poller.track(other.id);
    await world.pass(5_000);
    expect(poller.connections.get(other.id)?.status).toBe('NONE');
    await world.pass(60_000);
  }
  expect(poller.status).toBe('polling');
  expect(poller.connections.get(id)?.status).toBe('SUCCESS');
  expect(poller.connections.size).toBe(3);
  const { length } = told;
  const forgotten = poller.stop({ forget: true });
  await world.pass(0);
  await forgotten;
  expect(poller.connections.size).toBe(0);
  expect(told).toHaveLength(length);
  return told;
}

describe('S0 what a poller hands out may be frozen', () => {
  it('by nobody: what the others are compared with', async () => {
    const told = await followed(() => {});

    expect(told.filter((status) => status === 'SUCCESS').length).toBeGreaterThan(0);
  });

  it('by Object.freeze of all that is in it', async () => {
    expect((await followed(deepFreeze)).length).toBeGreaterThan(3);
  });

  it('by Immer, which replaces the functions of maps that it freezes', async () => {
    expect((await followed((given) => void freeze(given, true))).length).toBeGreaterThan(3);
  });

  it('by Immer’s produce', async () => {
    let state: Record<string, unknown> = {};
    const told = await followed((given) => {
      state = produce(state, (draft) => {
        draft['given'] = given;
      });
    });

    expect(told.length).toBeGreaterThan(3);
  });

  it.each([
    ['emptied', (map: Map<unknown, unknown>) => map.clear()],
    ['filled', (map: Map<unknown, unknown>) => map.set('other', {})],
  ])('and a map that is %s changes nothing inside', async (_, change) => {
    const { poller, id } = await world.startedPoller();
    poller.track(id);
    await world.pass(5_000);
    const states: QueueSnapshot['connections'][] = [poller.connections, poller.getSnapshot().connections];
    for (const state of states) change(state as Map<unknown, unknown>);
    world.linxo.synchronise(id);
    poller.nudge();
    await world.pass(60_000);

    expect([...poller.connections.keys()]).toEqual([id]);
    expect(poller.connections.get(id)?.status).toBe('SUCCESS');
  });
});

describe('S0 a store that copies an instance', () => {
  it('has its functions and values: Valtio’s snapshot', () => {
    const state = valtio({ poller: world.poller() });
    const copy = snapshot(state);

    expect(copy.poller.status).toBe('idle');
    expect(copy.poller.getSnapshot().status).toBe('idle');
    expect(() => copy.poller.nudge()).not.toThrow();
  });
});

describe('S0 options of a poller', () => {
  const STORES = [...storesOfPlainObjects, ['a deep freeze', deepFreeze]] as const;

  it.each(STORES)('may come out of %s', async (_, store) => {
    const { id } = world.linxo.addConnection();
    const token = world.sandbox.issueAccessToken();
    const options = store<Partial<QueuePollerOptions>>({
      accessToken: token,
      topics: ['connections'],
      headers: { 'x-bank': '42' },
      schedule: { close: 900 },
      fetch: (...request) => world.fetch(...request),
    });
    const poller = world.poller(options);
    poller.start().catch(() => {});
    poller.track(id);
    await world.pass(5_000);

    expect(poller.status).toBe('polling');
    expect(poller.connections.get(id)?.status).toBe('NONE');
  });

  it('with a signal that a proxy has made unusable are refused in words', () => {
    const signal = browserSignal();

    for (const given of [new Proxy(signal, {}), valtio({ signal }).signal]) {
      expect(() => world.poller({ signal: given })).toThrow(
        expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringContaining('signal') }),
      );
    }
    for (const given of [signal, reactive({ signal }).signal, observable({ signal }).signal])
      expect(() => world.poller({ signal: given })).not.toThrow();
  });
});
