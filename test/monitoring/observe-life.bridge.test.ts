import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BanksideError, WidgetBridge } from '../../src/index.ts';
import { type LifeEvent, observeLife } from '../../src/monitoring.ts';
import { createTestTransport } from '../../src/testing/doubles.ts';
import { observedBridge, settled, waitForCount, waitForKind } from './fixtures/observed.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const command = { type: 'getInsights', ctxId: 'secret' };

describe('a request', () => {
  test('is reported from start to end, with one number', async () => {
    const { bridge, transport, emitted } = observedBridge();
    const answer = bridge.send('pserver', command);
    const { requestId } = transport.last.request;
    const { attempt } = transport.last.context;
    attempt?.({ state: 'token', count: 0 });
    await vi.advanceTimersByTimeAsync(20);
    attempt?.({ state: 'sent', count: 1 });
    attempt?.({ state: 'retry', count: 1, status: 503, retryIn: 400 });
    await vi.advanceTimersByTimeAsync(100);
    transport.last.answer({ ok: true });
    await answer;

    const request = { call: 1, requestId, server: 'pserver', type: 'getInsights' };
    const at = expect.any(Number);
    expect(emitted).toEqual([
      { kind: 'request', at, ...request },
      { kind: 'attempt', at, ...request, state: 'token', count: 0, status: undefined, retryIn: undefined },
      { kind: 'attempt', at, ...request, state: 'sent', count: 1, status: undefined, retryIn: undefined },
      { kind: 'attempt', at, ...request, state: 'retry', count: 1, status: 503, retryIn: 400 },
      { kind: 'reply', at, ...request, duration: 120 },
    ]);
    expect(Number(emitted[4]?.at) - Number(emitted[0]?.at)).toBeCloseTo(120, 5);
  });

  test('B1 that fails has the reason, and a refused one with its id is another request', async () => {
    const { bridge, transport, emitted } = observedBridge({ timeout: 500 });
    const { delegate } = bridge;
    bridge.attach(() => ({ handlePServerResponse() {} }), {});
    delegate.sendRequestToPServer(null, command, '7');
    delegate.sendRequestToPServer(null, command, '7');
    await vi.advanceTimersByTimeAsync(500);
    bridge.handlePServerResponse({}, '7');
    bridge.handlePServerResponse({}, 'nobody');

    expect(transport.sent).toHaveLength(1);
    expect(emitted).toMatchObject([
      { kind: 'request', call: 1, requestId: '7' },
      { kind: 'failure', call: 2, requestId: '7', code: 'DUPLICATE_REQUEST' },
      { kind: 'failure', call: 1, code: 'TIMEOUT', timeout: 500, duration: 500 },
      { kind: 'orphan', requestId: '7', reason: 'settled' },
      { kind: 'orphan', requestId: 'nobody', reason: 'unknown' },
    ]);
  });

  test('that was pending before is reported first, and then its end', async () => {
    const transport = createTestTransport();
    const bridge = new WidgetBridge({ transport });
    const answer = bridge.send('ob', { type: 'getAccounts' });
    await vi.advanceTimersByTimeAsync(3_000);
    const emitted: LifeEvent[] = [];
    const stop = observeLife(bridge, undefined, (event) => emitted.push(event));
    expect(emitted).toMatchObject([
      { kind: 'request', at: 1_000_000, call: 1, server: 'ob', type: 'getAccounts' },
    ]);
    transport.last.answer({ ok: true });
    await answer;
    const again = bridge.send('ob', { type: 'getAccounts' });
    transport.last.answer({ ok: true });
    await again;

    expect(emitted.map((event) => [event.kind, 'call' in event && event.call])).toEqual([
      ['request', 1],
      ['reply', 1],
      ['request', 2],
      ['reply', 2],
    ]);
    stop();
    bridge.dispose();
  });

  test('that repeats the id of an earlier pending one has its own number', async () => {
    const transport = createTestTransport();
    const bridge = new WidgetBridge({ transport });
    bridge.attach(() => ({ handlePServerResponse() {} }), {});
    bridge.delegate.sendRequestToPServer(null, command, '7');
    const emitted: LifeEvent[] = [];
    observeLife(bridge, undefined, (event) => emitted.push(event));
    bridge.delegate.sendRequestToPServer(null, command, '7');
    await settled();
    transport.last.answer({ ok: true });
    await settled();

    expect(emitted).toMatchObject([
      { kind: 'request', call: 1 },
      { kind: 'failure', call: 2, code: 'DUPLICATE_REQUEST' },
      { kind: 'reply', call: 1 },
    ]);
    bridge.dispose();
  });
});

