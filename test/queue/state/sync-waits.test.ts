import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startQueueRequest } from '../../../src/queue/server/queue-request.ts';
import type { ConnectionState } from '../../../src/queue/state/connection-state.ts';
import type { KnownConnection } from '../../../src/queue/state/known-connection.ts';
import { SyncCount } from '../../../src/queue/state/sync-count.ts';
import { type SyncOutcome, SyncWaits } from '../../../src/queue/state/sync-waits.ts';
import { both, channelEvent, eventOf, listed, read, stateAfter } from '../fixtures/connection-events.ts';
import { VirtualTime } from '../fixtures/virtual-time.ts';

let time: VirtualTime;
let waits: SyncWaits;
let syncs: SyncCount;
const request = startQueueRequest('whenSynced', 'c1');

beforeEach(() => {
  time = new VirtualTime(Date.UTC(2026, 0, 5, 9));
  time.install();
  waits = new SyncWaits();
  syncs = new SyncCount();
});

afterEach(() => time.uninstall());

function known(state: ConnectionState | undefined, isDoubtful = false): KnownConnection {
  const times = { movedAt: undefined, from: 0, to: 0, readAt: 0, notBefore: 0 };
  const reads = { failedReads: 0, saidWhileRunning: undefined };
  return { id: 'c1', state, source: 'event', syncs, isDoubtful, ...times, ...reads };
}

const running = stateAfter(eventOf('SYNC_ALL_STARTED', { channels: both }));
const ended = (status: string, channels = { 8700: 'SUCCESS', 8701: 'SUCCESS' }): ConnectionState =>
  read({ status, channels: listed(channels) }, running);
const withAction = stateAfter(
  eventOf('SYNC_ALL_STARTED', { channels: both }),
  channelEvent('AUTH_FAILED', '8700'),
);

describe('Q3 the outcome of a synchronisation', () => {
  it.each([
    ['success', ended('SUCCESS')],
    ['partial', ended('PARTIAL_SUCCESS')],
    ['failed', ended('FAILED')],
    ['failed', ended('CLOSED')],
    ['action', read({ channels: listed({ 8700: 'TOKEN_EXPIRED', 8701: 'SUCCESS' }) }, running)],
    ['action', withAction],
  ])('%s', async (result, state) => {
    const outcome = await waits.add(known(state), request, {});
    const { action } = state;
    expect(outcome).toEqual({ result, connection: state, action, source: 'event', syncId: syncs.id });
    expect([waits.size, time.timers]).toEqual([0, 0]);
  });

  it.each([
    ['it is unknown', known(undefined)],
    ['it was never synchronised', known(read({ channels: listed({ 8700: undefined }) }))],
    ['a channel is running', known(running)],
    ['its state is doubtful', known(ended('SUCCESS'), true)],
  ])('is open while %s, and settles with the end', async (_, open) => {
    const outcome = waits.add(open, request, {});
    await time.settle();
    waits.check(open);
    waits.check({ ...known(ended('SUCCESS')), id: 'another' });
    expect(waits.size).toBe(1);
    waits.check(known(ended('SUCCESS')));
    await expect(outcome).resolves.toMatchObject({ result: 'success' });
  });

  it('ignores an end or an action from before `after`', async () => {
    const outcome = waits.add(known(ended('SUCCESS')), request, { after: 201 });
    waits.check(known(withAction));
    expect(waits.size).toBe(1);
    waits.check(known(read({ channels: listed({ 8700: { status: 'SUCCESS', last_end_date: 201 } }) })));
    await expect(outcome).resolves.toMatchObject({ result: 'success' });
  });
});

