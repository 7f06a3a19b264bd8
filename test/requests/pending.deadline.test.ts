import { expect, it, vi } from 'vitest';
import { redactedCause } from '../../src/errors.ts';
import { isBanksideError, type WidgetRequest } from '../../src/index.ts';
import { bridgeTests } from '../bridge/fixtures/bridge-tests.ts';
import { FAILURE } from '../bridge/fixtures/failure-reply.ts';
import { turn } from '../bridge/fixtures/turn.ts';

const { setUp, setUpWith } = bridgeTests();

const BODY = { type: 'getInsights' };

it('B6 a request that outlives its timeout is answered with a failure', () => {
  const { delegate, widget, events } = setUp({ timeout: 4_000 });
  delegate.sendRequestToPServer(BODY, 'r1');
  vi.advanceTimersByTime(3_999);
  expect(widget.replies).toEqual([]);
  vi.advanceTimersByTime(1);

  expect(widget.replies).toEqual([[FAILURE, 'r1']]);
  const [{ error, duration } = { error: undefined }] = events.of('failure');
  expect(duration).toBe(4_000);
  expect(isBanksideError(error, 'TIMEOUT') && error.details).toEqual({
    requestId: 'r1',
    server: 'pserver',
    type: 'getInsights',
    elapsed: 4_000,
    timeout: 4_000,
  });
});

it('B6 and aborted at the transport, which learns why', () => {
  const { delegate, transport, events } = setUp({ timeout: 100 });
  delegate.sendRequestToPServer(BODY, 'r1');
  const { signal } = transport.last.context;
  expect(signal.aborted).toBe(false);
  vi.advanceTimersByTime(100);

  expect(signal.aborted).toBe(true);
  expect(signal.reason).toBe(events.errors[0]);
});

it('B6 a signal that is looked at only after the abort is aborted too', () => {
  const { delegate, transport } = setUp({ timeout: 100 });
  delegate.sendRequestToPServer(BODY, 'r1');
  vi.advanceTimersByTime(100);

  expect(transport.last.context.signal.aborted).toBe(true);
  expect(isBanksideError(transport.last.context.signal.reason, 'TIMEOUT')).toBe(true);
});

it('B6 a request that the transport itself ended is not aborted', async () => {
  const { delegate, transport } = setUp({ timeout: 100 });
  delegate.sendRequestToPServer(BODY, 'r1');
  delegate.sendRequestToPServer(BODY, 'r2');
  transport.sent[0]?.answer({});
  transport.sent[1]?.fail(new Error('x'));
  const signals = transport.sent.map(({ context }) => context.signal);
  await turn();
  vi.advanceTimersByTime(1_000);

  expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
});

it('B6 a request that the entry point ended is aborted: the transport may stop waiting', async () => {
  const { bridge, delegate, transport } = setUp();
  delegate.sendRequestToPServer(BODY, 'r1');
  const { signal } = transport.last.context;
  bridge.handlePServerResponse({}, 'r1');

  expect(signal.aborted).toBe(true);
});

it('B6 the default is 30 seconds', () => {
  const { delegate, widget } = setUp();
  delegate.sendRequestToPServer(BODY, 'r1');
  vi.advanceTimersByTime(29_999);
  expect(widget.replies).toHaveLength(0);
  vi.advanceTimersByTime(1);

  expect(widget.replies).toHaveLength(1);
});

it('B6 each request has a timeout of its own, counted from its own call', () => {
  const { delegate, widget } = setUp({ timeout: ({ body }) => (body as { wait: number }).wait });
  const ended = (): unknown[] => widget.replies.map(([, id]) => id);
  delegate.sendRequestToPServer({ wait: 300 }, 'slow');
  delegate.sendRequestToPServer({ wait: 100 }, 'fast');
  vi.advanceTimersByTime(50);
  delegate.sendRequestToPServer({ wait: 100 }, 'later');
  vi.advanceTimersByTime(49);
  expect(ended()).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(ended()).toEqual(['fast']);
  vi.advanceTimersByTime(50);
  expect(ended()).toEqual(['fast', 'later']);
  vi.advanceTimersByTime(149);
  expect(ended()).toEqual(['fast', 'later']);
  vi.advanceTimersByTime(1);

  expect(ended()).toEqual(['fast', 'later', 'slow']);
});

