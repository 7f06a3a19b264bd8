import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import type { WidgetBridge } from '../../src/index.ts';
import { bridgeTests } from './fixtures/bridge-tests.ts';
import { FAILURE } from './fixtures/failure-reply.ts';
import { RecordingWidget } from './fixtures/recording-widget.ts';
import { standInQueue } from './fixtures/stand-in-queue.ts';
import { turn } from './fixtures/turn.ts';

const { makeBridge, setUp, setUpWith } = bridgeTests();

const BODY = { type: 'getInsights' };

describe('B9 a bridge that is disposed from within', () => {
  it('B9 a request handler: nothing is sent, and the request is answered', async () => {
    const { bridge, delegate, transport, widget, events } = setUp();
    bridge.on('request', () => bridge.dispose());
    delegate.sendRequestToPServer(BODY, 'r1');
    await turn();

    expect(transport.sent).toEqual([]);
    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(events.codes).toEqual(['DISPOSED']);
  });

  it('B9 a listener of the snapshot', async () => {
    const { bridge, delegate, transport, widget } = setUp();
    bridge.subscribe(() => bridge.dispose());
    delegate.sendRequestToPServer(BODY, 'r1');
    await turn();

    expect(transport.sent).toEqual([]);
    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
  });

  it('B9 a listener of the snapshot, while a command with a signal is being sent', async () => {
    const { bridge } = setUp();
    const { signal } = new AbortController();
    bridge.subscribe(() => bridge.dispose());

    await expect(bridge.send('ob', BODY, { signal })).rejects.toMatchObject({ code: 'DISPOSED' });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('B9 transport.send', async () => {
    const { bridge, delegate, widget, events } = setUpWith({
      send: () => {
        bridge.dispose();
        return { ok: true };
      },
    });
    delegate.sendRequestToPServer(BODY, 'r1');
    await turn();

    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(events.codes).toEqual(['DISPOSED']);
  });

  it('B9 the timeout function: nothing is sent', async () => {
    const { bridge, delegate, transport, widget, events } = setUp({
      timeout: () => {
        bridge.dispose();
        return 100;
      },
    });
    delegate.sendRequestToPServer(BODY, 'r1');
    await turn();

    expect(transport.sent).toEqual([]);
    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(events.codes).toEqual(['DISPOSED']);
    expect(bridge.getSnapshot().pending).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('B9 the widget’s reply function, with others due at the same time', async () => {
    const { bridge, delegate, widget } = setUp({ timeout: 100 });
    const { handlePServerResponse } = widget;
    widget.handlePServerResponse = (response, id) => {
      handlePServerResponse(response, id);
      bridge.dispose();
    };
    for (const id of ['r1', 'r2', 'r3']) delegate.sendRequestToPServer(BODY, id);
    vi.advanceTimersByTime(100);
    await turn();

    expect(widget.replies.map(([, id]) => id).sort()).toEqual(['r1', 'r2', 'r3']);
  });

  it('B9 a listener on the transport’s signal', async () => {
    const { bridge, delegate, transport, widget } = setUp({ timeout: 100 });
    delegate.sendRequestToPServer(BODY, 'r1');
    delegate.sendRequestToPServer(BODY, 'r2');
    transport.sent[0]?.context.signal.addEventListener('abort', () => bridge.dispose());
    vi.advanceTimersByTime(100);
    await turn();

    expect(widget.replies.map(([, id]) => id).sort()).toEqual(['r1', 'r2']);
  });

  it('B9 the stop of its own queue', () => {
    const stop = vi.fn(() => {
      bridge.dispose();
      return Promise.resolve();
    });
    const bridge: WidgetBridge = makeBridge({ queue: standInQueue(stop) });
    bridge.dispose();

    expect(stop).toHaveBeenCalledTimes(1);
  });
});

describe('B1 a bridge that is called from within', () => {
  it('B1 the reply function calls the delegate at once, again and again', async () => {
    const { delegate, widget, events } = setUpWith({ send: () => ({}) });
    const { handlePServerResponse } = widget;
    widget.handlePServerResponse = (response, id) => {
      handlePServerResponse(response, id);
      if (Number(id) < 100) delegate.sendRequestToPServer(BODY, Number(id) + 1);
    };
    delegate.sendRequestToPServer(BODY, 1);
    await turn();

    expect(widget.replies.map(([, id]) => id)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(events.of('reply')).toHaveLength(100);
  });

  it('B7 the timeout function asks for the same id', async () => {
    let isNested = false;
    const { delegate, transport, widget } = setUp({
      timeout: () => {
        if (!isNested) {
          isNested = true;
          delegate.sendRequestToPServer(BODY, 'r1');
        }
        return 100;
      },
    });
    delegate.sendRequestToPServer(BODY, 'r1');
    await turn();
    expect(transport.sent).toHaveLength(1);
    transport.last.answer({ ok: true });
    await turn();
    vi.advanceTimersByTime(1_000);

    expect(widget.replies).toEqual([[{ ok: true }, 'r1']]);
  });

  it('B8 the timeout function fills the bridge up', async () => {
    let nested = 0;
    const { bridge, delegate, transport, widget } = setUp({
      maxPending: 2,
      timeout: () => {
        nested += 1;
        if (nested < 5) delegate.sendRequestToPServer(BODY, `n${nested}`);
        return 100;
      },
    });
    delegate.sendRequestToPServer(BODY, 'r1');
    await turn();

    expect(bridge.getSnapshot().pending).toHaveLength(2);
    expect(transport.sent).toHaveLength(2);
    expect(widget.replies).toHaveLength(3);
  });

  it('B1 a listener on the transport’s signal uses the entry point and the id again', async () => {
    const { bridge, delegate, transport, widget } = setUp({ timeout: 100 });
    delegate.sendRequestToPServer({ turn: 1 }, 'r1');
    transport.last.context.signal.addEventListener('abort', () => {
      bridge.handlePServerResponse({ entered: true }, 'r1');
      delegate.sendRequestToPServer({ turn: 2 }, 'r1');
    });
    vi.advanceTimersByTime(100);
    await turn();
    expect(transport.sent).toHaveLength(2);
    transport.last.answer({ turn: 2 });
    await turn();

    expect(widget.replies).toEqual([
      [FAILURE, 'r1'],
      [{ turn: 2 }, 'r1'],
    ]);
  });

  it('B1 a handler of the failure event asks for the same again', async () => {
    const { bridge, delegate, transport, widget } = setUp();
    const off = bridge.on('failure', () => {
      off();
      delegate.sendRequestToPServer(BODY, 'r1');
    });
    delegate.sendRequestToPServer(BODY, 'r1');
    transport.last.fail(new Error('x'));
    await turn();
    transport.last.answer({ ok: true });
    await turn();

    expect(widget.replies).toEqual([
      [FAILURE, 'r1'],
      [{ ok: true }, 'r1'],
    ]);
  });

  it('B12 a reply function that attaches another widget', async () => {
    const { bridge, delegate, widget } = setUp({ timeout: 100 });
    const second = vi.fn();
    const { handlePServerResponse } = widget;
    widget.handlePServerResponse = (response, id) => {
      handlePServerResponse(response, id);
      bridge.attach({ handlePServerResponse: second }, {});
    };
    for (const id of ['r1', 'r2']) delegate.sendRequestToPServer(BODY, id);
    vi.advanceTimersByTime(100);
    await turn();

    expect(widget.replies.map(([, id]) => id)).toEqual(['r1', 'r2']);
    expect(second).not.toHaveBeenCalled();
  });

  it('B12 a handler of a detached request’s failure may attach again at once', async () => {
    const { bridge, delegate, transport, widget } = setUp();
    const second = new RecordingWidget();
    const detach = bridge.attach(widget, {});
    const off = bridge.on('failure', () => {
      off();
      bridge.attach(second, {});
    });
    for (const id of ['r1', 'r2']) delegate.sendRequestToPServer(BODY, id);
    detach();
    delegate.sendRequestToPServer(BODY, 'r3');
    transport.last.answer({ ok: true });
    await turn();

    expect(widget.replies.map(([, id]) => id)).toEqual(['r1', 'r2']);
    expect(second.replies).toEqual([[{ ok: true }, 'r3']]);
  });
});
