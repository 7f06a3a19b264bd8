import { describe, expect, it, vi } from 'vitest';
import { bridgeTests } from '../bridge/fixtures/bridge-tests.ts';
import { FAILURE } from '../bridge/fixtures/failure-reply.ts';
import { turn } from '../bridge/fixtures/turn.ts';

const { setUp, setUpWith } = bridgeTests();

const body = { type: 'getInsights' };
const withId = { ...body, requestId: 'r1' };

describe('B7 an id that is pending already', () => {
  it.each([
    ['the same call', (): unknown[] => [body, 'r1']],
    ['another shape', (): unknown[] => ['r1', JSON.stringify(body)]],
    ['other headers', (): unknown[] => [{ 'accept-language': 'en' }, body, 'r1']],
  ])('B7 one send, one reply, and a DUPLICATE_REQUEST failure event: %s', async (_, again) => {
    const { delegate, transport, widget, events } = setUp();
    delegate.sendRequestToPServer(body, 'r1');
    delegate.sendRequestToPServer(...again());
    await turn();
    expect(widget.replies).toEqual([]);
    transport.last.answer({ ok: true });
    await turn();

    expect(transport.sent).toHaveLength(1);
    expect(widget.replies).toEqual([[{ ok: true }, 'r1']]);
    expect(events.types).toEqual(['request', 'failure', 'reply']);
    expect(events.codes).toEqual(['DUPLICATE_REQUEST']);
  });

  it('B7 ids compare as strings, and the reply has the type of the first', async () => {
    const { delegate, transport, widget, events } = setUp();
    delegate.sendRequestToPServer(body, 7);
    delegate.sendRequestToPServer(body, '7');
    transport.last.answer({});
    await turn();

    expect(transport.sent).toHaveLength(1);
    expect(widget.replies).toEqual([[{}, 7]]);
    expect(events.codes).toEqual(['DUPLICATE_REQUEST']);
  });

  it('B7 also within the call of the first', async () => {
    const { delegate, widget, events } = setUpWith({
      send: vi.fn(({ requestId }) => {
        delegate.sendRequestToPServer(body, requestId);
        return {};
      }),
    });
    delegate.sendRequestToPServer(body, 'r1');
    await turn();

    expect(widget.replies).toEqual([[{}, 'r1']]);
    expect(events.codes).toEqual(['DUPLICATE_REQUEST']);
  });

  it('B7 a failed first answers for the second too', async () => {
    const { delegate, transport, widget } = setUp();
    delegate.sendRequestToPServer(body, 'r1');
    delegate.sendRequestToPServer(body, 'r1');
    transport.last.fail(new Error('x'));
    await turn();

    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
  });

  it('B7 a call that cannot be understood takes no reply from the request that is pending under its id', async () => {
    const { delegate, transport, widget } = setUp();
    delegate.sendRequestToPServer(body, 'r1');
    delegate.sendRequestToPServer('r1');
    transport.last.answer({ ok: true });
    await turn();

    expect(widget.replies).toEqual([[{ ok: true }, 'r1']]);
  });

  it('B7 once answered, the id is sent again', async () => {
    const { delegate, transport, widget, events } = setUp();
    for (const turnOf of [1, 2]) {
      delegate.sendRequestToPServer(body, 'r1');
      transport.last.answer({ turnOf });
      await turn();
    }

    expect(transport.sent).toHaveLength(2);
    expect(widget.repliesTo('r1')).toEqual([{ turnOf: 1 }, { turnOf: 2 }]);
    expect(events.codes).toEqual([]);
  });

  it('B7 the widget may use the id again from within its reply function', async () => {
    const { delegate, transport, widget, events } = setUp();
    const { handlePServerResponse } = widget;
    widget.handlePServerResponse = (response, id) => {
      handlePServerResponse(response, id);
      if (widget.replies.length === 1) delegate.sendRequestToPServer(body, 'r1');
    };
    delegate.sendRequestToPServer(body, 'r1');
    transport.last.answer({ first: true });
    await turn();
    transport.last.answer({ second: true });
    await turn();

    expect(widget.repliesTo('r1')).toEqual([{ first: true }, { second: true }]);
    expect(events.codes).toEqual([]);
  });

  it.each(['__proto__', 'constructor', 'hasOwnProperty', ''])('B7 %j is an id like any other', async (id) => {
    const { delegate, transport, widget } = setUp();
    delegate.sendRequestToPServer(body, id);
    delegate.sendRequestToPServer(body, id);
    transport.last.answer({});
    await turn();

    expect(transport.sent).toHaveLength(1);
    expect(widget.replies).toEqual([[{}, id]]);
  });
});

