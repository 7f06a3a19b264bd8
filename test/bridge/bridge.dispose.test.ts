import { describe, expect, it, vi } from 'vitest';
import { isBanksideError, type QueuePoller } from '../../src/index.ts';
import { bridgeTests } from './fixtures/bridge-tests.ts';
import { FAILURE } from './fixtures/failure-reply.ts';
import { countListeners } from './fixtures/listeners.ts';
import { RecordingWidget } from './fixtures/recording-widget.ts';
import { standInQueue } from './fixtures/stand-in-queue.ts';
import { turn } from './fixtures/turn.ts';

const { makeBridge, reported, setUp } = bridgeTests();

const BODY = { type: 'getInsights' };

describe('B9 dispose', () => {
  it('B9 answers what is pending, in order, and says why', async () => {
    const { bridge, delegate, transport, widget, events } = setUp();
    const onSuccess = vi.fn();
    const onError = vi.fn();
    delegate.sendRequestToPServer(BODY, 'r1');
    delegate.sendRequestToEnrichServer(BODY, 'r2');
    delegate.sendRequestToPServer(BODY, onSuccess, onError);
    const own = bridge.send('ob', BODY);
    const signals = transport.sent.map(({ context }) => context.signal);
    vi.advanceTimersByTime(10);
    bridge.dispose('the user logged out');
    await expect(own).rejects.toMatchObject({ code: 'DISPOSED', cause: 'the user logged out' });

    expect(widget.replies).toEqual([
      [FAILURE, 'r1'],
      [FAILURE, 'r2'],
    ]);
    expect(onError.mock.calls).toEqual([[FAILURE]]);
    expect(onSuccess).not.toHaveBeenCalled();
    expect(events.codes).toEqual(['DISPOSED', 'DISPOSED', 'DISPOSED', 'DISPOSED']);
    expect(events.errors[0]?.cause).toBe('the user logged out');
    expect(events.errors[0]?.details).toEqual({
      requestId: 'r1',
      server: 'pserver',
      type: 'getInsights',
      elapsed: 10,
    });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true, true]);
  });

  it('B9 is idempotent', async () => {
    const stop = vi.fn(() => Promise.resolve());
    const { bridge, delegate, widget, events } = setUp({ queue: standInQueue(stop) });
    const changes = vi.fn();
    delegate.sendRequestToPServer(BODY, 'r1');
    bridge.dispose('first');
    bridge.subscribe(changes);
    bridge.dispose('second');
    await turn();

    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(events.errors.map(({ cause }) => cause)).toEqual(['first']);
    expect(stop).toHaveBeenCalledTimes(1);
    expect(changes).not.toHaveBeenCalled();
  });

  it('B9 may be called by a handler of its own events', async () => {
    const { bridge, delegate, widget } = setUp();
    bridge.on('failure', () => bridge.dispose());
    bridge.subscribe(() => bridge.getSnapshot().disposed && bridge.dispose());
    const { handlePServerResponse } = widget;
    widget.handlePServerResponse = (response, id) => {
      handlePServerResponse(response, id);
      bridge.dispose();
    };
    delegate.sendRequestToPServer(BODY, 'r1');
    delegate.sendRequestToPServer(BODY, 'r2');
    bridge.dispose();
    await turn();

    expect(widget.replies.map(([, id]) => id)).toEqual(['r1', 'r2']);
  });

  it('B9 holds back what comes after it', async () => {
    const { bridge, delegate, transport, widget, events } = setUp();
    delegate.sendRequestToPServer(BODY, 'r1');
    bridge.dispose();
    transport.last.answer({ late: true });
    expect(bridge.handlePServerResponse({ late: true }, 'r1')).toBe(false);
    await turn();

    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(events.of('orphan')).toEqual([
      { requestId: 'r1', reason: 'settled' },
      { requestId: 'r1', reason: 'settled' },
    ]);
  });

  it('B9 stops the queue, whatever that does', async () => {
    const boom = new Error('x');
    const queue = {
      stop: (): never => {
        throw boom;
      },
    };
    const bridge = makeBridge({ queue: queue as unknown as QueuePoller });
    expect(bridge.queue).toBe(queue);
    bridge.dispose();

    expect(bridge.getSnapshot().disposed).toBe(true);
    expect(reported.splice(0)).toEqual([boom]);
  });

  it('B9 does not dispose the transport', () => {
    const transport = { send: vi.fn(), dispose: vi.fn(), [Symbol.dispose]: vi.fn() };
    makeBridge({ transport }).dispose();

    expect(transport.dispose).not.toHaveBeenCalled();
    expect(transport[Symbol.dispose]).not.toHaveBeenCalled();
  });
});