it('B6 a timeout is kept after the one that was due before it has ended otherwise', async () => {
  const { delegate, transport, widget } = setUp({ timeout: ({ body }) => (body as { wait: number }).wait });
  delegate.sendRequestToPServer({ wait: 100 }, 'fast');
  delegate.sendRequestToPServer({ wait: 300 }, 'slow');
  transport.sent[0]?.answer({});
  await turn();
  vi.advanceTimersByTime(299);
  expect(widget.replies).toEqual([[{}, 'fast']]);
  vi.advanceTimersByTime(1);

  expect(widget.replies.slice(1)).toEqual([[FAILURE, 'slow']]);
});

it('B6 a function is asked for each request, and gets it', () => {
  const timeout = vi.fn((_: WidgetRequest) => 100);
  const { delegate, transport } = setUp({ timeout });
  delegate.sendRequestToPServer(BODY, 'r1');

  expect(timeout.mock.calls).toEqual([[transport.last.request]]);
});

it.each([false, () => false] as const)('B6 `false` is for ever: %o', (timeout) => {
  const { delegate, transport, widget } = setUp({ timeout: timeout as false });
  delegate.sendRequestToPServer(BODY, 'r1');
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(10 * 24 * 3_600_000);

  expect(widget.replies).toEqual([]);
  expect(transport.last.context.deadline).toBe(Infinity);
});

it('B6 the transport gets the deadline, on the clock of performance.now()', () => {
  vi.advanceTimersByTime(500);
  const { delegate, transport } = setUp({ timeout: 4_000 });
  delegate.sendRequestToPServer(BODY, 'r1');

  expect(transport.last.context.deadline).toBe(performance.now() + 4_000);
});

it('B6 a change of the system’s clock moves nothing', () => {
  const { delegate, widget } = setUp({ timeout: 4_000 });
  delegate.sendRequestToPServer(BODY, 'r1');
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(3_999);
  expect(widget.replies).toHaveLength(0);
  vi.setSystemTime(0);
  vi.advanceTimersByTime(1);

  expect(widget.replies).toHaveLength(1);
});

it('B6 a timeout of a fraction of a millisecond, or longer than a timer takes', () => {
  const days = 24 * 3_600_000;
  const { delegate, widget } = setUp({
    timeout: ({ requestId }) => (requestId === 'short' ? 0.25 : 40 * days),
  });
  delegate.sendRequestToPServer(BODY, 'short');
  delegate.sendRequestToPServer(BODY, 'long');
  vi.advanceTimersByTime(1);
  expect(widget.replies).toEqual([[FAILURE, 'short']]);
  vi.advanceTimersByTime(40 * days - 2);
  expect(widget.replies).toHaveLength(1);
  vi.advanceTimersByTime(1);

  expect(widget.replies.slice(1)).toEqual([[FAILURE, 'long']]);
});

it.each([
  ['NaN', () => Number.NaN],
  ['0', () => 0],
  ['a negative number', () => -1],
  ['Infinity', () => Infinity],
  ['nothing', () => undefined],
  ['true', () => true],
  ['a string', () => '100'],
  ['a promise', () => Promise.resolve(100)],
])('B6 a timeout function that returns %s: answered, not sent', async (_, timeout) => {
  const { delegate, transport, widget, events } = setUp({ timeout: timeout as () => number });
  delegate.sendRequestToPServer(BODY, 'r1');
  await turn();

  expect(widget.replies).toEqual([[FAILURE, 'r1']]);
  expect(events.errors).toMatchObject([{ code: 'INVALID_OPTIONS', details: { option: 'timeout' } }]);
  expect(transport.sent).toEqual([]);
});

it('B6 a timeout function that throws: answered, not sent, and the cause has the name of the error', async () => {
  const boom = new Error('x');
  const { delegate, transport, widget, events } = setUp({
    timeout: () => {
      throw boom;
    },
  });
  delegate.sendRequestToPServer(BODY, 'r1');
  await turn();

  expect(widget.replies).toEqual([[FAILURE, 'r1']]);
  expect(events.errors).toMatchObject([
    { code: 'INVALID_OPTIONS', details: { option: 'timeout' }, cause: redactedCause(boom) },
  ]);
  expect(transport.sent).toEqual([]);
});

