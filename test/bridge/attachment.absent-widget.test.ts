import { describe, expect, it, vi } from 'vitest';
import { bridgeTests } from './fixtures/bridge-tests.ts';
import { RecordingWidget } from './fixtures/recording-widget.ts';
import { turn } from './fixtures/turn.ts';

const { makeBridge, setUpWith, setUp } = bridgeTests();

const BODY = { type: 'getInsights' };
const echo = { send: () => ({ ok: true }) };

describe('B12 a widget that is not loaded yet', () => {
  it('B12 needs no target: a getter says whom to answer', async () => {
    const notThere = (): never => {
      throw new ReferenceError('personetics is not defined');
    };

    for (const getter of [() => undefined, () => null as unknown as undefined, notThere]) {
      let loaded: RecordingWidget | undefined;
      const bridge = makeBridge({ transport: echo });
      bridge.attach(() => loaded ?? getter());
      loaded = new RecordingWidget();
      bridge.delegate.sendRequestToPServer(BODY, 'r1');
      await turn();

      expect(loaded.replies).toEqual([[{ ok: true }, 'r1']]);
    }
  });

  it.each([undefined, null, 'window', 7])('B12 a target that is %o, and not loaded, is refused', (target) => {
    const attach = (): unknown => makeBridge().attach(new RecordingWidget(), target as unknown as object);

    expect(attach).toThrow(expect.objectContaining({ code: 'INVALID_CALL' }));
    expect(attach).toThrow(/attach.*an object as target, which is loaded already/);
  });

  it.each([
    ['an arrow function', () => ({})],
    ['a function', function target() {}],
    ['a class', class {}],
  ])('B12 a target that is %s is refused, and gets nothing', (_kind, target) => {
    const names = Object.getOwnPropertyNames(target);
    const attach = (): unknown => makeBridge().attach(() => new RecordingWidget(), target);

    expect(attach).toThrow(expect.objectContaining({ code: 'INVALID_CALL' }));
    expect(attach).toThrow(/attach.*an object as target, not a function that returns it, got function/);
    expect(Object.getOwnPropertyNames(target)).toEqual(names);
  });

  it.each([undefined, null, 'window', 7])(
    'B12 a refused target (%o) leaves the widget as it is',
    (target) => {
      const bridge = makeBridge();
      const before = new RecordingWidget();
      const undo = bridge.attach(before);
      const widget = new RecordingWidget();
      const [own, attached] = [Object.getOwnPropertyNames(widget), Object.entries(before)];

      for (const given of [widget, () => widget]) {
        expect(() => bridge.attach(given, target as unknown as object)).toThrow(
          expect.objectContaining({ code: 'INVALID_CALL' }),
        );
      }

      expect(Object.getOwnPropertyNames(widget)).toEqual(own);
      expect(Object.entries(before)).toEqual(attached); // the first widget is still attached
      undo();
    },
  );

  it('B12 is answered once it is there', async () => {
    let widget: RecordingWidget | undefined;
    const bridge = makeBridge({ transport: echo });
    const target: Partial<typeof bridge.delegate> = {};
    bridge.attach(() => widget, target);
    target.sendRequestToPServer?.(BODY, 'r1');
    widget = new RecordingWidget();
    await turn();

    expect(widget.replies).toEqual([[{ ok: true }, 'r1']]);
  });

  it('B12 a getter of a widget that is there puts nothing on it', () => {
    const widget: RecordingWidget & { sendRequestToPServer?: unknown } = new RecordingWidget();
    const bridge = makeBridge({ transport: echo });
    bridge.attach(() => widget);

    expect(Object.keys(widget)).toEqual(['replies', 'handlePServerResponse']);
  });

  it('B12 a getter is asked at each answer: the widget may be another by then', async () => {
    let widget = new RecordingWidget();
    const first = widget;
    const bridge = makeBridge({ transport: echo });
    bridge.attach(() => widget, {});
    bridge.delegate.sendRequestToPServer(BODY, 'r1');
    await turn();
    widget = new RecordingWidget();
    bridge.delegate.sendRequestToPServer(BODY, 'r2');
    await turn();

    expect(first.replies).toEqual([[{ ok: true }, 'r1']]);
    expect(widget.replies).toEqual([[{ ok: true }, 'r2']]);
  });
});

describe('B12 a widget that is not there when a reply comes is a NO_CHANNEL failure event', () => {
  const absent: [string, () => object | undefined][] = [
    ['undefined', () => undefined],
    ['null', () => null as unknown as undefined],
    ['without a reply function', () => ({})],
    [
      'a getter that throws',
      () => {
        throw new ReferenceError('x');
      },
    ],
    [
      'one whose reply function cannot be read, as another origin’s window',
      () =>
        Object.defineProperty({}, 'handlePServerResponse', {
          get: () => {
            throw new DOMException('Blocked a frame', 'SecurityError');
          },
        }),
    ],
  ];
  it.each(absent)('B12 %s', async (_, getter) => {
    const { bridge, delegate, events } = setUpWith(echo);
    bridge.attach(getter, {});
    delegate.sendRequestToPServer(BODY, 'r1');
    await turn();

    expect(events.types).toEqual(['request', 'failure']);
    expect(events.codes).toEqual(['NO_CHANNEL']);
    expect(events.of('failure')[0]?.request).toMatchObject({ requestId: 'r1' });
    expect(bridge.getSnapshot().pending).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('B12 so is a bridge that was never attached', async () => {
    const { bridge, events } = setUpWith(echo);
    bridge.attach({}, {})();
    bridge.delegate.sendRequestToPServer(BODY, 'r1');
    await turn();

    expect(events.codes).toEqual(['NO_CHANNEL']);
  });

  it('B12 and where the request had failed before, that is its cause', async () => {
    const { bridge, delegate, transport, events } = setUp();
    bridge.attach(() => undefined, {});
    delegate.sendRequestToPServer(BODY, 'r1');
    transport.last.fail(new Error('x'));
    await turn();

    expect(events.errors).toMatchObject([{ code: 'NO_CHANNEL', cause: { code: 'NETWORK' } }]);
  });

  it('B12 callbacks do not need a widget', async () => {
    const { bridge, delegate, events } = setUpWith(echo);
    bridge.attach(() => undefined, {});
    const ok = vi.fn();
    delegate.sendRequestToPServer(BODY, ok, ok);
    delegate.sendRequestToOBServer(BODY, ok);
    await turn();

    expect(ok).toHaveBeenCalledTimes(2);
    expect(events.codes).toEqual([]);
  });

  it('B6 nor does it keep the others that are due from ending', () => {
    const { bridge, delegate, events } = setUpWith({ send: () => undefined }, { timeout: 100 });
    const broken = Object.defineProperty({}, 'handlePServerResponse', {
      get: () => {
        throw new DOMException('Blocked a frame', 'SecurityError');
      },
    });
    bridge.attach(() => broken, {});
    for (const id of ['r1', 'r2']) delegate.sendRequestToPServer(BODY, id);
    vi.advanceTimersByTime(100);

    expect(events.codes).toEqual(['NO_CHANNEL', 'NO_CHANNEL']);
  });
});
