import { describe, expect, it, vi } from 'vitest';
import { bridgeTests } from './fixtures/bridge-tests.ts';
import { FAILURE } from './fixtures/failure-reply.ts';
import { RecordingWidget } from './fixtures/recording-widget.ts';
import { standInQueue } from './fixtures/stand-in-queue.ts';
import { turn } from './fixtures/turn.ts';

const { makeBridge, setUp } = bridgeTests();

const BODY = { type: 'getInsights' };

describe('B12 detaching answers what is pending with ABORTED', () => {
  it('B12 through the widget’s reply function and the callbacks', () => {
    const { bridge, delegate, transport, widget, events } = setUp();
    const detach = bridge.attach(widget, {});
    const onSuccess = vi.fn();
    const onError = vi.fn();
    delegate.sendRequestToPServer(BODY, 'r1');
    delegate.sendRequestToPServer(BODY, onSuccess, onError);
    const signals = transport.sent.map(({ context }) => context.signal);
    detach();

    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(onError.mock.calls).toEqual([[FAILURE]]);
    expect(onSuccess).not.toHaveBeenCalled();
    expect(events.codes).toEqual(['ABORTED', 'ABORTED']);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  it('B12 and not what the page itself has sent', async () => {
    const { bridge, transport, widget } = setUp();
    const detach = bridge.attach(widget, {});
    const own = bridge.send('pserver', BODY);
    detach();
    transport.last.answer({ ok: true });

    expect(await own).toEqual({ ok: true });
  });

  it('B12 a reply that comes after it meets nobody', async () => {
    const { bridge, delegate, transport, widget, events } = setUp();
    const detach = bridge.attach(widget, {});
    delegate.sendRequestToPServer(BODY, 'r1');
    detach();
    transport.last.answer({ late: true });
    await turn();

    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(events.of('orphan')).toEqual([{ requestId: 'r1', reason: 'settled' }]);
  });

  it('B12 leaves alone what another widget waits for, that has been attached since', () => {
    const { bridge, delegate, widget, events } = setUp();
    const detach = bridge.attach(widget, {});
    bridge.attach(new RecordingWidget(), {});
    delegate.sendRequestToPServer(BODY, 'r1');
    detach();

    expect(events.types).toEqual(['request']);
    expect(bridge.getSnapshot().pending).toHaveLength(1);
  });

  it('B7 B12 a caller that repeats a request while others end joins it', () => {
    const { bridge, delegate, transport, widget } = setUp();
    const detach = bridge.attach(widget, {});
    const { handlePServerResponse } = widget;
    widget.handlePServerResponse = (response, id) => {
      handlePServerResponse(response, id);
      if (id === 'r1') delegate.sendRequestToPServer(BODY, 'r2');
    };
    for (const id of ['r1', 'r2']) delegate.sendRequestToPServer(BODY, id);
    detach();

    expect(widget.replies).toEqual([
      [FAILURE, 'r1'],
      [FAILURE, 'r2'],
    ]);
    expect(transport.sent).toHaveLength(2);
  });

  it('B9 B12 of a bridge that is disposed meanwhile, nothing is sent after it', async () => {
    const { bridge, delegate, transport, widget } = setUp();
    const detach = bridge.attach(widget, {});
    bridge.on('failure', () => bridge.dispose());
    delegate.sendRequestToPServer(BODY, 'r1');
    detach();

    await expect(bridge.send('pserver', BODY)).rejects.toMatchObject({ code: 'DISPOSED' });
    expect(transport.sent).toHaveLength(1);
  });

  it('B12 twice is once', () => {
    const { bridge, delegate, widget, events } = setUp();
    const detach = bridge.attach(widget, {});
    delegate.sendRequestToPServer(BODY, 'r1');
    detach();
    detach();

    expect(events.codes).toEqual(['ABORTED']);
    expect(widget.replies).toHaveLength(1);
  });

  it('B1 from within the widget’s own call, after that has returned', async () => {
    const { bridge, delegate, widget } = setUp();
    const detach = bridge.attach(widget, {});
    bridge.on('request', detach);
    delegate.sendRequestToPServer(BODY, 'r1');
    expect(widget.replies).toEqual([]);
    await turn();

    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
  });

  it('B12 also what the widget asks for again inside of that answer: it is not sent for the next widget', async () => {
    const { bridge, delegate, transport, widget } = setUp();
    const { handlePServerResponse } = widget;
    let again = 1;
    widget.handlePServerResponse = (response, id) => {
      handlePServerResponse(response, id);
      if (again > 0) delegate.sendRequestToPServer(BODY, 'again');
      again -= 1;
    };
    bridge.attach(widget, {});
    delegate.sendRequestToPServer(BODY, 'r1');
    const next = new RecordingWidget();
    bridge.attach(next, {});
    for (const { answer } of transport.sent) answer({ ok: true });
    await turn();

    expect(widget.replies).toEqual([
      [FAILURE, 'r1'],
      [FAILURE, 'again'],
    ]);
    expect(next.replies).toEqual([]);
    expect(transport.sent).toHaveLength(1);
  });
});

describe('B12 detaching puts back what was there', () => {
  function found(target: object): object {
    return Object.getOwnPropertyDescriptors(target);
  }

  it.each(['detach', 'dispose'])('B12 own functions, fields and nothing at all: %s', (way) => {
    const bridge = makeBridge();
    const target = { sendRequestToPServer: vi.fn(), widgetEvent: undefined, mine: 1 };
    const before = found(target);
    const detach = bridge.attach(new RecordingWidget(), target);
    expect(target.sendRequestToPServer).toBe(bridge.delegate.sendRequestToPServer);
    if (way === 'detach') detach();
    else bridge.dispose();

    expect(found(target)).toEqual(before);
    expect(Object.keys(target)).toEqual(['sendRequestToPServer', 'widgetEvent', 'mine']);
  });

  it('B12 inherited functions', () => {
    class Target {
      sendRequestToPServer(): void {}
    }
    const bridge = makeBridge();
    const target = new Target();
    const detach = bridge.attach(new RecordingWidget(), target);
    expect(target.sendRequestToPServer).toBe(bridge.delegate.sendRequestToPServer);
    detach();

    expect(Reflect.ownKeys(target)).toEqual([]);
    expect(target.sendRequestToPServer).toBe(Target.prototype.sendRequestToPServer);
  });

  it('B12 accessors, and fields that are not enumerable or writable', () => {
    const bridge = makeBridge();
    const get = vi.fn(() => 'mine');
    const set = vi.fn();
    const target: Record<string, unknown> = Object.defineProperties(
      {},
      {
        sendRequestToPServer: { get, set, configurable: true, enumerable: false },
        widgetEvent: { value: 1, configurable: true, writable: false, enumerable: false },
      },
    );
    const before = found(target);
    const detach = bridge.attach(new RecordingWidget(), target);
    expect(target['sendRequestToPServer']).toBe(bridge.delegate.sendRequestToPServer);
    expect(target['widgetEvent']).toBe(bridge.delegate.widgetEvent);
    detach();

    expect(found(target)).toEqual(before);
    expect(set).not.toHaveBeenCalled();
  });

  it('B12 inherited setters', () => {
    const set = vi.fn();
    const target: Record<string, unknown> = Object.create(
      Object.defineProperty({}, 'sendRequestToPServer', { set, get: () => undefined, configurable: true }),
    );
    const bridge = makeBridge();
    const detach = bridge.attach(new RecordingWidget(), target);
    expect(target['sendRequestToPServer']).toBe(bridge.delegate.sendRequestToPServer);
    detach();

    expect(Reflect.ownKeys(target)).toEqual([]);
  });

  it('B12 but not over what somebody else has put there since', () => {
    const bridge = makeBridge();
    const theirs = vi.fn();
    const target: Record<string, unknown> = { sendRequestToPServer: vi.fn() };
    const detach = bridge.attach(new RecordingWidget(), target);
    target['sendRequestToPServer'] = theirs;
    delete target['widgetEvent'];
    detach();

    expect(target).toEqual({ sendRequestToPServer: theirs });
  });

  it.each([
    ['frozen', Object.freeze],
    ['sealed', Object.seal],
  ])('B9 a target that was %s meanwhile keeps nothing else from ending', async (_, close) => {
    const stop = vi.fn(() => Promise.resolve());
    const { bridge, delegate, widget } = setUp({ queue: standInQueue(stop) });
    const target = {};
    const detach = bridge.attach(widget, target);
    delegate.sendRequestToPServer(BODY, 'r1');
    close(target);

    expect(detach).not.toThrow();
    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    bridge.attach(widget, {});
    expect(() => bridge.dispose()).not.toThrow();
    expect(stop).toHaveBeenCalledTimes(1);
  });

  it('B9 nor does one that is closed when the bridge is disposed', () => {
    const stop = vi.fn(() => Promise.resolve());
    const { bridge, delegate, widget } = setUp({ queue: standInQueue(stop) });
    const target = {};
    bridge.attach(widget, target);
    delegate.sendRequestToPServer(BODY, 'r1');
    Object.freeze(target);

    expect(() => bridge.dispose()).not.toThrow();
    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(bridge.getSnapshot()).toEqual({ pending: [], disposed: true });
    expect(stop).toHaveBeenCalledTimes(1);
  });
});
