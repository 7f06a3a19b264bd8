import { expect, it, vi } from 'vitest';
import { isBanksideError, type QueuePoller, type QueuePollerOptions } from '../../src/index.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const world = useQueueWorld();

/** The outcome of `start`, filled in when it settles. */
function outcomeOf(poller: QueuePoller): { error?: unknown; isDone: boolean } {
  const outcome: { error?: unknown; isDone: boolean } = { isDone: false };
  poller.start().then(
    () => Object.assign(outcome, { isDone: true }),
    (error: unknown) => Object.assign(outcome, { isDone: true, error }),
  );
  return outcome;
}

async function expectNothingLeft(poller: QueuePoller, reason: unknown): Promise<void> {
  await world.time.settle();
  expect(poller.status).toBe('stopped');
  expect(world.time.timers).toBe(0);
  expect(world.inFlight).toBe(0);
  await expect(poller.start()).rejects.toMatchObject({ code: 'DISPOSED', cause: reason });
  world.sandbox.clearLog();
  world.page.dispatch('online');
  await world.pass(3_600_000);
  expect(world.arrived()).toEqual([]);
}

function abortable(options: Partial<QueuePollerOptions> = {}): {
  poller: QueuePoller;
  abort: AbortController;
  reason: Error;
} {
  const abort = new AbortController();
  const reason = new Error('aborted by the page');
  return { abort, reason, poller: world.poller({ signal: abort.signal, ...options }) };
}

it('Q8 with a signal that is already aborted, nothing is sent, and start rejects', async () => {
  const { poller, abort, reason } = abortable();
  abort.abort(reason);
  const started = outcomeOf(poller);
  await world.pass(1_000);
  expect(isBanksideError(started.error, 'DISPOSED')).toBe(true);
  expect(world.arrived()).toEqual([]);
  await expectNothingLeft(poller, reason);
});

it.each(['subscribe', 'queue', 'connection'] as const)('Q8 an abort during a request (%s)', async (type) => {
  const { poller, abort, reason } = abortable();
  world.sandbox.fault({ server: 'linxo', type, kind: 'never' });
  poller.track(world.linxo.addConnection().id);
  const started = outcomeOf(poller);
  const waiting = poller.whenSynced('connection-1');
  await world.pass(100);
  expect(world.arrived().at(-1)).toBe(type);
  expect(world.inFlight).toBe(1);
  abort.abort(reason);
  await expect(waiting).rejects.toMatchObject({ code: 'DISPOSED' });
  await world.time.settle();
  expect(started.isDone).toBe(true);
  expect(isBanksideError(started.error, 'DISPOSED')).toBe(type === 'subscribe');
  await expectNothingLeft(poller, reason);
});

it('Q8 an abort while it waits for the next poll', async () => {
  const { poller, abort, reason } = abortable();
  const started = outcomeOf(poller);
  await world.pass(60_000);
  expect(started).toEqual({ isDone: true });
  expect(world.time.timers).toBe(1);
  abort.abort(reason);
  await expectNothingLeft(poller, reason);
});

it('Q8 an abort during the backoff after a failure', async () => {
  const { poller, abort, reason } = abortable();
  world.sandbox.fault({ server: 'linxo', kind: 'network', count: 50 });
  const started = outcomeOf(poller);
  await world.pass(30_000);
  expect(started.isDone).toBe(false);
  abort.abort(reason);
  await expectNothingLeft(poller, reason);
});

it.each([undefined, 'stale'])('Q8 an abort while a token is requested (rejected: %s)', async (first) => {
  const abandoned = vi.fn();
  const accessToken: QueuePollerOptions['accessToken'] = ({ rejected, signal }) => {
    if (rejected === undefined && first) return first;
    signal.addEventListener('abort', abandoned);
    return new Promise(() => {});
  };
  const { poller, abort, reason } = abortable({ accessToken });
  outcomeOf(poller);
  await world.pass(100);
  expect(world.arrived()).toEqual(first ? ['subscribe'] : []);
  abort.abort(reason);
  expect(abandoned).toHaveBeenCalledOnce();
  await expectNothingLeft(poller, reason);
});

it('Q8 Q4 an abort in a handler stops the delivery of the rest of the answer', async () => {
  const abort = new AbortController();
  const poller = await world.idlePoller({ signal: abort.signal });
  const { id } = world.linxo.addConnection();
  const seen: string[] = [];
  poller.on('*', ({ event_type }) => {
    seen.push(event_type);
    abort.abort();
  });
  world.linxo.publish(id, { event: 'SYNC_ALL_STARTED', channel: 'EMBEDDED' });
  world.linxo.publish(id, { event: 'AUTH_FAILED', channel: 'EMBEDDED' });
  poller.nudge();
  await world.pass(1_000);
  expect(seen).toEqual(['SYNC_ALL_STARTED']);
  expect(poller.status).toBe('stopped');
  expect(world.time.timers).toBe(0);
});

it('Q8 Q4 stopped in a handler and started again: the undelivered events are a gap, and the connections are read', async () => {
  const poller = await world.idlePoller();
  const { id } = world.linxo.addConnection();
  const emitted: string[] = [];
  poller.on('gap', ({ reason }) => emitted.push(`gap ${reason}`));
  poller.on('reconciled', ({ connectionIds }) => emitted.push(`reconciled ${connectionIds}`));
  poller.on('SYNC_ALL_STARTED', () => void poller.stop());
  world.linxo.publish(id, { event: 'SYNC_ALL_STARTED', channel: 'EMBEDDED' });
  world.linxo.publish(id, { event: 'AUTH_FAILED', channel: 'EMBEDDED' });
  poller.nudge();
  await world.pass(1_000);
  expect(poller.connections.get(id)?.action).toBeUndefined();
  await poller.start();
  await world.pass(1_000);
  expect(emitted).toEqual(['gap aborted', `reconciled ${id}`]);
  expect(poller.connections.get(id)?.action?.type).toBe('AUTH_FAILED');
});
