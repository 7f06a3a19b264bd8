import { expect, it, vi } from 'vitest';
import { bridgeTests } from './fixtures/bridge-tests.ts';
import { turn } from './fixtures/turn.ts';

const { makeBridge, reported, setUp, setUpWith } = bridgeTests();

const BODY = { type: 'getInsights' };

it('B2 the entry point is on the bridge and on the delegate, and is bound', () => {
  const bridge = makeBridge();
  const { handlePServerResponse } = bridge;

  expect(bridge.delegate.handlePServerResponse).toBe(handlePServerResponse);
  expect(handlePServerResponse({}, 'r1')).toBe(false);
});

it('B2 a reply at the entry point goes to the widget, and says that somebody waited', async () => {
  const { bridge, delegate, widget, transport, events } = setUpWith({ send: vi.fn() });
  delegate.sendRequestToPServer(BODY, 'r1');
  await turn();
  expect(transport.send).toHaveBeenCalledTimes(1);
  expect(widget.replies).toEqual([]);

  expect(bridge.handlePServerResponse('{"ok":true}', 'r1')).toBe(true);
  expect(widget.replies).toEqual([[{ ok: true }, 'r1']]);
  expect(events.types).toEqual(['request', 'reply']);
});

it('B2 the entry point compares ids as strings, and hands back the id as it came', () => {
  const { bridge, delegate, widget } = setUpWith({ send: vi.fn() });
  delegate.sendRequestToPServer(BODY, 7);
  delegate.sendRequestToPServer(BODY, '8');

  expect(bridge.handlePServerResponse({ to: 7 }, '7')).toBe(true);
  expect(bridge.handlePServerResponse({ to: 8 }, 8)).toBe(true);
  expect(widget.replies).toEqual([
    [{ to: 7 }, 7],
    [{ to: 8 }, '8'],
  ]);
});

it('B2 a reply that nobody ever waited for is not passed on, and is reported', () => {
  const { bridge, widget, events } = setUp();

  expect(bridge.handlePServerResponse({ ok: true }, 'stray')).toBe(false);
  expect(widget.replies).toEqual([]);
  expect(events.all).toEqual([{ type: 'orphan', event: { requestId: 'stray', reason: 'unknown' } }]);
});

it('B2 a second reply is not passed on, and is reported as settled', async () => {
  const { bridge, delegate, widget, events, transport } = setUp();
  delegate.sendRequestToPServer(BODY, 7);
  transport.last.answer({ first: true });
  await turn();

  expect(bridge.handlePServerResponse({ second: true }, '7')).toBe(false);
  expect(widget.replies).toEqual([[{ first: true }, 7]]);
  expect(events.of('orphan')).toEqual([{ requestId: '7', reason: 'settled' }]);
});

it('B2 so is a transport’s answer that comes after the entry point’s', async () => {
  const { bridge, delegate, widget, events, transport } = setUp();
  delegate.sendRequestToPServer(BODY, 'r1');
  bridge.handlePServerResponse({ entered: true }, 'r1');
  transport.last.answer({ late: true });
  await turn();

  expect(widget.replies).toEqual([[{ entered: true }, 'r1']]);
  expect(events.of('orphan')).toEqual([{ requestId: 'r1', reason: 'settled' }]);
});

it('B2 so is an answer that comes after the timeout', async () => {
  const { delegate, widget, events, transport } = setUp({ timeout: 100 });
  delegate.sendRequestToPServer(BODY, 'r1');
  vi.advanceTimersByTime(100);
  transport.last.answer({ late: true });
  await turn();

  expect(widget.replies).toHaveLength(1);
  expect(events.codes).toEqual(['TIMEOUT']);
  expect(events.of('orphan')).toEqual([{ requestId: 'r1', reason: 'settled' }]);
});

it('B2 a transport’s late answer does not reach a request that uses the same id again', async () => {
  const { delegate, widget, events, transport } = setUp({ timeout: 100 });
  delegate.sendRequestToPServer({ turn: 1 }, 'r1');
  vi.advanceTimersByTime(100);
  delegate.sendRequestToPServer({ turn: 2 }, 'r1');
  const [first, second] = transport.sent;
  first?.answer({ turn: 1 });
  await turn();
  expect(widget.replies).toHaveLength(1);
  expect(events.of('orphan')).toEqual([{ requestId: 'r1', reason: 'settled' }]);

  second?.answer({ turn: 2 });
  await turn();
  expect(widget.replies.slice(1)).toEqual([[{ turn: 2 }, 'r1']]);
});

it('B2 nor does its late failure', async () => {
  const { delegate, widget, events, transport } = setUp({ timeout: 100 });
  delegate.sendRequestToPServer({ turn: 1 }, 'r1');
  vi.advanceTimersByTime(100);
  delegate.sendRequestToPServer({ turn: 2 }, 'r1');
  transport.sent[0]?.fail(new Error('late'));
  await turn();

  expect(widget.replies).toHaveLength(1);
  expect(events.codes).toEqual(['TIMEOUT']);
});

it('B2 remembers what was answered not long ago, and not for ever', async () => {
  const { bridge, delegate, events } = setUpWith({ send: () => ({}) });
  const total = 5_000;
  for (let id = 1; id <= total; id += 1) {
    delegate.sendRequestToPServer(BODY, id);
    await Promise.resolve().then(() => undefined);
  }
  await turn();
  for (const id of [1, total - 100, total]) bridge.handlePServerResponse({}, id);

  expect(events.of('orphan')).toEqual([
    { requestId: 1, reason: 'unknown' },
    { requestId: total - 100, reason: 'settled' },
    { requestId: total, reason: 'settled' },
  ]);
});

it.each([undefined, null, '', '__proto__', 'constructor', Number.NaN, {}])(
  'B2 the entry point takes %o for an id that nobody waits for',
  (id) => {
    const { delegate, widget, events } = setUp();

    expect(delegate.handlePServerResponse({}, id as string)).toBe(false);
    expect(events.of('orphan')).toEqual([{ requestId: id, reason: 'unknown' }]);
    expect(widget.replies).toEqual([]);
  },
);

it.each([
  ['a symbol', Symbol('id')],
  ['an object without a prototype', Object.create(null)],
  ['an object that cannot be made a string', { toString: () => ({}) }],
])('B2 the entry point does not throw at %s for an id', (_, id) => {
  const { delegate, widget } = setUp();

  expect(delegate.handlePServerResponse({}, id as string)).toBe(false);
  expect(widget.replies).toEqual([]);
  reported.splice(0); // whether it is an orphan or an error is not said
});

it('B2 a reply that cannot be read ends its request as a failure', () => {
  const { bridge, delegate, events } = setUpWith({ send: vi.fn() });
  delegate.sendRequestToPServer(BODY, 'r1');

  expect(bridge.handlePServerResponse('<html>', 'r1')).toBe(true);
  expect(events.codes).toEqual(['INVALID_RESPONSE']);
});
