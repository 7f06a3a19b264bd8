import { describe, expect, it, vi } from 'vitest';
import type { Transport } from '../../src/index.ts';
import { bridgeTests } from './fixtures/bridge-tests.ts';
import { turn } from './fixtures/turn.ts';

const { makeBridge } = bridgeTests();

const BODY = { type: 'getInsights' };

/** Answers at once, with the id; as a transport that could be called by a shell, or as none. */
const transports: readonly (readonly [string, () => Transport])[] = [
  ['a transport', () => ({ send: ({ requestId }) => ({ ok: true, to: requestId }) })],
  [
    'a transport that receives',
    () => ({ send: ({ requestId }) => ({ ok: true, to: requestId }), receive: () => false }),
  ],
];

function createWidget() {
  const got: unknown[] = [];
  return {
    got,
    handlePServerResponse(response: unknown, id: string): void {
      this.handleServerResponse(response, id);
    },
    handleServerResponse(_response: unknown, id: string): void {
      got.push(id);
    },
  };
}

describe.each(transports)('B9 B12 one widget, %s, and more than one attachment', (_, makeTransport) => {
  async function ask(bridge: ReturnType<typeof makeBridge>, id: string): Promise<void> {
    bridge.delegate.sendRequestToPServer(BODY, id);
    await turn();
  }

  it.each([
    ['the first ends first', [0, 1]],
    ['the last ends first', [1, 0]],
  ])('B9 two bridges: both are answered, and the widget is as before: %s', async (_order, order) => {
    const widget = createWidget();
    const before = { ...widget };
    const bridges = [makeBridge({ transport: makeTransport() }), makeBridge({ transport: makeTransport() })];
    for (const bridge of bridges) bridge.attach(widget);
    for (const [index, bridge] of bridges.entries()) await ask(bridge, `r${index}`);
    expect(widget.got).toEqual(['r0', 'r1']);
    bridges[order[0] as number]?.dispose();
    await ask(bridges[order[1] as number] as ReturnType<typeof makeBridge>, 'r2');
    expect(widget.got).toEqual(['r0', 'r1', 'r2']);
    bridges[order[1] as number]?.dispose();

    expect({ ...widget }).toEqual(before);
  });

  it('B12 attached again after the page has wrapped its reply function', async () => {
    const widget = createWidget();
    const bridge = makeBridge({ transport: makeTransport() });
    const detach = bridge.attach(widget);
    const inner = widget.handlePServerResponse;
    widget.handlePServerResponse = vi.fn((response, id) => inner.call(widget, response, id));
    detach();
    bridge.attach(widget);
    await ask(bridge, 'r1');
    expect(widget.got).toEqual(['r1']);
    bridge.dispose();
    widget.handlePServerResponse({}, 'its own');

    expect(widget.got).toEqual(['r1', 'its own']);
  });

  it('B12 attached again by the widget, while it is being answered', async () => {
    const bridge = makeBridge({ transport: makeTransport() });
    const widget = createWidget();
    const own = widget.handlePServerResponse;
    widget.handlePServerResponse = function (response, id) {
      bridge.attach(widget);
      own.call(this, response, id);
    };
    bridge.attach(widget);
    await ask(bridge, 'r1');

    expect(widget.got).toEqual(['r1']);
  });

  it('B12 an attach that is refused leaves the one before as it is', async () => {
    const bridge = makeBridge({ transport: makeTransport() });
    const widget = createWidget();
    bridge.attach(widget);
    expect(() => bridge.attach(createWidget(), Object.freeze({}))).toThrow(
      expect.objectContaining({ code: 'INVALID_CALL' }),
    );
    await ask(bridge, 'r1');

    expect(widget.got).toEqual(['r1']);
    expect(widget).toHaveProperty('sendRequestToPServer', bridge.delegate.sendRequestToPServer);
  });

  it('B12 a sealed widget that has the page’s functions takes them, and is spared the others', async () => {
    const page = { sendRequestToPServer() {}, sendRequestToEnrichServer() {}, sendRequestToOBServer() {} };
    const widget = Object.seal({ ...createWidget(), ...page, handlePersoEvent() {} });
    const bridge = makeBridge({ transport: makeTransport() });
    bridge.attach(widget);
    await ask(bridge, 'r1');

    expect(widget.got).toEqual(['r1']);
    expect(widget.sendRequestToPServer).toBe(bridge.delegate.sendRequestToPServer);
  });

  it('B2 the delegate’s entry point in place of a reply function does not count as the widget’s', async () => {
    const bridge = makeBridge({ transport: makeTransport() });
    const got: unknown[] = [];
    const own = { handleServerResponse: (_: unknown, id: string) => void got.push(id) };
    const widget = { ...bridge.delegate, ...own };
    bridge.attach(() => widget);
    await ask(bridge, 'r1');

    expect(got).toEqual(['r1']);
  });

  it.each(['defineProperty', 'getOwnPropertyDescriptor'] as const)(
    'B12 B9 a proxy whose %s throws is refused, or answered, and hinders nothing',
    async (trap) => {
      const queue = { stop: vi.fn() };
      const transport = makeTransport();
      const bridge = makeBridge({ transport, queue: queue as never });
      const fail = (): never => {
        throw new Error('trap');
      };
      const widget = createWidget();
      const proxy = new Proxy(widget, { [trap]: fail });
      if (trap === 'defineProperty') {
        expect(() => bridge.attach(proxy)).toThrow(expect.objectContaining({ code: 'INVALID_CALL' }));
      }
      bridge.attach(() => proxy);
      await ask(bridge, 'r1');
      expect(widget.got).toEqual(['r1']);
      bridge.dispose();

      expect(queue.stop).toHaveBeenCalledTimes(1);
    },
  );

  it('B9 a widget that is gone when it is to be put back hinders nothing', () => {
    const queue = { stop: vi.fn() };
    const bridge = makeBridge({ transport: makeTransport(), queue: queue as never });
    const { proxy, revoke } = Proxy.revocable(createWidget(), {});
    bridge.attach(proxy);
    revoke();
    bridge.dispose();

    expect(queue.stop).toHaveBeenCalledTimes(1);
  });
});

