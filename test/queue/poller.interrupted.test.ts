import { describe, expect, it, vi } from 'vitest';
import { recordEvents } from './fixtures/record-events.ts';
import { hangs, json, ScriptedQueue, status } from './fixtures/scripted-queue.ts';
import { standInStorage } from './fixtures/stand-in-storage.ts';
import { StandInTabs } from './fixtures/stand-in-tabs.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';
import { wireConnection, wireEvent } from './fixtures/wire-event.ts';

const world = useQueueWorld();
const connection = wireConnection('c1', { 8700: 'RUNNING' });
const events = () =>
  json([wireEvent('SYNC_ALL_STARTED', connection), wireEvent('LIST_ACCOUNTS', connection)]);
const serving = (...answers: (() => Response)[]) =>
  new ScriptedQueue()
    .next('poll', () => status(204), ...answers)
    .always('connection', () => json(connection));
const reasons = (gaps: readonly { reason: string }[]) => gaps.map(({ reason }) => reason);

describe('stopped in a handler', () => {
  it.each([
    ['of an event that is not the last: the next page has a gap', 'SYNC_ALL_STARTED', ['aborted']],
    ['of the last event: no gap', 'LIST_ACCOUNTS', []],
  ] as const)('Q4 %s', async (_where, type, gaps) => {
    const storage = standInStorage();
    const server = serving(events);
    const before = world.poller({ storage, fetch: server.fetch });
    before.on(type, () => void before.stop());
    before.start();
    await world.pass(5_000);

    const { poller, emitted } = world.recordedPoller({ storage, fetch: server.fetch });
    poller.start();
    await world.pass(5_000);
    expect(reasons(emitted.gap)).toEqual(gaps);
  });

  it('Q4 of the failure of a malformed event: the next start has a gap for the other events', async () => {
    const server = serving(() => json([{ nonsense: 1 }, wireEvent('LIST_ACCOUNTS', connection)]));
    const { poller, emitted, events: delivered } = world.recordedPoller({ fetch: server.fetch });
    poller.track('c1');
    poller.on('failure', () => void poller.stop());
    poller.start();
    await world.pass(5_000);
    const reads = server.requests('connection').length;
    poller.start();
    await world.pass(5_000);
    expect(delivered).toEqual([]);
    expect(reasons(emitted.gap)).toContain('aborted');
    expect(server.requests('connection').length).toBeGreaterThan(reads);
  });

  it('Q8 with forget: nothing is left, and the next user has no gap', async () => {
    const storage = standInStorage();
    const server = serving(events);
    const { poller, emitted } = world.recordedPoller({ storage, fetch: server.fetch });
    poller.on('SYNC_ALL_STARTED', () => void poller.stop({ forget: true }));
    poller.start();
    await world.pass(5_000);
    expect(storage.length).toBe(0);
    poller.start();
    await world.pass(5_000);
    expect(emitted.gap).toEqual([]);
  });

  it('Q8 and started again in the handler of the status: ends the old session, and nothing of the new one', async () => {
    const server = serving();
    const poller = world.poller({ fetch: server.fetch });
    poller.start();
    await world.pass(1_000);
    const old = poller.whenSynced('c1').catch((error) => error.code);
    let outcome = 'open';
    const off = poller.on('status', ({ status: is }) => {
      if (is !== 'stopped') return;
      off();
      poller.start();
      poller.whenSynced('c1').catch((error) => {
        outcome = error.code;
      });
    });
    let isStopped = false;
    void poller.stop().then(() => {
      isStopped = true;
    });
    await world.pass(5_000);
    expect([poller.status, outcome, isStopped, await old]).toEqual(['polling', 'open', true, 'DISPOSED']);
  });
});

it('Q8 forget during a read: the next user has no gap', async () => {
  const server = new ScriptedQueue().next('poll', () => status(204), hangs);
  const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });
  poller.start();
  await world.pass(5_000);
  await poller.stop({ forget: true });
  poller.start();
  await world.pass(5_000);
  expect(emitted.gap).toEqual([]);
});

describe('while the lock of the queue is requested', () => {
  /** Locks that take a moment, as in browsers. */
  function slowLocks(): object {
    const held = new Set<string>();
    const request = (name: string, { signal }: { signal: AbortSignal }, run: () => Promise<unknown>) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        setTimeout(async () => {
          if (signal.aborted || held.has(name)) return;
          held.add(name);
          await run();
          held.delete(name);
          resolve(undefined);
        }, 2);
      });
    return { locks: { request } };
  }

  it.each(['pause', 'stop'] as const)('Q1 %s keeps the queue', async (how) => {
    vi.stubGlobal('navigator', slowLocks());
    const server = serving();
    const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });
    poller.start();
    await world.pass(5_000);
    const { queueId } = poller;
    const interrupt = () => (how === 'pause' ? poller.pause() : void poller.stop());
    const goOn = () => (how === 'pause' ? poller.resume() : void poller.start());
    interrupt();
    await world.pass(10);
    goOn();
    await world.pass(1);
    interrupt();
    await world.pass(10);
    goOn();
    await world.pass(5_000);
    expect(queueId).toBe('q1');
    expect([poller.status, poller.queueId, emitted.gap]).toEqual(['polling', queueId, []]);
    await poller.stop();
    vi.unstubAllGlobals();
  });
});

it.each([
  ['Q4 Q9 a tab that missed events while it was away has a gap, and then reconciled', true],
  ['Q4 Q9 a tab that is paused gets the events of the others, and misses none', false],
])('%s', async (_title, isAway) => {
  const tabs = new StandInTabs();
  tabs.install();
  const { id } = world.linxo.addConnection();
  const first = world.poller({ user: 'u' });
  first.start();
  await world.pass(10);
  const second = world.poller({ user: 'u' });
  second.start();
  await world.pass(10);
  second.track(id);
  await world.pass(60_000);
  const { emitted, events } = recordEvents(second);
  if (isAway) await second.stop();
  else second.pause();
  world.linxo.synchronise(id);
  first.nudge();
  await world.pass(5 * 60_000);
  expect(events.length > 0).toBe(!isAway);
  if (isAway) second.start();
  else second.resume();
  await world.pass(1_000);
  expect(second.status).toBe('following');
  expect(reasons(emitted.gap)).toEqual(isAway ? ['woken'] : []);
  if (isAway) expect(emitted.reconciled).toEqual([{ connectionIds: [id] }]);
  await Promise.all([first.stop(), second.stop()]);
  tabs.uninstall();
});
