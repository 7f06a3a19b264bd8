import { expect, it, vi } from 'vitest';
import type { BridgeOptions, WidgetBridge } from '../../src/index.ts';
import type { TestTransport } from '../../src/testing/doubles.ts';
import { bridgeTests } from './fixtures/bridge-tests.ts';
import { countListeners } from './fixtures/listeners.ts';
import { turn } from './fixtures/turn.ts';

const { setUp, setUpWith } = bridgeTests();

const BODY = { type: 'getInsights' };

interface WayOut {
  readonly options?: Partial<BridgeOptions>;
  leave(bridge: WidgetBridge, transport: TestTransport): void;
}

const waysOut: Record<string, WayOut> = {
  'a reply': {
    leave: (_, { sent }) => {
      for (const { answer } of sent) answer({});
    },
  },
  'a reply at the entry point': {
    leave: (bridge, { requests }) => {
      for (const { requestId } of requests) bridge.handlePServerResponse({}, requestId);
    },
  },
  'an unreadable reply': {
    leave: (_, { sent }) => {
      for (const { answer } of sent) answer('<html>');
    },
  },
  'a failure': {
    leave: (_, { sent }) => {
      for (const { fail } of sent) fail(new Error('x'));
    },
  },
  'a timeout': { options: { timeout: 100 }, leave: () => vi.advanceTimersByTime(100) },
  detach: { leave: (bridge) => bridge.attach({})() },
  dispose: { leave: (bridge) => bridge.dispose() },
};

it.each(Object.keys(waysOut))('B9 after %s there is no entry, timer or listener', async (way) => {
  const { options, leave } = waysOut[way] as WayOut;
  const listeners = countListeners();
  const { bridge, delegate, transport } = setUp(options);
  delegate.sendRequestToPServer(BODY, 'r1');
  delegate.sendRequestToPServer(
    BODY,
    () => undefined,
    () => undefined,
  );
  delegate.sendRequestToOBServer(BODY, () => undefined, 'r3');
  expect(bridge.getSnapshot().pending).toHaveLength(3);
  expect(vi.getTimerCount()).toBe(1);
  leave(bridge, transport);
  await turn();

  expect(bridge.getSnapshot().pending).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
  expect(listeners()).toBe(0);
});

it.each(Object.keys(waysOut))('B9 the page’s own command leaves nothing either, after %s', async (way) => {
  const { options, leave } = waysOut[way] as WayOut;
  const listeners = countListeners();
  const { bridge, transport } = setUp(options);
  const { signal } = new AbortController();
  const ended = vi.fn();
  bridge.send('pserver', BODY, { signal }).then(ended, ended);
  expect(listeners()).toBe(1);
  leave(bridge, transport);
  bridge.dispose();
  await turn();

  expect(ended).toHaveBeenCalledTimes(1);
  expect(vi.getTimerCount()).toBe(0);
  expect(listeners()).toBe(0);
});

it('B9 after an abort', async () => {
  const listeners = countListeners();
  const { bridge, transport } = setUp();
  const controller = new AbortController();
  const reply = bridge.send('pserver', BODY, { signal: controller.signal });
  controller.abort();
  await expect(reply).rejects.toMatchObject({ code: 'ABORTED' });
  await turn();

  expect(transport.last.context.signal.aborted).toBe(true);
  expect(bridge.getSnapshot().pending).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
  expect(listeners()).toBe(0);
});

it('B9 after a send that throws', async () => {
  const listeners = countListeners();
  const { bridge, delegate } = setUpWith({
    send: () => {
      throw new Error('x');
    },
  });
  delegate.sendRequestToPServer(BODY, 'r1');
  const reply = bridge.send('pserver', BODY, { signal: new AbortController().signal });
  await expect(reply).rejects.toMatchObject({ code: 'NETWORK' });
  await turn();

  expect(bridge.getSnapshot().pending).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
  expect(listeners()).toBe(0);
});

it.each([
  ['OVERLOADED', { maxPending: 1 }],
  ['INVALID_OPTIONS', { timeout: () => 0 }],
] as const)('B9 after a refusal: %s', async (code, options) => {
  const listeners = countListeners();
  const { bridge, transport, delegate } = setUp(options);
  delegate.sendRequestToPServer(BODY, 'r1');
  const { signal } = new AbortController();
  await expect(bridge.send('pserver', BODY, { signal })).rejects.toMatchObject({ code });
  transport.sent[0]?.answer({});
  await turn();

  expect(bridge.getSnapshot().pending).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
  expect(listeners()).toBe(0);
});

it('B9 one timer stands for all requests', () => {
  const { delegate } = setUp({ timeout: ({ requestId }) => 1_000 - Number(requestId) });
  for (let id = 1; id <= 500; id += 1) delegate.sendRequestToPServer(BODY, id);

  expect(vi.getTimerCount()).toBe(1);
});

it('B9 when the page’s handler ends everything from within a timeout', async () => {
  const { bridge, delegate, widget } = setUp({
    timeout: ({ requestId }) => (requestId === 'first' ? 100 : 30_000),
  });
  delegate.sendRequestToPServer(BODY, 'first');
  delegate.sendRequestToPServer(BODY, 'second');
  const off = bridge.on('failure', () => {
    off();
    bridge.handlePServerResponse({}, 'second');
  });
  vi.advanceTimersByTime(100);
  await turn();

  expect(widget.replies.map(([, id]) => id)).toEqual(['first', 'second']);
  expect(vi.getTimerCount()).toBe(0);
});

it('B9 a thousand bridges on one signal leave no listener on it', async () => {
  const listeners = countListeners();
  const { signal } = new AbortController();
  for (let i = 0; i < 1_000; i += 1) setUp({ signal }).bridge.dispose();
  await turn();

  expect(listeners()).toBe(0);
});
