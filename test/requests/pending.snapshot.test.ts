import { expect, it, vi } from 'vitest';
import { bridgeTests } from '../bridge/fixtures/bridge-tests.ts';
import { turn } from '../bridge/fixtures/turn.ts';

const { setUp } = bridgeTests();

const BODY = { type: 'getInsights' };

it('the snapshot shows what is pending, oldest first', async () => {
  vi.setSystemTime(1_700_000_000_000);
  const { bridge, delegate } = setUp();
  delegate.sendRequestToPServer(BODY, 'r1');
  vi.advanceTimersByTime(5);
  delegate.sendRequestToEnrichServer({}, 2);

  expect(bridge.getSnapshot()).toEqual({
    pending: [
      { requestId: 'r1', server: 'pserver', type: 'getInsights', startedAt: 1_700_000_000_000 },
      { requestId: 2, server: 'enrich', type: undefined, startedAt: 1_700_000_000_005 },
    ],
    disposed: false,
  });
});

it('it is the same object until something changes', async () => {
  const { bridge, delegate, transport } = setUp();
  const snapshots = new Set<unknown>();
  const look = (): void => {
    snapshots.add(bridge.getSnapshot());
    snapshots.add(bridge.getSnapshot());
  };
  look();
  delegate.sessionStarted();
  bridge.handlePServerResponse({}, 'stray');
  delegate.sendRequestToPServer();
  look();
  await turn();
  look();
  expect(snapshots.size).toBe(1);

  delegate.sendRequestToPServer(BODY, 'r1');
  look();
  delegate.sendRequestToPServer(BODY, 'r1');
  look();
  expect(snapshots.size).toBe(2);

  transport.last.answer({});
  await turn();
  look();
  expect(snapshots.size).toBe(3);

  bridge.dispose();
  bridge.dispose();
  look();
  expect(snapshots.size).toBe(4);
});

it('a snapshot does not change later', async () => {
  const { bridge, delegate, transport } = setUp();
  delegate.sendRequestToPServer(BODY, 'r1');
  const before = bridge.getSnapshot();
  const copy = structuredClone(before);
  delegate.sendRequestToPServer(BODY, 'r2');
  for (const { answer } of transport.sent) answer({});
  await turn();
  bridge.dispose();

  expect(before).toEqual(copy);
});

it('a listener is called for every change, and finds it in the snapshot', async () => {
  const { bridge, delegate, transport } = setUp();
  const seen: (number | 'disposed')[] = [];
  const unsubscribe = bridge.subscribe(() => {
    const { pending, disposed } = bridge.getSnapshot();
    seen.push(disposed ? 'disposed' : pending.length);
  });
  delegate.sendRequestToPServer(BODY, 'r1');
  delegate.sendRequestToPServer(BODY, 'r2');
  transport.sent[0]?.answer({});
  await turn();
  transport.sent[1]?.fail(new Error('x'));
  await turn();
  bridge.dispose();
  expect(seen).toEqual([1, 2, 1, 0, 'disposed']);
  unsubscribe();
});

it('no listener is called without a change, or once unsubscribed', async () => {
  const { bridge, delegate, transport } = setUp();
  const listener = vi.fn();
  const unsubscribe = bridge.subscribe(listener);
  delegate.sessionStarted();
  bridge.handlePServerResponse({}, 'stray');
  expect(listener).not.toHaveBeenCalled();
  unsubscribe();
  unsubscribe();
  delegate.sendRequestToPServer(BODY, 'r1');
  transport.last.answer({});
  await turn();
  bridge.dispose();

  expect(listener).not.toHaveBeenCalled();
});

it.each(['reply', 'failure'] as const)(
  'a handler of a %s event no longer finds its request',
  async (type) => {
    const { bridge, delegate, transport } = setUp();
    const pending: number[] = [];
    bridge.on(type, () => pending.push(bridge.getSnapshot().pending.length));
    delegate.sendRequestToPServer(BODY, 'r1');
    expect(bridge.getSnapshot().pending).toHaveLength(1);
    if (type === 'reply') transport.last.answer({});
    else transport.last.fail(new Error('x'));
    await turn();

    expect(pending).toEqual([0]);
  },
);

it('a handler of a request event finds the request', () => {
  const { bridge, delegate } = setUp();
  const pending: unknown[] = [];
  bridge.getSnapshot();
  bridge.on('request', () => pending.push(...bridge.getSnapshot().pending));
  delegate.sendRequestToPServer(BODY, 'r1');

  expect(pending).toMatchObject([{ requestId: 'r1' }]);
});

it('a UI store may take the two functions off the bridge', () => {
  const { bridge, delegate } = setUp();
  const { getSnapshot, subscribe } = bridge;
  const listener = vi.fn();
  const unsubscribe = subscribe(listener);
  delegate.sendRequestToPServer(BODY, 'r1');
  unsubscribe();

  expect(listener).toHaveBeenCalledTimes(1);
  expect(getSnapshot().pending).toMatchObject([{ requestId: 'r1' }]);
});
