import { describe, expect, it, vi } from 'vitest';
import type { Transport, WidgetRequest } from '../../src/index.ts';
import { bridgeTests } from './fixtures/bridge-tests.ts';
import { turn } from './fixtures/turn.ts';

const { makeBridge, reported } = bridgeTests();

const BODY = { type: 'getInsights' };

/** A native shell: it answers by a function of the page, under ids of its own, or of the widget's. */
class Shell implements Transport {
  readonly requests: WidgetRequest[] = [];
  readonly #waiting = new Map<string, (response: unknown) => void>();
  readonly #idOf: (request: WidgetRequest, count: number) => unknown;
  /** Is called within `send`. */
  onPost: ((wireId: string) => void) | undefined;

  constructor(idOf: (request: WidgetRequest, count: number) => unknown = (_, count) => `wire-${count}`) {
    this.#idOf = idOf;
  }

  send(request: WidgetRequest): Promise<unknown> {
    const wireId = `${this.#idOf(request, this.requests.push(request))}`;
    return new Promise((resolve) => {
      this.#waiting.set(wireId, resolve);
      this.onPost?.(wireId);
    });
  }

  receive(response: unknown, wireId: string | number): boolean {
    const resolve = this.#waiting.get(`${wireId}`);
    this.#waiting.delete(`${wireId}`);
    resolve?.(response);
    return resolve !== undefined;
  }
}

const shells: readonly (readonly [string, () => Shell, wireId: string])[] = [
  ['ids of its own', () => new Shell(), 'wire-1'],
  ['the widget’s ids', () => new Shell(({ requestId }) => requestId), 'r1'],
];

/** The shipped widget: the one function calls the other, which looks a table up and never forgets. */
function createWidget() {
  const got: [unknown, unknown][] = [];
  const widget = {
    got,
    handlePServerResponse(response: unknown, id: unknown): unknown {
      return this.handleServerResponse(response, id);
    },
    handleServerResponse(response: unknown, id: unknown): unknown {
      expect(this).toBe(widget);
      got.push([response, id]);
      return 'the widget’s own';
    },
  };
  return widget;
}

describe.each(shells)(
  'B2 a widget whose one reply function calls the other, and a shell with %s',
  (_, makeShell, wireId) => {
    it.each(['handlePServerResponse', 'handleServerResponse'] as const)(
      'B2 N2 %s: one arrival',
      async (name) => {
        const shell = makeShell();
        const bridge = makeBridge({ transport: shell });
        const widget = createWidget();
        const events: string[] = [];
        bridge.on('orphan', () => events.push('orphan'));
        bridge.on('reply', () => events.push('reply'));
        bridge.attach(widget, {});
        bridge.delegate.sendRequestToPServer(BODY, 'r1');
        widget[name]({ ok: true }, wireId);
        await turn();

        expect(widget.got).toEqual([[{ ok: true }, 'r1']]);
        expect(events).toEqual(['reply']);
      },
    );

    it('B1 B2 a second answer by the other name goes nowhere, and is reported', async () => {
      const shell = makeShell();
      const bridge = makeBridge({ transport: shell });
      const widget = createWidget();
      const orphan = vi.fn();
      bridge.on('orphan', orphan);
      bridge.attach(widget, {});
      bridge.delegate.sendRequestToPServer(BODY, 'r1');
      const reply = { ok: true };
      widget.handlePServerResponse(reply, wireId);
      await turn();
      widget.handleServerResponse(reply, wireId);
      await turn();

      expect(widget.got).toEqual([[reply, 'r1']]);
      expect(orphan).toHaveBeenCalledTimes(1);
    });

    it('B2 a shell that answers at once what the widget asks while it is being answered', async () => {
      const shell = makeShell();
      const bridge = makeBridge({ transport: shell });
      const got: unknown[] = [];
      const widget = {
        handlePServerResponse(response: unknown, id: unknown): void {
          if (id === 'r1') bridge.delegate.sendRequestToPServer(BODY, 'r2');
          this.handleServerResponse(response, id);
        },
        handleServerResponse(response: unknown, id: unknown): void {
          got.push([response, id]);
        },
      };
      bridge.attach(widget, {});
      shell.onPost = (id) => widget.handlePServerResponse({ ok: true }, id);
      bridge.delegate.sendRequestToPServer(BODY, 'r1');
      await turn();
      await turn();

      expect(got.map((arrival) => (arrival as unknown[])[1])).toEqual(['r1', 'r2']);
    });
  },
);

