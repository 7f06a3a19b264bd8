import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BanksideError, WidgetBridge } from '../../src/index.ts';
import { type LifeEvent, observeLife } from '../../src/monitoring.ts';
import { createTestTransport } from '../../src/testing/doubles.ts';
import { observedBridge, settled, toldSoMuch, toldThat } from './fixtures/observed.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const command = { type: 'getInsights', ctxId: 'secret' };

describe('a request', () => {
  test('is told from its beginning to its end, by one number', async () => {
    const { bridge, transport, told } = observedBridge();
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
    expect(told).toEqual([
      { kind: 'request', at, ...request },
      { kind: 'attempt', at, ...request, state: 'token', count: 0, status: undefined, retryIn: undefined },
      { kind: 'attempt', at, ...request, state: 'sent', count: 1, status: undefined, retryIn: undefined },
      { kind: 'attempt', at, ...request, state: 'retry', count: 1, status: 503, retryIn: 400 },
      { kind: 'reply', at, ...request, duration: 120 },
    ]);
    expect(Number(told[4]?.at) - Number(told[0]?.at)).toBeCloseTo(120, 5);
  });

  test('B1 that fails says why, and one that is refused beside it is another', async () => {
    const { bridge, transport, told } = observedBridge({ timeout: 500 });
    const { delegate } = bridge;
    bridge.attach(() => ({ handlePServerResponse() {} }), {});
    delegate.sendRequestToPServer(null, command, '7');
    delegate.sendRequestToPServer(null, command, '7');
    await vi.advanceTimersByTimeAsync(500);
    bridge.handlePServerResponse({}, '7');
    bridge.handlePServerResponse({}, 'nobody');

    expect(transport.sent).toHaveLength(1);
    expect(told).toMatchObject([
      { kind: 'request', call: 1, requestId: '7' },
      { kind: 'failure', call: 2, requestId: '7', code: 'DUPLICATE_REQUEST' },
      { kind: 'failure', call: 1, code: 'TIMEOUT', timeout: 500, duration: 500 },
      { kind: 'orphan', requestId: '7', reason: 'settled' },
      { kind: 'orphan', requestId: 'nobody', reason: 'unknown' },
    ]);
  });

  test('that was pending before is told first, from when it began, and its end is its own', async () => {
    const transport = createTestTransport();
    const bridge = new WidgetBridge({ transport });
    const answer = bridge.send('ob', { type: 'getAccounts' });
    await vi.advanceTimersByTimeAsync(3_000);
    const told: LifeEvent[] = [];
    const stop = observeLife(bridge, undefined, (event) => told.push(event));
    expect(told).toMatchObject([
      { kind: 'request', at: 1_000_000, call: 1, server: 'ob', type: 'getAccounts' },
    ]);
    transport.last.answer({ ok: true });
    await answer;
    const again = bridge.send('ob', { type: 'getAccounts' });
    transport.last.answer({ ok: true });
    await again;

    expect(told.map((event) => [event.kind, 'call' in event && event.call])).toEqual([
      ['request', 1],
      ['reply', 1],
      ['request', 2],
      ['reply', 2],
    ]);
    stop();
    bridge.dispose();
  });

  test('that repeats the id of one that was pending before is not that one', async () => {
    const transport = createTestTransport();
    const bridge = new WidgetBridge({ transport });
    bridge.attach(() => ({ handlePServerResponse() {} }), {});
    bridge.delegate.sendRequestToPServer(null, command, '7');
    const told: LifeEvent[] = [];
    observeLife(bridge, undefined, (event) => told.push(event));
    bridge.delegate.sendRequestToPServer(null, command, '7');
    await settled();
    transport.last.answer({ ok: true });
    await settled();

    expect(told).toMatchObject([
      { kind: 'request', call: 1 },
      { kind: 'failure', call: 2, code: 'DUPLICATE_REQUEST' },
      { kind: 'reply', call: 1 },
    ]);
    bridge.dispose();
  });
});

describe('what a widget says', () => {
  test('is told by its name alone', async () => {
    const { bridge, told } = observedBridge();
    bridge.delegate.sessionEnded({ token: 'secret' });
    bridge.delegate.widgetEvent('story', { eventType: 'secret' });
    bridge.delegate.sendRequestToPServer(null, { requestString: 'somethingElse', token: 'secret' }, '1');
    bridge.delegate.sendRequestToPServer(null, { requestString: 'a sentence of secret words' }, '1');
    await toldSoMuch(told, 4);

    expect(told).toMatchObject([
      { kind: 'message', name: 'sessionEnded' },
      { kind: 'message', name: 'widgetEvent' },
      { kind: 'message', name: 'somethingElse' },
      { kind: 'message', name: expect.stringMatching(/^#[0-9a-f]{16}$/) },
    ]);
    expect(JSON.stringify(told)).not.toContain('secret');
  });
});

describe('a secret', () => {
  test('T4 is in no event, wherever it was', async () => {
    const { bridge, transport, told } = observedBridge();
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
    await toldThat(told, 'message');

    expect(told.filter(({ kind }) => kind === 'failure')).toHaveLength(3);
    expect(told.filter(({ kind }) => kind === 'orphan')).toHaveLength(1);
    expect(JSON.stringify(told)).not.toContain('secret');
  });
});

describe('the end', () => {
  test('B9 comes with the bridge, after what was pending has failed', async () => {
    const { bridge, told } = observedBridge();
    bridge.send('pserver', command).catch(() => {});
    bridge.dispose('logged out');
    await settled();
    await bridge.send('pserver', command).catch(() => {});

    expect(told.map(({ kind }) => kind)).toEqual(['request', 'failure', 'disposed']);
  });

  test('comes also where the bridge is disposed during a call', async () => {
    const transport = createTestTransport();
    const { bridge, told } = observedBridge({
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
    expect(told.map(({ kind }) => kind)).toEqual(['request', 'failure', 'disposed']);
  });

  test('comes when it is asked for, and nothing is left at the bridge', async () => {
    const { bridge, transport, told, stop } = observedBridge();
    const on = vi.spyOn(bridge, 'on');
    stop();
    bridge.send('pserver', command).catch(() => {});
    transport.last.answer({ ok: true });
    bridge.dispose();
    await settled();
    expect(told).toEqual([]);
    expect(on).not.toHaveBeenCalled();
  });

  test('of a bridge that was disposed before is told at once', async () => {
    const bridge = new WidgetBridge({ transport: createTestTransport() });
    bridge.dispose();
    const told: LifeEvent[] = [];
    observeLife(bridge, undefined, (event) => told.push(event));
    await settled();
    expect(told).toMatchObject([{ kind: 'disposed' }]);
  });

  test('is told to nobody who has left before', async () => {
    const { bridge, told, stop } = observedBridge();
    bridge.dispose();
    await Promise.resolve(); // seen, and not told yet
    stop();
    await settled();
    expect(told).toEqual([]);
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
      on: counted(bridge.on),
      subscribe: counted(bridge.subscribe),
      queue: undefined,
    };
    const stop = observeLife(watched as never, undefined, () => {});
    stop();
    expect(offs.length).toBeGreaterThan(10);
    for (const off of offs) expect(off).toHaveBeenCalledTimes(1);
  });
});

test('a listener that throws stops nothing', async () => {
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