describe('a message of the widget', () => {
  test('is reported by its name only', async () => {
    const { bridge, emitted } = observedBridge();
    bridge.delegate.sessionEnded({ token: 'secret' });
    bridge.delegate.widgetEvent('story', { eventType: 'secret' });
    bridge.delegate.sendRequestToPServer(null, { requestString: 'somethingElse', token: 'secret' }, '1');
    bridge.delegate.sendRequestToPServer(null, { requestString: 'a sentence of secret words' }, '1');
    await waitForCount(emitted, 4);

    expect(emitted).toMatchObject([
      { kind: 'message', name: 'sessionEnded' },
      { kind: 'message', name: 'widgetEvent' },
      { kind: 'message', name: 'somethingElse' },
      { kind: 'message', name: expect.stringMatching(/^#[0-9a-f]{16}$/) },
    ]);
    expect(JSON.stringify(emitted)).not.toContain('secret');
  });
});

describe('a secret', () => {
  test('T4 is in no event, wherever it occurred', async () => {
    const { bridge, transport, emitted } = observedBridge();
    const secret = 'secret words of a token';
    const send = (type: string) => {
      const answer = bridge.send('pserver', { type, token: secret });
      answer.catch(() => {});
      return transport.last;
    };
    send('getInsights').answer({ ok: true, secret });
    send(secret).answer({ ok: true });
    send('rate').fail(new Error(secret));
    const details = { requestId: 1, server: 'pserver', type: 'rate', elapsed: 1, status: secret } as never;
    send('rate').fail(new BanksideError('HTTP', secret, details, { cause: secret }));
    send('rate').fail(new BanksideError(secret as never, secret, null as never));
    await settled();
    bridge.handlePServerResponse({ secret }, secret);
    bridge.delegate.sessionEnded();
    await waitForKind(emitted, 'message');

    expect(emitted.filter(({ kind }) => kind === 'failure')).toHaveLength(3);
    expect(emitted.filter(({ kind }) => kind === 'orphan')).toHaveLength(1);
    expect(JSON.stringify(emitted)).not.toContain('secret');
  });
});

describe('the end', () => {
  test('B9 comes with the bridge, after the failures of pending requests', async () => {
    const { bridge, emitted } = observedBridge();
    bridge.send('pserver', command).catch(() => {});
    bridge.dispose('logged out');
    await settled();
    await bridge.send('pserver', command).catch(() => {});

    expect(emitted.map(({ kind }) => kind)).toEqual(['request', 'failure', 'disposed']);
  });

  test('also comes if the bridge is disposed during a call', async () => {
    const transport = createTestTransport();
    const { bridge, emitted } = observedBridge({
      transport: {
        send(request, context) {
          bridge.dispose();
          return transport.send(request, context);
        },
      },
    });
    bridge.delegate.sendRequestToPServer(
      () => {},
      () => {},
      JSON.stringify(command),
    );
    await settled();
    expect(emitted.map(({ kind }) => kind)).toEqual(['request', 'failure', 'disposed']);
  });

  test('comes on demand, and removes all handlers from the bridge', async () => {
    const { bridge, transport, emitted, stop } = observedBridge();
    const on = vi.spyOn(bridge, 'on');
    stop();
    bridge.send('pserver', command).catch(() => {});
    transport.last.answer({ ok: true });
    bridge.dispose();
    await settled();
    expect(emitted).toEqual([]);
    expect(on).not.toHaveBeenCalled();
  });

  test('of a disposed bridge is reported at once', async () => {
    const bridge = new WidgetBridge({ transport: createTestTransport() });
    bridge.dispose();
    const emitted: LifeEvent[] = [];
    observeLife(bridge, undefined, (event) => emitted.push(event));
    await settled();
    expect(emitted).toMatchObject([{ kind: 'disposed' }]);
  });

  test('is not reported after the observation was stopped', async () => {
    const { bridge, emitted, stop } = observedBridge();
    bridge.dispose();
    await Promise.resolve(); // noticed, but not emitted yet
    stop();
    await settled();
    expect(emitted).toEqual([]);
  });

  test('every handler that was added is removed', async () => {
    const { bridge } = observedBridge();
    const offs: ReturnType<typeof vi.fn>[] = [];
    const counted = (call: (...args: never[]) => () => void) =>
      vi.fn((...args: never[]) => {
        const off = vi.fn(call.apply(bridge, args));
        offs.push(off);
        return off;
      });
    const watched = {
      ...bridge,
      recentEvents: bridge.recentEvents,
      on: counted(bridge.on),
      subscribe: counted(bridge.subscribe),
      queue: undefined,
    };
    const stop = observeLife(watched as never, undefined, () => {});
    stop();
    expect(offs).toHaveLength(2);
    for (const off of offs) expect(off).toHaveBeenCalledTimes(1);
  });
});

test('a listener that throws does not stop the observation', async () => {
  const reported: unknown[] = [];
  vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
  const transport = createTestTransport();
  const bridge = new WidgetBridge({ transport });
  bridge.send('pserver', command).catch(() => {});
  observeLife(bridge, undefined, () => {
    throw new Error('mine');
  });
  bridge.dispose();
  await settled();
  expect(reported).toHaveLength(3);
  vi.unstubAllGlobals();
});