it('B6 many that are due at once all end, the widget asking again included', () => {
  const { delegate, widget } = setUpWith({ send: () => undefined }, { timeout: 100 });
  const { handlePServerResponse } = widget;
  let again = 3;
  widget.handlePServerResponse = (response, id) => {
    handlePServerResponse(response, id);
    if (id === 'r1' && again > 0) delegate.sendRequestToPServer(BODY, 'r1');
    again -= 1;
  };
  for (const id of ['r1', 'r2', 'r3']) delegate.sendRequestToPServer(BODY, id);
  vi.advanceTimersByTime(100);
  expect(widget.replies.map(([, id]) => id)).toEqual(['r1', 'r2', 'r3']);
  vi.advanceTimersByTime(100);

  expect(widget.replies.map(([, id]) => id)).toEqual(['r1', 'r2', 'r3', 'r1']);
});

it('B6 a request that begins in the turn in which the last one ended has its timeout too', async () => {
  const { bridge, delegate, widget } = setUpWith({ send: () => undefined }, { timeout: 100 });
  delegate.sendRequestToPServer(BODY, 'r1');
  vi.advanceTimersByTime(50);
  bridge.handlePServerResponse({}, 'r1');
  delegate.sendRequestToPServer(BODY, 'r2');
  await turn();
  vi.advanceTimersByTime(99);
  expect(widget.replies).toEqual([[{}, 'r1']]);
  vi.advanceTimersByTime(1);

  expect(widget.replies.slice(1)).toEqual([[FAILURE, 'r2']]);
});

it('B6 deadlines decide what is due next, not the order of the calls', () => {
  const waits = { first: 100, second: 200, fourth: 400, third: 300 };
  const { delegate, widget } = setUp({ timeout: ({ requestId }) => waits[requestId as keyof typeof waits] });
  for (const id of Object.keys(waits)) delegate.sendRequestToPServer(BODY, id);
  const ended: number[] = [];
  for (let passed = 0; passed < 400; passed += 100) {
    vi.advanceTimersByTime(100);
    ended.push(widget.replies.length);
  }

  expect(ended).toEqual([1, 2, 3, 4]);
  expect(widget.replies.map(([, id]) => id)).toEqual(['first', 'second', 'third', 'fourth']);
});

it('B9 a request without a timeout keeps no timer of one that has ended', async () => {
  const { delegate, transport } = setUp({ timeout: ({ requestId }) => (requestId === 'r1' ? 4_000 : false) });
  delegate.sendRequestToPServer(BODY, 'r1');
  delegate.sendRequestToPServer(BODY, 'r2');
  transport.sent[0]?.answer({});
  await turn();
  expect(vi.getTimerCount()).toBe(0);

  delegate.sendRequestToPServer(BODY, 'r3');
  expect(vi.getTimerCount()).toBe(0);
  delegate.sendRequestToPServer(BODY, 'r1');
  expect(vi.getTimerCount()).toBe(1);
});

it('B9 a timeout that ends all the others leaves no timer', () => {
  const { bridge, delegate, widget } = setUp({
    timeout: ({ requestId }) => (requestId === 'r1' ? 1_000 : 9_000),
  });
  for (const id of ['r1', 'r2', 'r3']) delegate.sendRequestToPServer(BODY, id);
  bridge.on('failure', () => bridge.dispose());
  vi.advanceTimersByTime(1_000);

  expect(widget.replies.map(([, id]) => id)).toEqual(['r1', 'r2', 'r3']);
  return turn().then(() => expect(vi.getTimerCount()).toBe(0));
});

it('B6 one timer serves a widget that sends its next request as soon as it has a reply', async () => {
  const { bridge, delegate } = setUpWith({ send: async () => ({ ok: true }) });
  let replies = 0;
  const handlePServerResponse = (): void => {
    replies += 1;
    // As a widget does that awaits its reply.
    if (replies < 5) Promise.resolve().then(() => delegate.sendRequestToPServer(BODY, `r${replies}`));
  };
  bridge.attach({ handlePServerResponse });
  const { setTimeout } = globalThis;
  let timers = 0;
  // Not a spy: restoring it after the test would put the fake timer back.
  globalThis.setTimeout = ((...given: Parameters<typeof setTimeout>) => {
    timers += 1;
    return setTimeout(...given);
  }) as typeof setTimeout;
  delegate.sendRequestToPServer(BODY, 'r0');
  for (let turns = 0; turns < 10; turns += 1) await turn();
  globalThis.setTimeout = setTimeout;

  expect([replies, timers, vi.getTimerCount()]).toEqual([5, 1, 0]);
});