describe('B9 a call after dispose', () => {
  it('B9 is answered with DISPOSED where there still is a way to, and never sent', async () => {
    const { bridge, delegate, transport, widget, events } = setUp();
    const onError = vi.fn();
    bridge.dispose('gone');
    delegate.sendRequestToPServer(BODY, 'r1');
    bridge.handlePersoEvent({
      requestString: 'sendRequestToOBServer',
      json: { requestData: BODY },
      requestId: 2,
    });
    delegate.sendRequestToPServer(BODY, vi.fn(), onError);
    delegate.sendRequestToOBServer(BODY, onError);
    await expect(bridge.send('pserver', BODY)).rejects.toMatchObject({ code: 'DISPOSED', cause: 'gone' });
    await turn();

    expect(widget.replies).toEqual([
      [FAILURE, 'r1'],
      [FAILURE, 2],
    ]);
    expect(onError.mock.calls).toEqual([[FAILURE], [FAILURE]]);
    expect(new Set(events.codes)).toEqual(new Set(['DISPOSED']));
    expect(transport.sent).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('B9 also where the entry point stood before the widget’s reply function', async () => {
    const bridge = makeBridge({ transport: { send: vi.fn(), receive: () => false } });
    const widget = new RecordingWidget();
    const own = widget.handlePServerResponse;
    bridge.attach(widget);
    bridge.dispose();
    bridge.delegate.sendRequestToPServer(BODY, 'r1');
    await turn();

    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(widget.handlePServerResponse).toBe(own);
  });

  it('B9 an attach is refused', () => {
    const bridge = makeBridge();
    bridge.dispose();

    expect(() => bridge.attach(new RecordingWidget())).toThrow(expect.objectContaining({ code: 'DISPOSED' }));
  });

  it('B9 a detach changes nothing', async () => {
    const { bridge, delegate, widget } = setUp();
    const detach = bridge.attach(widget, {});
    bridge.dispose();
    detach();
    delegate.sendRequestToPServer(BODY, 'r1');
    await turn();

    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
  });
});

describe('B9 the signal option', () => {
  it('B9 disposes the bridge, with the signal’s reason', async () => {
    const listeners = countListeners();
    const controller = new AbortController();
    const { bridge, delegate, widget, events } = setUp({ signal: controller.signal });
    delegate.sendRequestToPServer(BODY, 'r1');
    controller.abort('logged out');
    await turn();

    expect(bridge.getSnapshot().disposed).toBe(true);
    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(events.errors).toMatchObject([{ code: 'DISPOSED', cause: 'logged out' }]);
    expect(listeners()).toBe(0);
  });

  it('B9 that is aborted already makes a bridge that is disposed', async () => {
    const listeners = countListeners();
    const { signal } = new AbortController();
    const bridge = makeBridge({ signal: AbortSignal.abort('too late') });
    await expect(bridge.send('pserver', BODY, { signal })).rejects.toMatchObject({
      code: 'DISPOSED',
      cause: 'too late',
    });

    expect(bridge.getSnapshot()).toEqual({ pending: [], disposed: true });
    expect(listeners()).toBe(0);
  });

  it('B9 stops the queue of such a bridge too', () => {
    const stop = vi.fn(() => Promise.resolve());
    makeBridge({ signal: AbortSignal.abort(), queue: standInQueue(stop) });

    expect(stop).toHaveBeenCalledTimes(1);
  });
});

describe('S2 Symbol.dispose', () => {
  it('S2 disposes, where the engine has it', () => {
    const bridge = makeBridge();
    bridge[Symbol.dispose]();

    expect(bridge.getSnapshot().disposed).toBe(true);
  });

  it('B9 gives the errors no cause that nobody named', async () => {
    const { bridge, delegate, events } = setUp();
    delegate.sendRequestToPServer(BODY, 'r1');
    bridge[Symbol.dispose]();
    await turn();

    expect(isBanksideError(events.errors[0], 'DISPOSED')).toBe(true);
    expect(events.errors[0]?.cause).toBeUndefined();
  });
});
