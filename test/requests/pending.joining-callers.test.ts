import { describe, expect, it, vi } from 'vitest';
import { bridgeTests } from '../bridge/fixtures/bridge-tests.ts';
import { FAILURE } from '../bridge/fixtures/failure-reply.ts';
import { turn } from '../bridge/fixtures/turn.ts';

const { setUp, setUpWith } = bridgeTests();

const body = { type: 'getInsights' };
const withId = { ...body, requestId: 'r1' };
const HUGE = 1_000_000;

describe('B8 callers that join a pending request count', () => {
  it('B8 one over maxPending is answered with OVERLOADED, and the first stays pending', async () => {
    const { bridge, delegate, transport, events } = setUp({ maxPending: 3 });
    const answered = Array.from({ length: 5 }, () => vi.fn());
    for (const callback of answered) delegate.sendRequestToPServer({ ...withId }, callback, callback);
    await turn();

    expect(answered.map(({ mock }) => mock.calls)).toEqual([[], [], [], [[FAILURE]], [[FAILURE]]]);
    expect(events.codes).toEqual(['DUPLICATE_REQUEST', 'DUPLICATE_REQUEST', 'OVERLOADED', 'OVERLOADED']);
    expect(bridge.getSnapshot().pending).toHaveLength(1);
    transport.last.answer({ ok: true });
    await turn();

    expect(transport.sent).toHaveLength(1);
    expect(answered.map(({ mock }) => mock.calls.length)).toEqual([1, 1, 1, 1, 1]);
    expect(answered[2]?.mock.calls).toEqual([[{ ok: true }]]);
  });

  it('B8 they leave no room for other requests, and give it back when they are answered', async () => {
    const { delegate, transport, events } = setUp({ maxPending: 2 });
    delegate.sendRequestToPServer({ ...withId }, vi.fn(), vi.fn());
    delegate.sendRequestToPServer({ ...withId }, vi.fn(), vi.fn());
    delegate.sendRequestToPServer(body, 'r2');
    await turn();
    expect(events.codes).toEqual(['DUPLICATE_REQUEST', 'OVERLOADED']);
    transport.last.answer({});
    await turn();
    delegate.sendRequestToPServer(body, 'r3');
    delegate.sendRequestToPServer(body, 'r4');
    delegate.sendRequestToPServer(body, 'r5');
    await turn();

    expect(transport.requests.map(({ requestId }) => requestId)).toEqual(['r1', 'r3', 'r4']);
    expect(events.codes).toEqual(['DUPLICATE_REQUEST', 'OVERLOADED', 'OVERLOADED']);
  });

  it('B8 one that waits for nothing of its own takes no room', async () => {
    const { delegate, transport, widget, events } = setUp({ maxPending: 2 });
    for (let call = 0; call < 5; call += 1) delegate.sendRequestToPServer(body, 'r1');
    delegate.sendRequestToPServer(body, 'r2');
    for (const { answer } of transport.sent) answer({});
    await turn();

    expect(widget.replies).toEqual([
      [{}, 'r1'],
      [{}, 'r2'],
    ]);
    expect(new Set(events.codes)).toEqual(new Set(['DUPLICATE_REQUEST']));
  });

  it('B8 B7 requests that are superseded and still pending count with those who wait for them', async () => {
    const { delegate, events } = setUp({ maxPending: 4 });
    const ask = (n: number): void => delegate.sendRequestToPServer({ ...withId, n }, vi.fn(), vi.fn());
    for (const n of [1, 1, 2, 2, 3]) ask(n);
    await turn();

    expect(events.codes).toEqual(['DUPLICATE_REQUEST', 'DUPLICATE_REQUEST', 'OVERLOADED']);
  });

  it('B8 of 20,000 callbacks under one id, those above maxPending are answered at once', async () => {
    const { delegate, events } = setUp();
    const onSuccess = vi.fn();
    let failed = 0;
    const onError = (): void => {
      failed += 1;
    };
    for (let call = 0; call < 20; call += 1) {
      for (let more = 0; more < 1_000; more += 1) delegate.sendRequestToPServer(withId, onSuccess, onError);
      await turn();
      events.all.length = 0;
    }

    expect(failed).toBe(19_000);
  });
});

