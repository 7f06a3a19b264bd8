import { describe, expect, it, vi } from 'vitest';
import type { Transport, WidgetRequest } from '../../src/index.ts';
import { bridgeTests } from './fixtures/bridge-tests.ts';
import { FAILURE } from './fixtures/failure-reply.ts';
import { RecordingWidget } from './fixtures/recording-widget.ts';
import { turn } from './fixtures/turn.ts';

const { attached, makeBridge, reported, setUpWith } = bridgeTests();

const BODY = { type: 'getInsights' };

/** A shell that answers through a function on the page, under ids of its own. */
class Shell implements Transport {
  readonly #waiting = new Map<string, (response: unknown) => void>();
  readonly requests: WidgetRequest[] = [];

  send(request: WidgetRequest): Promise<unknown> {
    const wireId = `wire-${this.requests.push(request)}`;
    return new Promise((resolve) => this.#waiting.set(wireId, resolve));
  }

  receive(response: unknown, wireId: string | number): boolean {
    const resolve = this.#waiting.get(`${wireId}`);
    this.#waiting.delete(`${wireId}`);
    resolve?.(response);
    return resolve !== undefined;
  }
}

describe('B2 a transport that receives', () => {
  it('B2 is offered every reply at the entry point first, under the id that it gave', async () => {
    const { bridge, delegate, widget, events } = setUpWith(new Shell());
    delegate.sendRequestToPServer(BODY, 'r1');

    expect(bridge.handlePServerResponse({ ok: true }, 'wire-1')).toBe(true);
    await turn();
    expect(widget.replies).toEqual([[{ ok: true }, 'r1']]);
    expect(events.types).toEqual(['request', 'reply']);
  });

  it('B2 leaves to the bridge what is not its own', async () => {
    const { bridge, delegate, widget } = setUpWith(new Shell());
    delegate.sendRequestToPServer(BODY, 'r1');

    expect(bridge.handlePServerResponse({ pushed: true }, 'r1')).toBe(true);
    expect(bridge.handlePServerResponse({ pushed: true }, 'r1')).toBe(false);
    expect(widget.replies).toEqual([[{ pushed: true }, 'r1']]);
  });

  it('B2 its reply is not passed on when the request has ended already', async () => {
    const { bridge, delegate, widget, events } = setUpWith(new Shell(), { timeout: 100 });
    delegate.sendRequestToPServer(BODY, 'r1');
    vi.advanceTimersByTime(100);
    bridge.handlePServerResponse({ late: true }, 'wire-1');
    await turn();

    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(events.of('orphan')).toEqual([{ requestId: 'r1', reason: 'settled' }]);
  });

  it('B1 that throws does not keep a reply from the widget', () => {
    const boom = new Error('x');
    const { bridge, delegate, widget } = setUpWith({
      send: () => undefined,
      receive: () => {
        throw boom;
      },
    });
    delegate.sendRequestToPServer(BODY, 'r1');
    expect(bridge.handlePServerResponse({ ok: true }, 'r1')).toBe(true);

    expect(widget.replies).toEqual([[{ ok: true }, 'r1']]);
    expect(reported.splice(0)).toEqual([boom]);
  });

  it('B2 a truthy return value that is not true does not accept the reply', () => {
    const { bridge, delegate, widget } = setUpWith({
      send: () => undefined,
      receive: () => Promise.resolve(false) as unknown as boolean,
    });
    delegate.sendRequestToPServer(BODY, 'r1');

    expect(bridge.handlePServerResponse({ ok: true }, 'r1')).toBe(true);
    expect(widget.replies).toEqual([[{ ok: true }, 'r1']]);
  });
});

it('B2 a transport that receives needs no widget', () => {
  const shell = new Shell();
  const bridge = makeBridge({ transport: shell });
  bridge.delegate.sendRequestToPServer(BODY, 'r1');

  expect(shell.requests).toMatchObject([{ requestId: 'r1' }]);
});

describe('B2 attach stands before the widget’s own reply function', () => {
  it.each(['handlePServerResponse', 'handleServerResponse'] as const)(
    'B2 so that a shell that calls %s meets the entry point',
    async (name) => {
      const bridge = makeBridge({ transport: new Shell() });
      const own = vi.fn();
      const widget = { [name]: own };
      bridge.attach(widget, {});
      bridge.delegate.sendRequestToPServer(BODY, 'r1');
      expect(Object.keys(widget)).toEqual([name]);
      expect(widget[name]).not.toBe(own);

      widget[name]?.({ ok: true }, 'wire-1');
      widget[name]?.({ ok: true }, 'wire-1');
      await turn();
      expect(own.mock.calls).toEqual([[{ ok: true }, 'r1']]);
      expect(own.mock.contexts).toEqual([widget]);
    },
  );

  it('B2 both of them, where a widget has both; the answer goes to handlePServerResponse', async () => {
    const bridge = makeBridge({ transport: new Shell() });
    const older = vi.fn();
    const newer = vi.fn();
    const widget = { handlePServerResponse: older, handleServerResponse: newer };
    bridge.attach(widget);
    bridge.delegate.sendRequestToPServer(BODY, 'r1');
    widget.handleServerResponse({ ok: true }, 'wire-1');
    await turn();

    expect(older.mock.calls).toEqual([[{ ok: true }, 'r1']]);
    expect(newer).not.toHaveBeenCalled();
  });

  it('B2 also of a widget that loads later, at the latest when it calls', async () => {
    let widget: RecordingWidget | undefined;
    const bridge = makeBridge({ transport: new Shell() });
    bridge.attach(() => widget, {});
    widget = new RecordingWidget();
    bridge.delegate.sendRequestToPServer(BODY, 'r1');
    widget.handlePServerResponse({ ok: true }, 'wire-1');
    await turn();

    expect(widget.replies).toEqual([[{ ok: true }, 'r1']]);
  });

  it('B2 also of one that replaces its reply function meanwhile', async () => {
    const bridge = makeBridge({ transport: new Shell() });
    const widget = attached(bridge, new RecordingWidget());
    const replaced = vi.fn();
    widget.handlePServerResponse = replaced;
    bridge.delegate.sendRequestToPServer(BODY, 'r1');
    widget.handlePServerResponse({ ok: true }, 'wire-1');
    await turn();

    expect(replaced.mock.calls).toEqual([[{ ok: true }, 'r1']]);
    expect(widget.replies).toEqual([]);
    bridge.dispose();
    expect(widget.handlePServerResponse).toBe(replaced);
  });

  it('B2 and puts it back, an inherited one too', () => {
    class Widget {
      handlePServerResponse(): void {}
    }
    const bridge = makeBridge({ transport: new Shell() });
    const widget = new Widget();
    const detach = bridge.attach(widget, {});
    expect(Object.hasOwn(widget, 'handlePServerResponse')).toBe(true);
    detach();

    expect(Object.hasOwn(widget, 'handlePServerResponse')).toBe(false);
    expect(widget.handlePServerResponse).toBe(Widget.prototype.handlePServerResponse);
  });

  it('B1 a late widget that cannot be stood before is answered all the same', async () => {
    const widget = Object.freeze(new RecordingWidget());
    let loaded: RecordingWidget | undefined;
    const { bridge } = setUpWith(new Shell());
    bridge.attach(() => loaded, {});
    loaded = widget;
    bridge.delegate.sendRequestToPServer(BODY, 'r1');
    bridge.handlePServerResponse({ ok: true }, 'wire-1');
    await turn();

    expect(widget.replies).toEqual([[{ ok: true }, 'r1']]);
    reported.splice(0); // whether it is worth a report is not said
  });

  it('B9 nor does it hold something for each request', () => {
    let reads = 0;
    const widget = new Proxy(Object.freeze(new RecordingWidget()), {
      get: (target, name, receiver) => {
        reads += 1;
        return Reflect.get(target, name, receiver);
      },
    });
    const { bridge } = setUpWith(new Shell());
    const detach = bridge.attach(() => widget, {});
    for (let id = 1; id <= 100; id += 1) {
      bridge.delegate.sendRequestToPServer(BODY, id);
      bridge.handlePServerResponse({}, id);
    }
    reads = 0;
    detach();

    expect(reads).toBeLessThan(10);
    reported.splice(0);
  });
});

describe('B10 two bridges over one transport that receives', () => {
  it('B10 each widget gets its own reply, whichever entry point the shell uses', async () => {
    const shell = new Shell();
    const [one, other] = [makeBridge({ transport: shell }), makeBridge({ transport: shell })];
    const [oneWidget, otherWidget] = [
      attached(one, new RecordingWidget()),
      attached(other, new RecordingWidget()),
    ];
    one.delegate.sendRequestToPServer(BODY, '1');
    other.delegate.sendRequestToPServer(BODY, '1');
    // The shell knows one widget only: the one that it found first.
    oneWidget.handlePServerResponse({ to: 'other' }, 'wire-2');
    oneWidget.handlePServerResponse({ to: 'one' }, 'wire-1');
    await turn();

    expect(oneWidget.replies).toEqual([[{ to: 'one' }, '1']]);
    expect(otherWidget.replies).toEqual([[{ to: 'other' }, '1']]);
  });
});
