import { getEventListeners } from 'node:events';
import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { redactedCause } from '../../../src/errors.ts';
import { BanksideError, nativeTransport, type WidgetRequest } from '../../../src/index.ts';
import { bridgeTests } from '../../bridge/fixtures/bridge-tests.ts';
import { countListeners } from '../../bridge/fixtures/listeners.ts';
import { turn } from '../../bridge/fixtures/turn.ts';
import { standIn } from '../fixtures/native-app.ts';

const { setUpWith } = bridgeTests();

const BODY = { type: 'getInsights' };
const REQUEST: WidgetRequest = {
  requestId: 'r1',
  server: 'pserver',
  type: 'getInsights',
  body: BODY,
  headers: {},
};

function send(transport: ReturnType<typeof nativeTransport>, signal = new AbortController().signal) {
  return Promise.resolve(transport.send(REQUEST, { signal, deadline: Infinity }));
}

describe('an abort', () => {
  it('B9 rejects with ABORTED, the reason as its cause, and removes timer and listener', async () => {
    const listeners = countListeners();
    const app = standIn('ios');
    const transport = nativeTransport();
    const before = listeners();
    const leaver = new AbortController();
    const sending = send(transport, leaver.signal);
    leaver.abort('gone');

    await expect(sending).rejects.toMatchObject({
      code: 'ABORTED',
      cause: 'gone',
      details: { requestId: 'r1', server: 'pserver', type: 'getInsights' },
    });
    expect(transport.receive?.({}, app.last.requestId)).toBe(false);
    // A listener that has fired once is gone by itself, and counted all the same.
    expect(listeners() - before).toBeLessThanOrEqual(1);
    expect(getEventListeners(leaver.signal, 'abort')).toEqual([]);
  });

  it('B9 before it is sent: nothing is held by the transport, however often', async () => {
    standIn('ios');
    const transport = nativeTransport();
    const listeners = countListeners();
    const before = listeners();
    for (let times = 0; times < 20; times += 1)
      await expect(send(transport, AbortSignal.abort('gone'))).rejects.toMatchObject({ code: 'ABORTED' });

    expect(listeners() - before).toBe(0);
  });

  it('B9 before it is sent: nothing is posted', async () => {
    const app = standIn('ios');

    await expect(send(nativeTransport(), AbortSignal.abort('gone'))).rejects.toMatchObject({
      code: 'ABORTED',
      cause: 'gone',
    });
    expect(app.posted).toEqual([]);
  });

  it('B9 while the shell is waited for: nobody looks for it any more', async () => {
    const transport = nativeTransport();
    const leavers = [new AbortController(), new AbortController()];
    const sending = leavers.map(({ signal }) => expect(send(transport, signal)).rejects.toThrow());
    expect(vi.getTimerCount()).toBe(1);
    leavers[0]?.abort();
    expect(vi.getTimerCount()).toBe(1);
    leavers[1]?.abort();

    expect(vi.getTimerCount()).toBe(0);
    await Promise.all(sending);
  });
});

describe('an end of any kind', () => {
  it.each<[string, (transport: ReturnType<typeof nativeTransport>, id: string) => void]>([
    ['a reply', (transport, id) => transport.receive?.({}, id)],
    ['an end of the transport', (transport) => transport.dispose()],
  ])('B9 leaves no listener and no timer: %s', async (_way, end) => {
    const listeners = countListeners();
    const app = standIn('ios');
    const owner = new AbortController();
    const transport = nativeTransport({ signal: owner.signal });
    const before = listeners();
    const leaver = new AbortController();
    const sending = send(transport, leaver.signal).catch(() => undefined);
    end(transport, app.last.requestId);
    await sending;

    expect(getEventListeners(leaver.signal, 'abort')).toEqual([]);
    expect(listeners()).toBeLessThanOrEqual(before + 1);
    expect(vi.getTimerCount()).toBe(0);
    transport.dispose();
    expect(getEventListeners(owner.signal, 'abort')).toEqual([]);
  });

  it('B9 leaves nothing after a thousand either', async () => {
    vi.useRealTimers();
    const transport = nativeTransport();
    standIn('ios', { onCall: ({ requestId }) => void transport.receive?.({ ok: true }, requestId) });
    const { signal } = new AbortController();
    for (let round = 0; round < 10; round += 1) {
      await Promise.all(Array.from({ length: 100 }, () => send(transport, signal)));
    }

    expect(getEventListeners(signal, 'abort')).toEqual([]);
    vi.useFakeTimers();
  });
});