describe('B2 a shell that calls what the bridge stood before already', () => {
  /** Takes every reply under `wire-N` as that to its request N. */
  function shell(): Transport {
    const waiting: ((response: unknown) => void)[] = [];
    return {
      send: () => new Promise((resolve) => waiting.push(resolve)),
      receive(response, wireId) {
        const resolve = waiting[Number(`${wireId}`.replace('wire-', '')) - 1];
        resolve?.(response);
        return resolve !== undefined;
      },
    };
  }

  it('B2 a second instance of a class', async () => {
    class Widget {
      readonly got: unknown[] = [];
      handlePServerResponse(_: unknown, id: string): void {
        this.got.push(id);
      }
    }
    let widget = new Widget();
    const bridge = makeBridge({ transport: shell() });
    bridge.attach(() => widget);
    bridge.delegate.sendRequestToPServer(BODY, 'r1');
    widget.handlePServerResponse({}, 'wire-1');
    await turn();
    expect(widget.got).toEqual(['r1']);
    widget = new Widget();
    bridge.delegate.sendRequestToPServer(BODY, 'r2');
    widget.handlePServerResponse({}, 'wire-2');
    await turn();

    expect(widget.got).toEqual(['r2']);
  });

  it('B2 a widget that has set its own functions again', async () => {
    const widget = createWidget();
    const { handlePServerResponse } = widget;
    const bridge = makeBridge({ transport: shell() });
    bridge.attach(widget);
    widget.handlePServerResponse = handlePServerResponse;
    bridge.delegate.sendRequestToPServer(BODY, 'r1');
    widget.handlePServerResponse({}, 'wire-1');
    await turn();
    expect(widget.got).toEqual(['r1']);
    bridge.dispose();

    expect(widget.handlePServerResponse).toBe(handlePServerResponse);
  });
});
