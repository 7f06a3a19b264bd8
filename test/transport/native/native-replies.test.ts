import { describe, expect, it, vi } from 'vitest';
import { nativeTransport } from '../../../src/index.ts';
import { bridgeTests } from '../../bridge/fixtures/bridge-tests.ts';
import { FAILURE } from '../../bridge/fixtures/failure-reply.ts';
import { RecordingWidget } from '../../bridge/fixtures/recording-widget.ts';
import { turn } from '../../bridge/fixtures/turn.ts';
import { base64, shellNames, standIn } from '../fixtures/native-app.ts';

const { setUpWith, makeBridge } = bridgeTests();

const BODY = { type: 'getInsights' };

describe('the id on the wire', () => {
  it('is a string of ten digits that fits 32 bits, and no other request of the page has it', () => {
    const app = standIn('ios');
    const bridges = [nativeTransport(), nativeTransport()].flatMap((transport) => [
      setUpWith(transport),
      setUpWith(transport),
    ]);
    for (const { delegate } of bridges) {
      for (let id = 1; id <= 50; id += 1) delegate.sendRequestToPServer(BODY, id);
    }
    const ids = app.calls.map(({ requestId }) => requestId);

    expect(new Set(ids).size).toBe(200);
    expect(ids.filter((id) => !/^\d{10}$/.test(id) || Number(id) >= 2 ** 31)).toEqual([]);
  });

  it('begins elsewhere in another copy of the package', async () => {
    const app = standIn('ios');
    for (let copies = 0; copies < 2; copies += 1) {
      vi.resetModules();
      const copy = await import('../../../src/index.ts');
      setUpWith(copy.nativeTransport()).delegate.sendRequestToPServer(BODY, 'r1');
    }
    const [one = 0, other = 0] = app.calls.map(({ requestId }) => Number(requestId));

    expect(Math.abs(one - other)).toBeGreaterThan(100);
  });

  it.each<[string, (id: string) => unknown]>([
    ['as it was', (id) => id],
    ['as a number', Number],
    ['as a number with a fraction, in a text', (id) => `${id}.0`],
    ['as Java writes a double', (id) => `${id[0]}.${id.slice(1)}E9`],
    ['with space around it', (id) => ` ${id}\n`],
  ])('comes back from native code %s', async (_how, echo) => {
    const app = standIn('android');
    const { bridge, delegate, widget } = setUpWith(nativeTransport());
    delegate.sendRequestToPServer(BODY, 'r1');

    expect(bridge.handlePServerResponse({ ok: true }, echo(app.last.requestId) as string)).toBe(true);
    await turn();
    expect(widget.replies).toEqual([[{ ok: true }, 'r1']]);
  });

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['empty', ''],
    ['no number', 'NaN'],
    ['a symbol', Symbol('id')],
    ['an object that throws', { valueOf: () => JSON.parse('{') }],
  ])('is ignored: %s', (_what, id) => {
    standIn('android');
    const { delegate, transport } = setUpWith(nativeTransport());
    delegate.sendRequestToPServer(BODY, 'r1');

    expect(transport.receive?.({}, id as string)).toBe(false);
  });
});

describe('a reply of native code', () => {
  it.each<[string, unknown, unknown]>([
    ['Base64', base64({ ok: true, text: 'ż🏦' }), { ok: true, text: 'ż🏦' }],
    ['JSON text', '{"ok":true}', { ok: true }],
    ['an object', { ok: true }, { ok: true }],
    ['nothing', undefined, { ok: true, status: '200' }],
    ['null', null, { ok: true, status: '200' }],
    ['an empty text', '', { ok: true, status: '200' }],
  ])('B11 in the form of %s', async (_form, response, reply) => {
    const app = standIn('ios');
    const { bridge, delegate, widget } = setUpWith(nativeTransport());
    delegate.sendRequestToPServer(BODY, 'r1');
    bridge.handlePServerResponse(response, app.last.requestId);
    await turn();

    expect(widget.replies).toEqual([[reply, 'r1']]);
  });

  it('that cannot be read is a failure', async () => {
    const app = standIn('ios');
    const { bridge, delegate, widget, events } = setUpWith(nativeTransport());
    delegate.sendRequestToPServer(BODY, 'r1');
    bridge.handlePServerResponse('<html>', app.last.requestId);
    await turn();

    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(events.codes).toEqual(['INVALID_RESPONSE']);
  });

  it('B2 reaches the entry point through the widget’s own function, whichever it calls', async () => {
    const app = standIn('ios');
    const own = vi.fn();
    const widget = { handlePServerResponse: own, handleServerResponse: vi.fn() };
    const bridge = makeBridge({ transport: nativeTransport() });
    bridge.attach(widget);
    (widget as unknown as typeof bridge.delegate).sendRequestToPServer(BODY, 'r1');
    widget.handleServerResponse(base64({ ok: true }), app.last.requestId);
    await turn();

    expect(own.mock.calls).toEqual([[{ ok: true }, 'r1']]);
    expect(widget.handleServerResponse).not.toBe(own);
  });

  it('B1 that comes while it is still being posted counts', async () => {
    const { bridge, delegate, widget } = setUpWith(nativeTransport());
    standIn('android', {
      onCall: ({ requestId }) => bridge.handlePServerResponse({ at: 'once' }, requestId),
    });
    delegate.sendRequestToPServer(BODY, 'r1');
    await turn();

    expect(widget.replies).toEqual([[{ at: 'once' }, 'r1']]);
  });

  it('B2 that comes again, or late, meets the entry point as an orphan', async () => {
    const app = standIn('ios');
    const { bridge, delegate, widget, events } = setUpWith(nativeTransport(), { timeout: 100 });
    delegate.sendRequestToPServer(BODY, 'r1');
    const { requestId } = app.last;
    expect(bridge.handlePServerResponse({ n: 1 }, requestId)).toBe(true);
    expect(bridge.handlePServerResponse({ n: 2 }, requestId)).toBe(false);
    await turn();
    delegate.sendRequestToPServer(BODY, 'r2');
    vi.advanceTimersByTime(100);
    await turn();
    expect(bridge.handlePServerResponse({ late: true }, app.last.requestId)).toBe(false);
    await turn();

    expect(widget.replies).toEqual([
      [{ n: 1 }, 'r1'],
      [FAILURE, 'r2'],
    ]);
    expect(events.of('orphan').map((orphan) => orphan.requestId)).toEqual([requestId, app.last.requestId]);
  });
});

