import { describe, expect, it, vi } from 'vitest';
import { bridgeTests } from './fixtures/bridge-tests.ts';
import { FAILURE } from './fixtures/failure-reply.ts';
import { RecordingWidget } from './fixtures/recording-widget.ts';
import { turn } from './fixtures/turn.ts';

const { makeBridge, setUpWith, setUp } = bridgeTests();

const BODY = { type: 'getInsights' };
const echo = { send: () => ({ ok: true }) };

describe('B12 attach answers through the widget’s own reply function', () => {
  it('B12 handlePServerResponse, with the widget as `this`', async () => {
    class Widget {
      readonly #replies: unknown[] = [];
      handlePServerResponse(response: unknown, id: unknown): void {
        this.#replies.push([response, id]);
      }
      get replies(): unknown[] {
        return this.#replies;
      }
    }
    const bridge = makeBridge({ transport: echo });
    const widget = new Widget();
    bridge.attach(widget);
    bridge.delegate.sendRequestToPServer(BODY, 'r1');
    await turn();

    expect(widget.replies).toEqual([[{ ok: true }, 'r1']]);
  });

  it('B12 handleServerResponse, where only that exists', async () => {
    const bridge = makeBridge({ transport: echo });
    const widget = { handleServerResponse: vi.fn() };
    bridge.attach(widget);
    bridge.delegate.sendRequestToEnrichServer(BODY, 7);
    await turn();

    expect(widget.handleServerResponse.mock.calls).toEqual([[{ ok: true }, 7]]);
  });

  it('B12 only one of them, where both exist', async () => {
    const bridge = makeBridge({ transport: echo });
    const widget = { handlePServerResponse: vi.fn(), handleServerResponse: vi.fn() };
    bridge.attach(widget);
    bridge.delegate.sendRequestToPServer(BODY, 'r1');
    await turn();

    expect(widget.handlePServerResponse).toHaveBeenCalledTimes(1);
    expect(widget.handleServerResponse).not.toHaveBeenCalled();
  });

  it.each([null, undefined, 'text', {}])(
    'B12 a handlePServerResponse that is %o does not count',
    async (no) => {
      const bridge = makeBridge({ transport: echo });
      const widget = { handlePServerResponse: no as undefined, handleServerResponse: vi.fn() };
      bridge.attach(widget, {});
      bridge.delegate.sendRequestToPServer(BODY, 'r1');
      await turn();

      expect(widget.handleServerResponse).toHaveBeenCalledTimes(1);
    },
  );
});

