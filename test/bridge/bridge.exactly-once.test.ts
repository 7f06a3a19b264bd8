import { describe, expect, it, vi } from 'vitest';
import { redactedCause } from '../../src/errors.ts';
import { BanksideError } from '../../src/index.ts';
import { bridgeTests } from './fixtures/bridge-tests.ts';
import { FAILURE } from './fixtures/failure-reply.ts';
import { turn } from './fixtures/turn.ts';

const { reported, setUp, setUpWith } = bridgeTests();

const BODY = { type: 'getInsights' };

describe('B1 every request ends in exactly one reply', () => {
  it('B1 the server’s', async () => {
    const { delegate, transport, widget, events } = setUp();
    delegate.sendRequestToPServer(BODY, 'r1');
    transport.last.answer({ ok: true });
    await turn();

    expect(widget.replies).toEqual([[{ ok: true }, 'r1']]);
    expect(events.types).toEqual(['request', 'reply']);
    expect(events.of('reply')[0]).toEqual({
      request: transport.last.request,
      response: { ok: true },
      duration: 0,
    });
  });

  it('B1 or a failure reply', async () => {
    const { delegate, transport, widget, events } = setUp();
    vi.advanceTimersByTime(1_000);
    delegate.sendRequestToEnrichServer(BODY, 'r1');
    vi.advanceTimersByTime(250);
    transport.last.fail(new TypeError('Failed to fetch'));
    await turn();

    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(events.types).toEqual(['request', 'failure']);
    const [{ request, error, duration } = { error: undefined }] = events.of('failure');
    expect(request).toBe(transport.last.request);
    expect(duration).toBe(250);
    expect(error).toMatchObject({ code: 'NETWORK', cause: redactedCause(new TypeError('Failed to fetch')) });
    expect(error?.details).toEqual({ requestId: 'r1', server: 'enrich', type: 'getInsights', elapsed: 250 });
  });

  it('B1 an error of the transport’s own keeps its code', async () => {
    const own = new BanksideError('NO_ENDPOINT', 'No address', {
      requestId: 'r1',
      server: 'ob',
      type: undefined,
      elapsed: 0,
    });
    const { delegate, widget, events } = setUpWith({ send: () => Promise.reject(own) });
    delegate.sendRequestToOBServer(BODY, 'r1');
    await turn();

    expect(events.errors).toEqual([own]);
    expect(events.errors[0]).toBe(own);
    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
  });

  it('B1 when the widget throws at its reply', async () => {
    const { delegate, transport, widget, events } = setUp();
    const boom = new Error('the widget’s own');
    widget.handlePServerResponse = vi.fn(() => {
      throw boom;
    });
    delegate.sendRequestToPServer(BODY, 'r1');
    transport.last.answer({});
    await turn();

    expect(widget.handlePServerResponse).toHaveBeenCalledTimes(1);
    expect(events.types).toEqual(['request', 'failure']);
    expect(events.errors).toMatchObject([{ code: 'INVALID_RESPONSE', cause: undefined }]);
    expect(events.errors[0]?.message).toMatch(/widget threw.*option reply/);
    expect(reported.splice(0)).toEqual([boom]);
  });

  it('B1 when a callback throws, and the widget at its failure', async () => {
    const { delegate, transport, events } = setUp();
    const boom = new Error('the widget’s own');
    const fail = (): never => {
      throw boom;
    };
    delegate.sendRequestToPServer(BODY, fail, fail);
    delegate.sendRequestToOBServer(BODY, fail);
    transport.waiting[0]?.answer({});
    transport.last.fail(new Error('down'));
    await turn();

    expect(events.errors).toMatchObject([
      { code: 'INVALID_RESPONSE', cause: undefined },
      { code: 'INVALID_RESPONSE', cause: { code: 'NETWORK' } },
    ]);
    expect(reported.splice(0)).toEqual([boom, boom]);
  });

  it('B1 when every handler throws', async () => {
    const { bridge, delegate, transport, widget } = setUp();
    const boom = new Error('the page’s own');
    const fail = () => {
      throw boom;
    };
    bridge.on('request', fail);
    bridge.on('reply', fail);
    const unsubscribe = bridge.subscribe(fail);
    delegate.sendRequestToPServer(BODY, 'r1');
    transport.last.answer({});
    await turn();
    unsubscribe();

    expect(widget.replies).toEqual([[{}, 'r1']]);
    // request, reply, and two changes of the snapshot
    expect(reported.splice(0)).toEqual([boom, boom, boom, boom]);
  });
});

describe('B1 no answer comes before the delegate’s function has returned', () => {
  it('B1 not from an entry point inside of transport.send', async () => {
    const { bridge, delegate, widget } = setUpWith({
      send: ({ requestId }) => void bridge.handlePServerResponse({}, requestId),
    });
    delegate.sendRequestToPServer(BODY, 'r1');
    expect(widget.replies).toEqual([]);
    await turn();

    expect(widget.replies).toEqual([[{}, 'r1']]);
  });

  it('B1 not from an entry point inside of a request handler, and then nothing is sent', async () => {
    const { bridge, delegate, widget, transport } = setUp();
    bridge.on('request', ({ request }) => bridge.handlePServerResponse({ cached: true }, request.requestId));
    delegate.sendRequestToPServer(BODY, 'r1');
    expect(widget.replies).toEqual([]);
    await turn();

    expect(widget.replies).toEqual([[{ cached: true }, 'r1']]);
    expect(transport.sent).toEqual([]);
  });

  it('B1 not a refusal either, nor to a callback', async () => {
    const { bridge, delegate, widget } = setUp({ maxPending: 1 });
    const onSuccess = vi.fn();
    const onError = vi.fn();
    delegate.sendRequestToPServer(BODY, 'r1');
    delegate.sendRequestToPServer(BODY, 'r2');
    delegate.sendRequestToPServer(BODY, onSuccess, onError);
    bridge.dispose();
    delegate.sendRequestToPServer(BODY, 'r3');
    delegate.sendRequestToPServer('r4');
    expect(widget.repliesTo('r2')).toEqual([]);
    expect(widget.repliesTo('r3')).toEqual([]);
    expect(widget.repliesTo('r4')).toEqual([]);
    expect(onError).not.toHaveBeenCalled();
    await turn();

    expect(widget.repliesTo('r2')).toEqual([FAILURE]);
    expect(widget.repliesTo('r3')).toEqual([FAILURE]);
    expect(widget.repliesTo('r4')).toEqual([FAILURE]);
    expect(onError.mock.calls).toEqual([[FAILURE]]);
    expect(onSuccess).not.toHaveBeenCalled();
  });

  it('B1 not one of another request that a nested call brings about', async () => {
    const { delegate, widget } = setUpWith({ send: () => ({}) });
    const order: unknown[] = [];
    widget.handlePServerResponse = (_, id) => {
      order.push(`reply ${id}`);
      if (id !== 'r1') return;
      delegate.sendRequestToPServer(BODY, 'r2');
      order.push('r2 returned');
    };
    delegate.sendRequestToPServer(BODY, 'r1');
    order.push('r1 returned');
    await turn();

    expect(order).toEqual(['r1 returned', 'reply r1', 'r2 returned', 'reply r2']);
  });
});