describe('a reply that native code returns', () => {
  const asked = async (returned: unknown) => {
    vi.stubGlobal('flutter_inappwebview', { callHandler: () => returned });
    const { bridge, delegate, widget, events } = setUpWith(nativeTransport());
    delegate.sendRequestToPServer(BODY, 'r1');
    await turn();
    return { bridge, widget, events };
  };

  it.each<[string, unknown]>([
    ['a promise of an object', Promise.resolve({ ok: true })],
    ['a promise of a text', Promise.resolve('{"ok":true}')],
    [
      'a thenable',
      Object.defineProperty({}, 'then', { value: (done: (v: unknown) => void) => done({ ok: true }) }),
    ],
    ['an object', { ok: true }],
  ])('%s', async (_what, returned) => {
    const { widget } = await asked(returned);

    expect(widget.replies).toEqual([[{ ok: true }, 'r1']]);
  });

  it.each([null, undefined, true, 0, ''])('is none if it is %j: it comes later', async (returned) => {
    const { widget, bridge } = await asked(Promise.resolve(returned));
    expect(widget.replies).toEqual([]);

    expect(bridge.getSnapshot().pending).toHaveLength(1);
  });
});

describe('B10 several widgets over one shell', () => {
  it.each(shellNames)(
    '%s: with the same ids and transports of their own, whichever entry point native code uses',
    async (shell) => {
      const app = standIn(shell);
      const [one, other] = [setUpWith(nativeTransport()), setUpWith(nativeTransport())];
      one.delegate.sendRequestToPServer(BODY, '1');
      other.delegate.sendRequestToPServer(BODY, '1');
      const [first, second] = app.calls;
      // Native code knows one widget only.
      one.widget.handlePServerResponse({ to: 'other' }, second?.requestId ?? '');
      one.bridge.handlePServerResponse({ to: 'one' }, first?.requestId ?? '');
      await turn();

      expect(one.widget.repliesTo('1')).toEqual([{ to: 'one' }]);
      expect(other.widget.replies).toEqual([[{ to: 'other' }, '1']]);
      expect([...one.events.types, ...other.events.types]).not.toContain('orphan');
    },
  );
});

describe('B3 shape e, of iOS hosts', () => {
  const succeeded = vi.fn();
  const failed = vi.fn();
  const orders = [
    ['(params, onSuccess, onError)', ['{"type":"getInsights"}', succeeded, failed]],
    ['(onSuccess, onError, params)', [succeeded, failed, '{"type":"getInsights"}']],
  ] as const;

  it.each(orders)('B1 %s: onSuccess once', async (_order, args) => {
    vi.clearAllMocks();
    const app = standIn('ios');
    const widget = new RecordingWidget();
    const bridge = makeBridge({ transport: nativeTransport() });
    bridge.attach(widget);
    bridge.delegate.sendRequestToPServer(...args);
    expect(app.last.requestData).toBe('{"type":"getInsights"}');
    widget.handlePServerResponse(base64({ ok: true }), app.last.requestId);
    widget.handlePServerResponse(base64({ again: true }), app.last.requestId);
    await turn();

    expect(succeeded.mock.calls).toEqual([[{ ok: true }]]);
    expect(failed).not.toHaveBeenCalled();
    expect(widget.replies).toEqual([]);
  });

  it.each(orders)('B1 %s: onError once, when there is no answer', async (_order, args) => {
    vi.clearAllMocks();
    const app = standIn('ios');
    const { bridge, delegate, widget } = setUpWith(nativeTransport());
    delegate.sendRequestToPServer(...args);
    vi.advanceTimersByTime(30_000);
    await turn();
    bridge.handlePServerResponse(base64({ late: true }), app.last.requestId);
    await turn();

    expect(failed.mock.calls).toEqual([[FAILURE]]);
    expect(succeeded).not.toHaveBeenCalled();
    expect(widget.replies).toEqual([]);
  });
});