describe('B12 `target` receives the delegate’s functions', () => {
  const names = Object.keys(makeDelegate());

  it('B12 the widget itself, by default: all but the entry point', () => {
    const bridge = makeBridge();
    const own = vi.fn();
    const widget: Record<string, unknown> = { handlePServerResponse: own };
    bridge.attach(widget);

    const { handlePServerResponse: _one, handleServerResponse: _other, ...functions } = bridge.delegate;
    expect(widget).toEqual({ ...functions, handlePServerResponse: own });
  });

  it('B12 but for those that it has itself: a widget’s own functions stay its own', () => {
    const bridge = makeBridge();
    const names = Object.keys(bridge.delegate).filter((name) => !/^sendRequest|handlePersoEvent/.test(name));
    const widget = Object.fromEntries(names.map((name) => [name, vi.fn()]));
    const before = { ...widget };
    const detach = bridge.attach(widget);

    expect(widget).toMatchObject(before);
    expect(widget['handlePersoEvent']).toBe(bridge.handlePersoEvent);
    for (const sender of ['sendRequestToPServer', 'sendRequestToEnrichServer', 'sendRequestToOBServer']) {
      expect(widget[sender]).toBe(bridge.delegate[sender as 'sendRequestToPServer']);
    }
    detach();
    expect(widget).toEqual(before);
  });

  it('B12 inherited ones, and those whose getters throw, are its own too', () => {
    class Vendors {
      callPersoneticsAPI(): string {
        return 'its own';
      }
      get navigateToPage(): never {
        throw new Error('x');
      }
    }
    const widget = new Vendors();
    makeBridge().attach(widget as object);

    expect(Object.keys(widget)).not.toContain('callPersoneticsAPI');
    expect(Object.keys(widget)).not.toContain('navigateToPage');
    expect(widget.callPersoneticsAPI()).toBe('its own');
  });

  it('B12 the senders in place of what stood there, until it is detached', () => {
    const theirs = vi.fn();
    const bridge = makeBridge();
    const widget = { sendRequestToPServer: theirs, handlePersoEvent: theirs };
    const detach = bridge.attach(widget as object);
    expect(widget.sendRequestToPServer).toBe(bridge.delegate.sendRequestToPServer);
    expect(widget.handlePersoEvent).toBe(bridge.handlePersoEvent);
    detach();

    expect(widget).toEqual({ sendRequestToPServer: theirs, handlePersoEvent: theirs });
  });

  it('B12 as a target, and as what passes for the widget, it keeps its own functions as well', () => {
    const callPersoneticsAPI = vi.fn();
    const handlePServerResponse = vi.fn();
    const widget = { handlePServerResponse, callPersoneticsAPI };
    makeBridge().attach(() => widget, widget);
    const copy = { ...widget };
    makeBridge().attach(widget, copy);

    expect(widget.callPersoneticsAPI).toBe(callPersoneticsAPI);
    expect(copy.callPersoneticsAPI).toBe(callPersoneticsAPI);
  });

  it('B12 not even where the widget has handleServerResponse alone', () => {
    const bridge = makeBridge();
    const own = vi.fn();
    const widget: Record<string, unknown> = { handleServerResponse: own };
    bridge.attach(widget);

    expect(widget['handleServerResponse']).toBe(own);
    expect(widget).not.toHaveProperty('handlePServerResponse');
  });

  it('B12 another object: the entry point too', () => {
    const bridge = makeBridge();
    const target = {};
    const widget = new RecordingWidget();
    bridge.attach(widget, target);

    expect(target).toEqual(bridge.delegate);
    expect(Object.keys(widget)).toEqual(['replies', 'handlePServerResponse']);
  });

  it('B12 which can write them, as it could any of its own', () => {
    const bridge = makeBridge();
    const target = {};
    bridge.attach(new RecordingWidget(), target);

    const ordinary = { configurable: true, enumerable: true, writable: true };
    for (const name of names) {
      expect(Object.getOwnPropertyDescriptor(target, name)).toMatchObject(ordinary);
    }
  });

  it('B12 the entry point over a reply function that is not the widget’s, until it is detached', () => {
    const bridge = makeBridge();
    const theirs = vi.fn();
    const target = { handlePServerResponse: theirs };
    const detach = bridge.attach(new RecordingWidget(), target);
    expect(target.handlePServerResponse).toBe(bridge.delegate.handlePServerResponse);
    detach();

    expect(target.handlePServerResponse).toBe(theirs);
  });

  it('B12 never the entry point over the widget’s own reply function, by whichever name it has it', () => {
    const own = vi.fn();
    for (const widget of [
      { handleServerResponse: own },
      { handlePServerResponse: own, handleServerResponse: own },
    ]) {
      const target = { handlePServerResponse: own };
      makeBridge().attach(widget, target);
      expect(target.handlePServerResponse).toBe(own);
    }
  });

  it('B12 never the entry point over the widget’s own reply function, where the target passes for the widget', async () => {
    const bridge = makeBridge({ transport: echo });
    const widget = new RecordingWidget();
    const own = widget.handlePServerResponse;
    const target = { handlePServerResponse: own };
    bridge.attach(widget, target);
    expect(target.handlePServerResponse).toBe(own);
    bridge.delegate.sendRequestToPServer(BODY, 'r1');
    await turn();

    expect(widget.replies).toEqual([[{ ok: true }, 'r1']]);
  });

  it('B12 nor where the widget inherits from the target', async () => {
    const bridge = makeBridge({ transport: echo });
    const target = new RecordingWidget();
    const own = target.handlePServerResponse;
    bridge.attach(Object.create(target), target);
    bridge.delegate.sendRequestToPServer(BODY, 'r1');
    await turn();

    expect(target.handlePServerResponse).toBe(own);
    expect(target.replies).toEqual([[{ ok: true }, 'r1']]);
  });

  it('B12 nor where the widget that loads later is the target', async () => {
    const bridge = makeBridge({ transport: echo });
    const target = new RecordingWidget();
    const own = target.handlePServerResponse;
    let loaded = false;
    bridge.attach(() => (loaded ? target : undefined), target);
    expect(target.handlePServerResponse).toBe(own);
    loaded = true;
    bridge.delegate.sendRequestToPServer(BODY, 'r1');
    await turn();

    expect(target.replies).toEqual([[{ ok: true }, 'r1']]);
  });

  it('B12 `{}` only says whom to answer', async () => {
    const { bridge, delegate, widget } = setUpWith(echo);
    expect(Object.keys(widget)).toEqual(['replies', 'handlePServerResponse']);
    const { sendRequestToPServer } = delegate;
    sendRequestToPServer(BODY, 'r1');
    await turn();

    expect(widget.replies).toEqual([[{ ok: true }, 'r1']]);
    expect(bridge.getSnapshot().pending).toEqual([]);
  });

  it('B12 what the target receives are the bridge’s own bound functions', async () => {
    const bridge = makeBridge({ transport: echo });
    const widget = new RecordingWidget();
    const target: Partial<typeof bridge.delegate> = {};
    bridge.attach(widget, target);
    for (const name of names) expect(target).toHaveProperty(name, expect.any(Function));
    target.sendRequestToOBServer?.(BODY, 'r1');
    await turn();

    expect(widget.replies).toEqual([[{ ok: true }, 'r1']]);
  });

  function makeDelegate(): object {
    // The names that protocol.md 1.1 and 1.3 have, and the entry point.
    return {
      sendRequestToPServer: 0,
      sendRequestToEnrichServer: 0,
      sendRequestToOBServer: 0,
      handlePersoEvent: 0,
      widgetEventHandler: 0,
      navigateToPage: 0,
      widgetEvent: 0,
      handleWidgetAction: 0,
      sessionStarted: 0,
      sessionEnded: 0,
      sessionError: 0,
      registered: 0,
      handleError: 0,
      personeticsEvent: 0,
      handlePServerResponse: 0,
      handleServerResponse: 0,
    };
  }
});