describe('dispose', () => {
  it('B9 rejects what waits, posted or not, and what is sent later; a late reply is nobody’s', async () => {
    const { bridge, delegate, transport, events } = setUpWith(nativeTransport());
    delegate.sendRequestToPServer(BODY, 'waits');
    delegate.sessionEnded();
    const app = standIn('ios');
    vi.advanceTimersByTime(50);
    vi.unstubAllGlobals();
    vi.stubGlobal('reportError', (error: unknown) => expect.unreachable(String(error)));
    delegate.sendRequestToPServer(BODY, 'is not there');
    delegate.navigateToPage({});
    transport.dispose();
    transport.dispose();
    const later = standIn('ios');
    vi.advanceTimersByTime(50);
    delegate.sendRequestToPServer(BODY, 'comes later');
    delegate.sessionEnded();
    await turn();

    expect(events.codes).toEqual(['DISPOSED', 'DISPOSED', 'DISPOSED']);
    expect(events.of('failure').map(({ request }) => request?.requestId)).toEqual([
      'waits',
      'is not there',
      'comes later',
    ]);
    expect(later.posted).toEqual([]);
    expect(bridge.handlePServerResponse({}, app.last.requestId)).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not change the requests of other transports', async () => {
    const app = standIn('ios');
    const [one, other] = [nativeTransport(), nativeTransport()];
    const sending = send(other);
    one.dispose();
    one.receive?.({ ok: true }, app.last.requestId);

    expect(await sending).toEqual({ ok: true });
  });

  it('comes with the signal, whose reason is the cause', async () => {
    standIn('ios');
    const owner = new AbortController();
    const transport = nativeTransport({ signal: owner.signal });
    const sending = send(transport);
    owner.abort('logged out');

    await expect(sending).rejects.toMatchObject({ code: 'DISPOSED', cause: 'logged out' });
    await expect(send(transport)).rejects.toMatchObject({ code: 'DISPOSED', cause: 'logged out' });
    await expect(send(nativeTransport({ signal: AbortSignal.abort('before') }))).rejects.toMatchObject({
      code: 'DISPOSED',
      cause: 'before',
    });
  });

  it('is what Symbol.dispose does, where there is one', async () => {
    standIn('ios');
    const transport = nativeTransport();
    const sending = send(transport);
    transport[Symbol.dispose]();

    await expect(sending).rejects.toMatchObject({ code: 'DISPOSED', cause: undefined });
    expect(Object.keys(transport)).not.toContain('undefined');
  });
});

describe('native code that refuses', () => {
  const hush = 'hush-hush {"type":"getInsights"}';
  const refusals: [string, () => unknown][] = [
    [
      'by throwing an error',
      () => {
        throw new Error(hush);
      },
    ],
    [
      'by throwing a DataCloneError',
      () => {
        throw new DOMException(hush, 'DataCloneError');
      },
    ],
    [
      'by throwing a text',
      () => {
        throw hush;
      },
    ],
    [
      'by throwing something odd',
      () => {
        throw new Proxy({}, { get: () => expect.unreachable(hush), getPrototypeOf: () => null });
      },
    ],
    ['by a promise that rejects', () => Promise.reject(new Error(hush))],
    ['by a promise that rejects with nothing', () => Promise.reject()],
  ];

  it.each(refusals)('T4 %s ends the request with NETWORK, without its words', async (_how, refuse) => {
    standIn('ios', { onCall: refuse });
    const { delegate, events, widget } = setUpWith(nativeTransport());
    delegate.sendRequestToPServer({ ...BODY, secret: 'hush-hush' }, 'r1');
    await turn();

    expect(events.errors).toMatchObject([
      { code: 'NETWORK', details: { requestId: 'r1', server: 'pserver', type: 'getInsights' } },
    ]);
    expect(events.errors[0]?.cause).toBeInstanceOf(Error);
    expect(inspect(events.errors[0], { depth: 20, showHidden: true })).not.toContain('hush');
    expect(widget.replies).toHaveLength(1);
  });

  it('says what kind of error it was', async () => {
    standIn('ios', { onCall: () => Promise.reject(new RangeError(hush)) });

    await expect(send(nativeTransport())).rejects.toMatchObject({
      cause: { message: expect.stringContaining('RangeError') },
    });
  });

  it('T4 with an error of this package, in your own shell, only has its name', async () => {
    const error = new BanksideError('OVERLOADED', 'The app is busy', {
      requestId: 'r1',
      server: 'pserver',
      type: undefined,
      elapsed: 0,
      maxPending: 1,
    });
    const postRequest = () => Promise.reject(error);
    const shell = { bridge: 'mine', isThere: () => true, postRequest, postNotice: vi.fn() };

    await expect(send(nativeTransport({ shell }))).rejects.toMatchObject({
      code: 'NETWORK',
      cause: redactedCause(error),
    });
  });

  it('after it has answered changes nothing', async () => {
    const { bridge, delegate, widget, events } = setUpWith(nativeTransport());
    standIn('ios', {
      onCall({ requestId }) {
        bridge.handlePServerResponse({ ok: true }, requestId);
        throw new Error('afterwards');
      },
    });
    delegate.sendRequestToPServer(BODY, 'r1');
    await turn();

    expect(widget.replies).toEqual([[{ ok: true }, 'r1']]);
    expect(events.types).toEqual(['request', 'reply']);
  });

  it('that is gone between the look and the post ends the request', async () => {
    const handler = { postMessage: vi.fn() };
    let looks = 0;
    vi.stubGlobal('webkit', {
      get messageHandlers() {
        looks += 1;
        return looks === 1 ? { personeticsApple: handler } : undefined;
      },
    });

    await expect(send(nativeTransport())).rejects.toMatchObject({ code: 'NETWORK' });
  });
});