describe('B7 another request under an id that is pending', () => {
  const first = { type: 'sendEvents', n: 1 };
  const second = { type: 'sendEvents', n: 2 };

  it.each([
    ['the first', [0, 1]],
    ['the second', [1, 0]],
  ])(
    'B7 both are sent, the newest is answered, and the other reply is reported: %s comes first',
    async (_, order) => {
      const { delegate, transport, widget, events } = setUp();
      delegate.sendRequestToPServer(first, 'r1');
      delegate.sendRequestToPServer(second, 'r1');
      expect(transport.requests.map(({ body }) => body)).toEqual([first, second]);
      for (const index of order) transport.sent[index]?.answer({ ok: true, index });
      await turn();

      expect(widget.replies).toEqual([[{ ok: true, index: 1 }, 'r1']]);
      expect(events.of('orphan')).toMatchObject([
        { requestId: 'r1', reason: 'superseded', request: { body: first } },
      ]);
      expect(events.codes).toEqual([]);
      expect(events.of('reply')).toHaveLength(1);
    },
  );

  it('B7 also on another server, and with an id of another type', async () => {
    const { delegate, transport, widget } = setUp();
    delegate.sendRequestToPServer(body, 7);
    delegate.sendRequestToEnrichServer(body, '7');
    for (const { answer, request } of transport.sent) answer({ from: request.server });
    await turn();

    expect(widget.replies).toEqual([[{ from: 'enrich' }, '7']]);
  });

  it('B7 one body object that the widget has changed since is another body', async () => {
    const { delegate, transport, widget } = setUp();
    const reused = { type: 'sendEvents', n: 1 };
    delegate.sendRequestToPServer(reused, 'r1');
    reused.n = 2;
    delegate.sendRequestToPServer(reused, 'r1');
    for (const [index, one] of [...transport.sent].entries()) one.answer({ index });
    await turn();

    expect(transport.sent).toHaveLength(2);
    expect(widget.replies).toEqual([[{ index: 1 }, 'r1']]);
  });

  it('B7 many of them: each is sent, the last is answered', async () => {
    const { delegate, transport, widget, events } = setUp();
    for (let n = 0; n < 100; n += 1) delegate.sendRequestToPServer({ ...first, n }, 'r1');
    for (const [index, one] of [...transport.sent].entries()) one.answer({ index });
    await turn();

    expect(widget.replies).toEqual([[{ index: 99 }, 'r1']]);
    expect(events.of('orphan')).toHaveLength(99);
  });

  it('B7 B1 the failure of the one before goes to nobody, that of the newest to the widget', async () => {
    const { delegate, transport, widget, events } = setUp({ timeout: 50 });
    delegate.sendRequestToPServer(first, 'r1');
    vi.advanceTimersByTime(30);
    delegate.sendRequestToPServer(second, 'r1');
    vi.advanceTimersByTime(20);
    expect(events.codes).toEqual(['TIMEOUT']);
    expect(transport.sent[0]?.context.signal.aborted).toBe(true);
    expect(widget.replies).toEqual([]);
    vi.advanceTimersByTime(30);

    expect(events.codes).toEqual(['TIMEOUT', 'TIMEOUT']);
    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
  });

  it('B7 the one before stays superseded when the newest has been answered, and another comes', async () => {
    const { delegate, transport, widget, events } = setUp();
    delegate.sendRequestToPServer(first, 'r1');
    delegate.sendRequestToPServer(second, 'r1');
    transport.sent[1]?.answer({ to: 2 });
    await turn();
    delegate.sendRequestToPServer({ ...first, n: 3 }, 'r1');
    transport.sent[0]?.answer({ to: 1 });
    transport.sent[2]?.answer({ to: 3 });
    await turn();

    expect(widget.replies).toEqual([
      [{ to: 2 }, 'r1'],
      [{ to: 3 }, 'r1'],
    ]);
    expect(events.of('orphan')).toMatchObject([{ reason: 'superseded' }]);
  });

  it('B7 B2 two replies at the entry point under their one id: one for each, and the widget gets one', async () => {
    const { bridge, delegate, widget, events } = setUpWith({ send: () => undefined });
    delegate.sendRequestToPServer(first, 'r1');
    delegate.sendRequestToPServer(second, 'r1');
    expect(bridge.handlePServerResponse({ to: 'newest' }, 'r1')).toBe(true);
    expect(bridge.handlePServerResponse({ to: 'other' }, 'r1')).toBe(true);
    expect(bridge.handlePServerResponse({ to: 'nobody' }, 'r1')).toBe(false);
    await turn();

    expect(widget.replies).toEqual([[{ to: 'newest' }, 'r1']]);
    expect(events.of('orphan').map(({ reason }) => reason)).toEqual(['superseded', 'settled']);
    expect(bridge.getSnapshot().pending).toEqual([]);
  });

  it('B7 B8 above the bound the newest is answered with OVERLOADED, and the one before has made way', async () => {
    const { delegate, transport, widget, events } = setUp({ maxPending: 1 });
    delegate.sendRequestToPServer(first, 'r1');
    delegate.sendRequestToPServer(second, 'r1');
    await turn();
    transport.last.answer({ to: 1 });
    await turn();

    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(events.types).toEqual(['request', 'failure', 'orphan']);
  });

  it('B7 B8 those that are refused within one turn are answered once, too', async () => {
    const { bridge, delegate, widget, events } = setUp({ maxPending: 1 });
    delegate.sendRequestToPServer(body, 'r0');
    for (const n of [1, 2, 3]) delegate.sendRequestToPServer({ ...first, n }, 'r1');
    await turn();
    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(events.codes).toEqual(['OVERLOADED', 'OVERLOADED', 'OVERLOADED']);
    bridge.dispose();
    for (const n of [1, 2, 3]) delegate.sendRequestToPServer({ ...first, n }, 'r2');
    await turn();

    expect(widget.repliesTo('r2')).toEqual([FAILURE]);
  });

  it('B7 an outcome that is not reported yet is superseded too', async () => {
    const { bridge, delegate, widget, events } = setUpWith({ send: () => undefined });
    bridge.on('request', ({ request }) => {
      if ((request.body as { n: number }).n !== 1) return;
      bridge.handlePServerResponse({ to: 1 }, 'r1');
      delegate.sendRequestToPServer(second, 'r1');
    });
    delegate.sendRequestToPServer(first, 'r1');
    await turn();
    expect(widget.replies).toEqual([]);
    bridge.handlePServerResponse({ to: 2 }, 'r1');

    expect(widget.replies).toEqual([[{ to: 2 }, 'r1']]);
    expect(events.of('orphan')).toMatchObject([{ reason: 'superseded' }]);
  });

  it('B7 B9 dispose ends them all, and answers once', async () => {
    const { bridge, delegate, transport, widget } = setUp();
    delegate.sendRequestToPServer(first, 'r1');
    delegate.sendRequestToPServer(second, 'r1');
    expect(bridge.getSnapshot().pending).toHaveLength(2);
    bridge.dispose();

    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(transport.sent.every(({ context }) => context.signal.aborted)).toBe(true);
    expect(bridge.getSnapshot().pending).toEqual([]);
  });
});