describe('B12 a target that cannot be written', () => {
  it.each([
    ['frozen', Object.freeze],
    ['sealed', Object.seal],
    ['not extensible', Object.preventExtensions],
  ])('B12 %s: refused, and left as it was', async (_, close) => {
    const bridge = makeBridge({ transport: echo });
    const before = { sendRequestToPServer: vi.fn(), mine: 1 };
    const target = close({ ...before });

    expect(() => bridge.attach(new RecordingWidget(), target)).toThrow(
      expect.objectContaining({ code: 'INVALID_CALL' }),
    );
    expect(target).toEqual(before);
  });

  it('B12 in its last function only: the others are put back', () => {
    const bridge = makeBridge();
    const last = Object.keys(bridge.delegate).at(-1) as string;
    const target = Object.defineProperty({}, last, { value: 1 });

    const details = {
      call: 'attach',
      expected: `a target whose ${last} can be set`,
      received: 'one that is frozen',
    };
    expect(() => bridge.attach(new RecordingWidget(), target)).toThrow(
      expect.objectContaining({ code: 'INVALID_CALL', details }),
    );
    expect(Reflect.ownKeys(target)).toEqual([last]);
  });

  it('B12 a function that can be written but not configured, as a page’s global one, is replaced and put back', () => {
    const bridge = makeBridge();
    const own = vi.fn();
    const target = Object.defineProperty({}, 'handlePersoEvent', {
      value: own,
      writable: true,
      enumerable: true,
      configurable: false,
    }) as { handlePersoEvent: unknown };
    const detach = bridge.attach(new RecordingWidget(), target);
    expect(target.handlePersoEvent).toBe(bridge.delegate.handlePersoEvent);
    detach();

    expect(target.handlePersoEvent).toBe(own);
  });
});

describe('B12 a second attach detaches the first', () => {
  it('B12 and answers what it waited for', async () => {
    const { bridge, delegate, transport, widget, events } = setUp();
    delegate.sendRequestToPServer(BODY, 'r1');
    const second = new RecordingWidget();
    bridge.attach(second, {});
    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(events.codes).toEqual(['ABORTED']);
    delegate.sendRequestToPServer(BODY, 'r2');
    transport.last.answer({ ok: true });
    await turn();

    expect(widget.replies).toHaveLength(1);
    expect(second.replies).toEqual([[{ ok: true }, 'r2']]);
  });

  it('B12 and puts back what it replaced', () => {
    const bridge = makeBridge();
    const [first, second] = [{}, {}];
    bridge.attach(new RecordingWidget(), first);
    bridge.attach(new RecordingWidget(), second);

    expect(first).toEqual({});
    expect(second).toEqual(bridge.delegate);
  });

  it('B12 of the same widget, as React’s StrictMode does it', async () => {
    const bridge = makeBridge({ transport: echo });
    const widget = new RecordingWidget();
    const before = Reflect.ownKeys(widget);
    const detachFirst = bridge.attach(widget);
    detachFirst();
    expect(Reflect.ownKeys(widget)).toEqual(before);
    const detachSecond = bridge.attach(widget);
    detachFirst();
    bridge.delegate.sendRequestToPServer(BODY, 'r1');
    await turn();
    expect(widget.replies).toEqual([[{ ok: true }, 'r1']]);
    detachSecond();

    expect(Reflect.ownKeys(widget)).toEqual(before);
  });

  it('B12 of the same widget, without a detach between', async () => {
    const bridge = makeBridge({ transport: echo });
    const widget = new RecordingWidget();
    const before = Reflect.ownKeys(widget);
    bridge.attach(widget);
    const detach = bridge.attach(widget);
    bridge.delegate.sendRequestToPServer(BODY, 'r1');
    await turn();
    expect(widget.replies).toEqual([[{ ok: true }, 'r1']]);
    detach();

    expect(Reflect.ownKeys(widget)).toEqual(before);
  });
});