describe('B2 what a widget calls while it is being answered', () => {
  type Own = ReturnType<typeof createWidget>;

  async function answered(widget: Omit<Own, 'got'> & ThisType<Own>): Promise<void> {
    const bridge = makeBridge({ transport: new Shell() });
    bridge.attach(widget, {});
    bridge.delegate.sendRequestToPServer(BODY, 'r1');
    widget.handlePServerResponse('{"ok":true}', 'wire-1');
    await turn();
  }

  it('B2 is its own, with what it has made of the reply, and itself', async () => {
    const got: unknown[] = [];
    await answered({
      handlePServerResponse(response: unknown, id: unknown): void {
        if (!(response instanceof Map))
          this.handlePServerResponse(new Map(Object.entries(response as object)), id);
        else this.handleServerResponse([...response], id);
      },
      handleServerResponse: (response: unknown, id: unknown) => void got.push(response, id),
    });

    expect(got).toEqual([[['ok', true]], 'r1']);
  });

  it('B1 B7 never answers another request of the same id', async () => {
    const shell = new Shell();
    const bridge = makeBridge({ transport: shell });
    const widget = {
      got: [] as unknown[],
      handlePServerResponse(response: object, id: string): void {
        this.handleServerResponse({ ...response }, id);
      },
      handleServerResponse(response: unknown, _id: string): void {
        this.got.push(response);
      },
    };
    const orphan = vi.fn();
    bridge.on('orphan', orphan);
    bridge.attach(widget, {});
    bridge.delegate.sendRequestToPServer({ n: 1 }, 'r1');
    bridge.delegate.sendRequestToPServer({ n: 2 }, 'r1');
    widget.handlePServerResponse({ to: 2 }, 'wire-2');
    await turn();
    widget.handlePServerResponse({ to: 1 }, 'wire-1');
    await turn();

    expect(widget.got).toEqual([{ to: 2 }]);
    expect(orphan.mock.calls).toMatchObject([[{ reason: 'superseded', request: { body: { n: 1 } } }]]);
  });

  it('B2 is its own while the promise lasts that its function returned, once', async () => {
    const shell = new Shell(({ requestId }) => requestId);
    const bridge = makeBridge({ transport: shell });
    const got: unknown[] = [];
    let ready: () => void = () => {};
    const loading = new Promise<void>((resolve) => {
      ready = resolve;
    });
    const widget = {
      async handlePServerResponse(response: unknown, id: string): Promise<void> {
        await loading;
        this.handleServerResponse(response, id);
      },
      handleServerResponse(response: unknown, id: string): void {
        got.push([response, id]);
      },
    };
    const orphan = vi.fn();
    bridge.on('orphan', orphan);
    bridge.attach(widget, {});
    bridge.delegate.sendRequestToPServer(BODY, 'r1');
    widget.handlePServerResponse({ ok: true }, 'r1');
    await turn();
    ready();
    await turn();
    widget.handleServerResponse({ ok: true }, 'r1');
    await turn();

    expect(got).toEqual([[{ ok: true }, 'r1']]);
    expect(orphan).toHaveBeenCalledTimes(1);
  });

  it('B2 a reply under another id is not passed on, and is reported', async () => {
    const bridge = makeBridge({ transport: new Shell() });
    const orphan = vi.fn();
    bridge.on('orphan', orphan);
    const got: unknown[] = [];
    const widget = {
      handlePServerResponse(response: unknown, id: string): void {
        got.push(id);
        if (id === 'r1') this.handlePServerResponse(response, 'wire-99');
      },
    };
    bridge.attach(widget, {});
    bridge.delegate.sendRequestToPServer(BODY, 'r1');
    widget.handlePServerResponse({ ok: true }, 'wire-1');
    await turn();

    expect(got).toEqual(['r1']);
    expect(orphan.mock.calls).toEqual([[{ requestId: 'wire-99', reason: 'unknown' }]]);
  });

  it('B1 what it asks within, and is answered within three times, arrives once', async () => {
    const shell = new Shell(({ requestId }) => requestId);
    const bridge = makeBridge({ transport: shell });
    const widget = createWidget();
    const own = widget.handleServerResponse;
    widget.handleServerResponse = function (response, id) {
      if (id === 'r1') bridge.delegate.sendRequestToPServer(BODY, 'r2');
      return own.call(this, response, id);
    };
    bridge.attach(widget, {});
    shell.onPost = (id) => {
      if (id !== 'r2') return;
      for (let times = 0; times < 3; times += 1) widget.handlePServerResponse({ times }, id);
    };
    bridge.delegate.sendRequestToPServer(BODY, 'r1');
    widget.handlePServerResponse({ ok: true }, 'r1');
    await turn();
    await turn();

    expect(widget.got.map(([, id]) => id)).toEqual(['r1', 'r2']);
  });

  it('B2 gives back what its own gives back, and throws what it throws', async () => {
    const seen: unknown[] = [];
    const boom = new Error('the widget’s own');
    await answered({
      handlePServerResponse(response: unknown, id: unknown): void {
        seen.push(this.handleServerResponse(response, id));
        try {
          this.handleServerResponse('other', id);
        } catch (error) {
          seen.push(error);
        }
      },
      handleServerResponse(response: unknown): unknown {
        if (response === 'other') throw boom;
        return 7;
      },
    });

    expect(seen).toEqual([7, boom]);
    expect(reported).toEqual([]);
  });

  it('B2 is its own where it has wrapped the functions since', async () => {
    const bridge = makeBridge({ transport: new Shell() });
    const widget = createWidget();
    bridge.attach(widget, {});
    const before = widget.handlePServerResponse;
    const wrapped = vi.fn((response: unknown, id: unknown) => before.call(widget, response, id));
    widget.handlePServerResponse = wrapped;
    bridge.delegate.sendRequestToPServer(BODY, 'r1');
    widget.handlePServerResponse({ ok: true }, 'wire-1');
    await turn();

    expect(wrapped.mock.calls).toEqual([[{ ok: true }, 'r1']]);
    expect(widget.got).toEqual([[{ ok: true }, 'r1']]);
  });

  it('B2 and without it, its functions are its own again after detach', async () => {
    const bridge = makeBridge({ transport: new Shell() });
    const widget = createWidget();
    const { handlePServerResponse, handleServerResponse } = widget;
    bridge.attach(widget, {})();

    expect(widget.handlePServerResponse).toBe(handlePServerResponse);
    expect(widget.handleServerResponse).toBe(handleServerResponse);
  });
});

describe('B2 N2 the delegate answers by both names', () => {
  it.each(['handlePServerResponse', 'handleServerResponse'] as const)(
    'N2 getJSBridge().%s, of a copy of the delegate, with Base64',
    async (name) => {
      const bridge = makeBridge({ transport: new Shell() });
      const widget = createWidget();
      bridge.attach(widget, {});
      const clone = { ...bridge.delegate };
      clone.sendRequestToPServer(BODY, 'r1');
      expect(clone[name](btoa('{"ok":true}'), 'wire-1')).toBe(true);
      await turn();

      expect(widget.got).toEqual([[{ ok: true }, 'r1']]);
    },
  );
});