describe('Q3 Q8 a wait', () => {
  it('rejects with TIMEOUT, the signal’s reason, or the end of the poller, and leaves nothing', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const cause = new Error('stopped');
    const rejections = Promise.allSettled([
      waits.add(known(running), request, { timeout: 1_000 }),
      waits.add(known(running), request, { signal: abort.signal, timeout: 9_000 }),
      waits.add(known(running), request, { signal: AbortSignal.abort(reason) }),
      waits.add(known(running), request, { timeout: 9_000 }),
    ]);
    abort.abort(reason);
    await time.pass(1_000);
    waits.rejectAll('The poller was stopped', cause);
    expect([waits.size, time.timers]).toEqual([0, 0]);
    const reasons = (await rejections).map((one) => (one.status === 'rejected' ? one.reason : undefined));
    expect(reasons[0]).toMatchObject({
      code: 'TIMEOUT',
      details: { timeout: 1_000, requestId: 'c1', type: 'whenSynced' },
    });
    expect([reasons[1], reasons[2]]).toEqual([reason, reason]);
    expect(reasons[3]).toMatchObject({ code: 'DISPOSED', cause });
  });

  it.each([
    [{ after: Number.NaN }, 'after'],
    [{ after: '5' }, 'after'],
    [{ timeout: 0 }, 'timeout'],
    [{ timeout: -1 }, 'timeout'],
    [{ timeout: 2 ** 31 }, 'timeout'],
    [{ timeout: Infinity }, 'timeout'],
    [{ signal: {} }, 'signal'],
  ])('throws for %o, and names the option', (options, name) => {
    expect(() => waits.add(known(running), request, options as object)).toThrow(
      expect.objectContaining({
        code: 'INVALID_CALL',
        details: expect.objectContaining({ call: `whenSynced ${name}` }),
      }),
    );
    expect(waits.size).toBe(0);
  });
});

describe('Q3 an outcome that a page has got already', () => {
  it('is given again in the next task; what happens until then does not matter', async () => {
    const over = known(ended('SUCCESS'));
    const first = await waits.add(over, request, {});
    let isOpen = false;
    const again = waits.add(over, request, {}, () => {
      isOpen = true;
    });
    waits.rejectAll('The poller was stopped', undefined);
    expect(await again).toEqual(first);
    expect([isOpen, waits.size, time.timers]).toEqual([false, 0, 0]);
  });
});

describe('Q3 the outcome of another page, which only its dates tell apart', () => {
  const first = stateAfter(
    eventOf('SYNC_ALL_STARTED', { channels: both }),
    eventOf('SYNC_ALL_SUCCESS', { channels: both }),
  );

  it.each([
    [1, false],
    [9, false],
    [60, true],
  ])('%i s after that of its event, is another one: %s', async (seconds, isAnother) => {
    const { syncId, ...last } = await waits.add(known(first), request, {});
    const dated = { status: 'SUCCESS', last_end_date: 102 + seconds };
    const then = read({ channels: listed({ 8700: dated, 8701: dated }) }, first);
    for (const foreign of [last, { ...last, syncId: new SyncCount().id }]) {
      const wait = waits.add(known(then), request, { after: foreign as SyncOutcome });
      wait.catch(() => {});
      expect(waits.size).toBe(isAnother ? 0 : 1);
      waits.rejectAll('over', undefined);
    }
    expect(syncs.has(syncId)).toBe(true);
  });
});

describe('S4 `after` that could wait for ever', () => {
  it.each([Date.now(), 1e11, Infinity])('%d: unix seconds, not milliseconds', (after) => {
    expect(() => waits.add(known(running), request, { after })).toThrow(
      expect.objectContaining({ code: 'INVALID_CALL', message: expect.stringContaining('not milliseconds') }),
    );
  });

  it('the outcome of another connection', async () => {
    const last = await waits.add(known(ended('SUCCESS')), request, {});
    const other = { ...known(ended('SUCCESS')), id: 'c2' };
    expect(() => waits.add(other, request, { after: last })).toThrow(
      "call 'whenSynced after': expected an outcome of the same connection, got one of another connection",
    );
    expect(waits.size).toBe(0);
  });
});

it('S0 an outcome may be in a store that has another kind of map', async () => {
  const last = await waits.add(known(ended('SUCCESS')), request, {});
  const channels = { values: () => last.connection.channels.values() };
  const stored = { ...last, connection: { ...last.connection, channels } };
  const wait = waits.add(known(ended('SUCCESS')), request, { after: stored as never });
  wait.catch(() => {});
  expect(waits.size).toBe(1);
  waits.rejectAll('over', undefined);
});
