import { describe, expect, it } from 'vitest';
import { WidgetBridge } from '../../../src/index.ts';
import { type CallShape, createTestTransport, createTestWidget } from '../../../src/testing/index.ts';

const SHAPES: readonly CallShape[] = ['a', 'b', 'c', 'd', 'e', 'f'];
const BODY = { type: 'getInsights' };

describe.each(SHAPES)('a test widget of shape %s', (shape) => {
  it.each(['pserver', 'enrich', 'ob'] as const)('B1 B3 is answered by a bridge, from %s', async (server) => {
    const transport = createTestTransport();
    const bridge = new WidgetBridge({ transport });
    const widget = createTestWidget(shape);
    bridge.attach(widget, {});
    widget.initialize({ eventsDelegate: bridge.delegate });

    const replies = [1, 2].map((n) => widget.request(server, { ...BODY, n }, { requestId: n }));
    expect(transport.requests.map((request) => [request.server, request.type])).toEqual([
      [server, 'getInsights'],
      [server, 'getInsights'],
    ]);
    for (const one of transport.waiting) one.answer({ to: one.request.type });

    expect(await Promise.all(replies)).toEqual([{ to: 'getInsights' }, { to: 'getInsights' }]);
    widget.assertExactlyOnce();
    bridge.dispose();
  });

  it('is also answered with a failure', async () => {
    const bridge = new WidgetBridge({ transport: { send: () => Promise.reject(new Error('down')) } });
    const widget = createTestWidget(shape);
    bridge.attach(widget, {});
    widget.initialize({ eventsDelegate: bridge.delegate });

    expect(await widget.request('pserver', BODY)).toMatchObject({ ok: false, status: '600' });
    widget.assertExactlyOnce();
    bridge.dispose();
  });

  it('B7 may use an id again after it was answered', async () => {
    const widget = createTestWidget(shape);
    widget.initialize({ eventsDelegate: answering(widget, 1) });

    await widget.request('pserver', BODY, { requestId: 'r1' });
    await widget.request('pserver', BODY, { requestId: 'r1' });
    widget.assertExactlyOnce();
  });

  it('reports a request that is never answered', () => {
    const widget = createTestWidget(shape);
    const quiet = { sendRequestToPServer: () => {}, widgetEventHandler: () => {} };
    widget.initialize({ eventsDelegate: quiet });
    void widget.request('pserver', BODY, { requestId: 'r1' });

    expect(() => widget.assertExactlyOnce()).toThrow(
      `Test widget, shape ${shape}: the request "r1" to pserver was not answered`,
    );
  });

  it('reports a second answer', async () => {
    const widget = createTestWidget(shape);
    widget.initialize({ eventsDelegate: answering(widget, 2) });
    await widget.request('pserver', BODY, { requestId: 'r1' });

    expect(() => widget.assertExactlyOnce()).toThrow('the request "r1" to pserver was answered 2 times');
  });

  it('reports an answer during the call', async () => {
    const widget = createTestWidget(shape);
    widget.initialize({ eventsDelegate: answering(widget, 1, (task) => task()) });

    await expect(widget.request('pserver', BODY, { requestId: 'r1' })).rejects.toThrow(
      'the request "r1" to pserver was answered before the delegate’s function had returned',
    );
    expect(() => widget.assertExactlyOnce()).toThrow('before the delegate’s function had returned');
  });

  it('reports a function that throws', async () => {
    const fail = (): never => {
      throw new Error('down');
    };
    const widget = createTestWidget(shape);
    widget.initialize({ eventsDelegate: { sendRequestToPServer: fail, widgetEventHandler: fail } });

    await expect(widget.request('pserver', BODY)).rejects.toThrow('threw Error: down');
    expect(() => widget.assertExactlyOnce()).toThrow('threw Error: down');
  });

  it('says what to do without a function to call', async () => {
    await expect(createTestWidget(shape).request('pserver', BODY)).rejects.toThrow(
      'Pass the delegate to initialize, or attach the bridge.',
    );
  });
});

describe('the id of an answer', () => {
  it.each(['a', 'b', 'd'] as const)('must have the type of the request’s id (shape %s)', (shape) => {
    const widget = createTestWidget(shape);
    const quiet = { sendRequestToPServer: () => {}, widgetEventHandler: () => {} };
    widget.initialize({ eventsDelegate: quiet });
    void widget.request('pserver', BODY, { requestId: 7 });
    widget.handlePServerResponse({}, '7');

    expect(() => widget.assertExactlyOnce()).toThrow(
      /an answer came under "7", which is the id of no request\n.*the request 7 to pserver was not answered/,
    );
  });

  it('must not come to the reply function if there are callbacks', () => {
    const widget = createTestWidget('e');
    widget.handlePServerResponse({}, 'r1');
    expect(() => widget.assertExactlyOnce()).toThrow('an answer under "r1" came to the reply function');
  });
});

it('calls the functions that attach has added to it', async () => {
  const bridge = new WidgetBridge({ transport: { send: () => ({ ok: true }) } });
  const widget = createTestWidget('a');
  const detach = bridge.attach(widget);

  expect(await widget.request('pserver', BODY)).toEqual({ ok: true });
  expect(widget.replies).toEqual([
    { response: { ok: true }, requestId: 'test-1', through: 'handlePServerResponse', isWithinCall: false },
  ]);
  detach();
  bridge.dispose();
});

/** A page that answers each request a given number of times, without a library. */
function answering(
  widget: ReturnType<typeof createTestWidget>,
  times: number,
  when: (task: () => void) => void = queueMicrotask,
) {
  const answer = (...args: unknown[]): void => {
    const callback = args.find((arg) => typeof arg === 'function');
    when(() => {
      for (let time = 0; time < times; time += 1) {
        if (callback) callback({ ok: true });
        else widget.handlePServerResponse({ ok: true }, 'r1');
      }
    });
  };
  return { sendRequestToPServer: answer, widgetEventHandler: answer };
}
