import { beforeEach, expect, it, vi } from 'vitest';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const world = useQueueWorld();
const report = vi.fn();

beforeEach(() => {
  report.mockClear();
  vi.stubGlobal('reportError', report);
  return () => vi.unstubAllGlobals();
});

it('Q10 handlers that throw or reject do not stop other handlers, the state or the polls', async () => {
  const poller = await world.idlePoller();
  const { id } = world.linxo.addConnection();
  const seen: string[] = [];
  const thrown = new Error('thrown');
  const rejected = new Error('rejected');
  const names = ['*', 'SYNC_ALL_STARTED', 'poll', 'connection', 'channel', 'status', 'reconciled'] as const;
  for (const name of names) {
    poller.on(name, () => {
      throw thrown;
    });
    poller.on(name, async () => {
      throw rejected;
    });
    poller.on(name, () => seen.push(name));
  }
  poller.subscribe(() => {
    throw thrown;
  });
  world.linxo.synchronise(id);
  const outcome = poller.whenSynced(id, { after: Math.floor(world.now / 1_000) });
  await world.pass(60_000);
  await expect(outcome).resolves.toMatchObject({ result: 'success' });
  expect(seen.filter((name) => name === '*')).toHaveLength(9);
  expect(seen.filter((name) => name === 'SYNC_ALL_STARTED')).toHaveLength(2);
  expect(new Set(seen)).toEqual(
    new Set(['*', 'SYNC_ALL_STARTED', 'poll', 'connection', 'channel', 'reconciled']),
  );
  expect(poller.connections.get(id)?.status).toBe('SUCCESS');
  expect(poller.status).toBe('polling');
  expect(report).toHaveBeenCalledWith(thrown);
  expect(report).toHaveBeenCalledWith(rejected);
});

it('Q10 a slow handler delays no other', async () => {
  const poller = await world.idlePoller();
  const { id } = world.linxo.addConnection();
  const seen: string[] = [];
  poller.on('*', () => new Promise(() => {}));
  poller.on('*', ({ event_type }) => seen.push(event_type));
  world.linxo.synchronise(id);
  poller.nudge();
  await world.pass(60_000);
  expect(seen).toHaveLength(9);
});

it('Q8 Q10 handlers may stop, start, pause, track and unsubscribe', async () => {
  const poller = await world.idlePoller();
  const { id } = world.linxo.addConnection();
  const seen: string[] = [];
  const unsubscribe = poller.on('SYNC_ALL_STARTED', () => {
    seen.push('once');
    unsubscribe();
    poller.track('unknown');
    poller.pause();
    poller.resume();
    void poller.stop();
    void poller.start();
  });
  poller.on('*', ({ id: eventId }) => seen.push(eventId));
  world.linxo.synchronise(id);
  poller.nudge();
  await world.pass(90_000);
  const events = seen.filter((one) => one !== 'once');
  expect(new Set(events).size).toBe(events.length);
  expect(seen.filter((one) => one === 'once')).toHaveLength(1);
  expect(poller.status).toBe('polling');
  expect(poller.connections.get(id)?.status).toBe('SUCCESS');
});

it('Q2 the state that a handler reads includes its event', async () => {
  const poller = await world.idlePoller();
  const { id } = world.linxo.addConnection();
  const statuses: (string | undefined)[] = [];
  poller.on('CHALLENGE_REQUIRED', () => {
    statuses.push(poller.connections.get(id)?.channels.get('8700')?.status);
    statuses.push(poller.getSnapshot().connections.get(id)?.channels.get('8700')?.status);
  });
  world.linxo.synchronise(id, 'sms-challenge');
  poller.nudge();
  await world.pass(30_000);
  expect(statuses).toEqual(['CHALLENGE_REQUIRED', 'CHALLENGE_REQUIRED']);
});