describe('B7 callbacks of shapes e and f', () => {
  it('B7 the same body is the same request, though it can’t be serialised', async () => {
    const { delegate, transport } = setUp();
    const circular: { requestId: string; self?: unknown } = { requestId: 'r1' };
    circular.self = circular;
    const [onSuccess, onError] = [vi.fn(), vi.fn()];
    for (const _time of [1, 2]) delegate.sendRequestToPServer(circular, onSuccess, onError);
    transport.last.answer({ ok: true });
    await turn();

    expect(transport.sent).toHaveLength(1);
    expect(onSuccess.mock.calls).toEqual([[{ ok: true }], [{ ok: true }]]);
    expect(onError).not.toHaveBeenCalled();
  });

  function callbacks() {
    const calls: unknown[] = [];
    const ok = (reply: unknown) => calls.push(['ok', reply]);
    const error = (reply: unknown) => calls.push(['error', reply]);
    return { calls, ok, error };
  }

  it('B7 join the first if server and body are equal', async () => {
    const { delegate, transport, widget } = setUp();
    const { calls, ok, error } = callbacks();
    delegate.sendRequestToPServer({ ...withId }, ok, error);
    delegate.sendRequestToPServer({ ...withId }, ok, error);
    delegate.sendRequestToPServer({ ...withId }, ok);
    transport.last.answer({ a: 1 });
    await turn();

    expect(transport.sent).toHaveLength(1);
    expect(calls).toEqual([
      ['ok', { a: 1 }],
      ['ok', { a: 1 }],
      ['ok', { a: 1 }],
    ]);
    expect(widget.replies.length).toBeLessThanOrEqual(1);
  });

  it('B7 join a first that waits for the reply function', async () => {
    const { delegate, transport, widget, events } = setUp();
    const { calls, ok } = callbacks();
    delegate.sendRequestToOBServer(body, 'r1');
    delegate.sendRequestToOBServer({ ...body }, ok, 'r1');
    transport.last.answer({ a: 1 });
    await turn();

    expect(transport.sent).toHaveLength(1);
    expect(calls).toEqual([['ok', { a: 1 }]]);
    expect(widget.replies).toEqual([[{ a: 1 }, 'r1']]);
    expect(events.codes).toEqual(['DUPLICATE_REQUEST']);
  });

  it('B7 are joined by one that waits for the reply function', async () => {
    const { delegate, transport, widget } = setUp();
    const { calls, ok, error } = callbacks();
    delegate.sendRequestToPServer(withId, ok, error);
    delegate.sendRequestToPServer({ ...withId }, 'r1');
    transport.last.answer({ a: 1 });
    await turn();

    expect(transport.sent).toHaveLength(1);
    expect(calls).toEqual([['ok', { a: 1 }]]);
    expect(widget.replies).toEqual([[{ a: 1 }, 'r1']]);
  });

  it('B7 share one form of the reply: `reply` and `failureReply` are asked once for an outcome', async () => {
    const reply = vi.fn((response: unknown) => response);
    const failureReply = vi.fn(() => ({ ok: false }));
    const { delegate, transport } = setUp({ reply, failureReply });
    const { calls, ok, error } = callbacks();
    for (const outcome of ['answer', 'fail'] as const) {
      delegate.sendRequestToPServer(withId, ok, error);
      delegate.sendRequestToPServer(withId, ok, error);
      await turn();
      transport.last[outcome](new Error('x'));
      await turn();
    }

    expect(calls.map((call) => (call as unknown[])[0])).toEqual(['ok', 'ok', 'error', 'error']);
    expect(reply).toHaveBeenCalledTimes(2);
    expect(failureReply).toHaveBeenCalledTimes(1);
  });

  it('B7 share the failure of the first', async () => {
    const { delegate, transport } = setUp();
    const { calls, ok, error } = callbacks();
    delegate.sendRequestToPServer(withId, ok, error);
    delegate.sendRequestToPServer(withId, ok, error);
    transport.last.fail(new Error('x'));
    await turn();

    expect(calls).toEqual([
      ['error', FAILURE],
      ['error', FAILURE],
    ]);
  });

  it.each([
    ['the body differs', 'sendRequestToPServer', { ...withId, lang: 'en' }],
    ['the server differs', 'sendRequestToEnrichServer', withId],
    ['the body cannot be compared', 'sendRequestToPServer', { ...withId, big: 1n }],
  ] as const)(
    'B7 have a request of their own if %s, and each gets its own reply',
    async (_, sender, other) => {
      const { delegate, transport, events } = setUp();
      const { calls, ok, error } = callbacks();
      delegate.sendRequestToPServer(withId, ok, error);
      delegate[sender](other, ok, error);
      transport.sent[0]?.answer({ to: 'first' });
      transport.sent[1]?.fail(new Error('x'));
      await turn();

      expect(calls).toEqual([
        ['ok', { to: 'first' }],
        ['error', FAILURE],
      ]);
      expect(events.types).toEqual(['request', 'request', 'reply', 'failure']);
    },
  );

  it('B7 take no reply from a request that waits for the reply function', async () => {
    const { delegate, transport, widget } = setUp();
    const { calls, ok, error } = callbacks();
    delegate.sendRequestToPServer(body, 'r1');
    delegate.sendRequestToPServer({ ...withId, lang: 'en' }, ok, error);
    transport.sent[1]?.answer({ to: 'callbacks' });
    transport.sent[0]?.answer({ to: 'widget' });
    await turn();

    expect(calls).toEqual([['ok', { to: 'callbacks' }]]);
    expect(widget.replies).toEqual([[{ to: 'widget' }, 'r1']]);
  });

  it('B7 get the reply to their own request, while the reply function gets that to the newest', async () => {
    const { delegate, transport, widget, events } = setUp();
    const { calls, ok } = callbacks();
    delegate.sendRequestToOBServer(body, ok, 'r1');
    delegate.sendRequestToOBServer({ type: 'getAccounts' }, 'r1');
    for (const [index, one] of [...transport.sent].entries()) one.answer({ index });
    await turn();

    expect(calls).toEqual([['ok', { index: 0 }]]);
    expect(widget.replies).toEqual([[{ index: 1 }, 'r1']]);
    expect(events.types).toEqual(['request', 'request', 'reply', 'reply']);
  });

  it('B12 with the widget gone, a joined callback is called, and NO_CHANNEL is reported', async () => {
    const { bridge, delegate, transport, events } = setUp();
    const { calls, ok } = callbacks();
    bridge.attach(() => undefined, {});
    delegate.sendRequestToOBServer(body, 'r1');
    delegate.sendRequestToOBServer(body, ok, 'r1');
    transport.last.answer({ a: 1 });
    await turn();

    expect(calls).toEqual([['ok', { a: 1 }]]);
    expect(events.codes).toEqual(['DUPLICATE_REQUEST', 'NO_CHANNEL']);
  });

  it('B12 so it is with a failure', async () => {
    const { bridge, delegate, transport, events } = setUp();
    const { calls, ok } = callbacks();
    bridge.attach(() => undefined, {});
    delegate.sendRequestToOBServer(body, 'r1');
    delegate.sendRequestToOBServer(body, ok, 'r1');
    transport.last.fail(new Error('x'));
    await turn();

    expect(calls).toEqual([['ok', FAILURE]]);
    expect(events.errors).toMatchObject([
      { code: 'DUPLICATE_REQUEST' },
      { code: 'NO_CHANNEL', cause: { code: 'NETWORK' } },
    ]);
  });
});