describe('B8 an id has at most 256 characters', () => {
  const tooLong = {
    code: 'INVALID_CALL',
    details: { expected: 'a requestId of at most 256 characters', received: `one of ${HUGE}` },
  };

  it('B8 as many are an id like any other', async () => {
    const { delegate, transport, widget } = setUp();
    const id = 'x'.repeat(256);
    delegate.sendRequestToPServer(body, id);
    transport.last.answer({});
    await turn();

    expect(widget.replies).toEqual([[{}, id]]);
  });

  it.each<[string, (id: string) => unknown[]]>([
    ['as an argument', (id) => [body, id]],
    ['as the first of two texts', (id) => [id, JSON.stringify(body)]],
    ['alone', (id) => [id]],
    ['in a body that is not valid', (id) => [{ ...body, requestId: id }]],
  ])('B8 a longer one is answered under it, and not sent: %s', async (_, args) => {
    const { delegate, transport, widget, events } = setUp();
    const id = 'x'.repeat(HUGE);
    delegate.sendRequestToPServer(...args(id));
    await turn();

    expect(widget.replies).toEqual([[FAILURE, id]]);
    expect(events.errors).toMatchObject([tooLong]);
    expect(events.types).toEqual(['failure']);
    expect(transport.sent).toEqual([]);
  });

  it('B8 in a message', async () => {
    const { bridge, transport, widget, events } = setUp();
    const requestId = 'x'.repeat(HUGE);
    bridge.handlePersoEvent({
      requestString: 'sendRequestToOBServer',
      requestId,
      json: { requestData: body },
    });
    await turn();

    expect(widget.replies).toEqual([[FAILURE, requestId]]);
    expect(events.errors).toMatchObject([{ ...tooLong, details: { call: 'handlePersoEvent' } }]);
    expect(transport.sent).toEqual([]);
  });

  it('B8 through the callbacks, where there are some', async () => {
    const { delegate, transport, widget, events } = setUp();
    const [onSuccess, onError] = [vi.fn(), vi.fn()];
    delegate.sendRequestToPServer({ ...body, requestId: 'x'.repeat(HUGE) }, onSuccess, onError);
    await turn();

    expect(onError.mock.calls).toEqual([[FAILURE]]);
    expect(onSuccess).not.toHaveBeenCalled();
    expect(widget.replies).toEqual([]);
    expect(events.errors).toMatchObject([tooLong]);
    expect(transport.sent).toEqual([]);
  });

  it('B8 two of one length are two', async () => {
    const { delegate, widget } = setUp();
    const ids = ['x', 'y'].map((letter) => letter.repeat(HUGE));
    for (const id of ids) delegate.sendRequestToPServer(body, id);
    await turn();

    expect(widget.replies.map(([, id]) => id)).toEqual(ids);
  });

  it('B8 events and errors contain its length, and no part of it', async () => {
    const { delegate, events } = setUp({ reply: (response) => response });
    const failureless = setUpWith({ send: () => ({}) });
    delegate.sendRequestToPServer(body, 'x'.repeat(HUGE));
    failureless.bridge.attach({}, {});
    failureless.delegate.sendRequestToPServer(body, 'x'.repeat(HUGE));
    await turn();

    expect(events.of('failure')[0]?.request?.requestId).toBe(`an id of ${HUGE} characters`);
    for (const { error, ...more } of [...events.of('failure'), ...failureless.events.of('failure')]) {
      expect(JSON.stringify([more, error.message, error.details, error.cause]).length).toBeLessThan(2_000);
    }
  });

  it('B8 nobody waits for a reply under a longer one, and the orphan event holds nothing of it', async () => {
    const { bridge, delegate, events } = setUp();
    const id = 'x'.repeat(HUGE);
    delegate.sendRequestToPServer(body, id);
    await turn();
    const odd = { toString: () => id };

    expect(bridge.handlePServerResponse({}, id)).toBe(false);
    expect(bridge.handlePServerResponse({}, odd as never)).toBe(false);
    expect(events.of('orphan')).toEqual([
      { requestId: `an id of ${HUGE} characters`, reason: 'unknown' },
      { requestId: `an id of ${HUGE} characters`, reason: 'unknown' },
    ]);
  });

  it('B8 a number is never too long', async () => {
    const { delegate, transport } = setUp();
    for (const id of [1e21, Number.MAX_SAFE_INTEGER, 5e-324]) delegate.sendRequestToPServer(body, id);

    expect(transport.sent).toHaveLength(3);
  });
});

it('B8 an error shows at most 64 characters of a type, in one line', async () => {
  const { delegate, transport, events } = setUp();
  const type = `a\n\u202eb${'x'.repeat(HUGE)}`;
  delegate.sendRequestToPServer({ type }, 'r1');
  transport.last.fail(new Error('x'));
  await turn();

  const [error] = events.errors;
  expect(error?.message).not.toMatch(/[\n\u202e]/);
  expect(error?.message.length).toBeLessThan(200);
  expect(error?.details).toMatchObject({ type: expect.stringMatching(/^a\ufffd\ufffdbx{60}$/) });
  expect(transport.last.request.type).toBe(type);
});
