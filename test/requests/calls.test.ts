import { describe, expect, it } from 'vitest';
import { bridgeTests } from '../bridge/fixtures/bridge-tests.ts';
import { SENDERS } from '../bridge/fixtures/senders.ts';
import { turn } from '../bridge/fixtures/turn.ts';

const { setUp } = bridgeTests();

const body = { type: 'getInsights', lang: 'en' };
const text = '{"type": "getInsights",  "lang":"en"}';
const headers = { 'X-Channel': 'web', 'X-Version': 3 };
const asked = { 'X-Channel': 'web', 'X-Version': '3' };

/** The arguments of a call, and the request that it must become. */
type Row = [shape: string, args: unknown[], request: { requestId: unknown; body: unknown; headers?: object }];

const withId: Row[] = [
  ['a', [headers, body, 'r1'], { requestId: 'r1', body, headers: asked }],
  ['a with null headers', [null, body, 'r1'], { requestId: 'r1', body }],
  ['a with no headers', [undefined, body, 'r1'], { requestId: 'r1', body }],
  ['a with empty headers', [{}, body, 'r1'], { requestId: 'r1', body }],
  [
    'a with headers that are no text',
    [{ ...headers, none: undefined, empty: null, object: {}, yes: true }, body, 'r1'],
    { requestId: 'r1', body, headers: asked },
  ],
  ['a with a number as id', [headers, body, 7], { requestId: 7, body, headers: asked }],
  ['a with a body of text', [headers, text, 'r1'], { requestId: 'r1', body: text, headers: asked }],
  ['a with null and a body of text', [null, text, 'r1'], { requestId: 'r1', body: text }],
  ['b', [body, 'r1'], { requestId: 'r1', body }],
  ['b with a number as id', [body, 7], { requestId: 7, body }],
  ['b with 0 as id', [body, 0], { requestId: 0, body }],
  ['b with a negative id', [body, -1.5], { requestId: -1.5, body }],
  ['b with a body of text', [text, 'r1'], { requestId: 'r1', body: text }],
  ['b with text and a number', [text, 7], { requestId: 7, body: text }],
  ['b with an array as body', [[body], 'r1'], { requestId: 'r1', body: [body] }],
  ['b with an empty id', [body, ''], { requestId: '', body }],
  ['b with text and an empty id', [text, ''], { requestId: '', body: text }],
  ['b with an id that looks like a body', [body, '{r1}'], { requestId: '{r1}', body }],
  ['c', ['r1', text], { requestId: 'r1', body: text }],
  ['c with an object', ['r1', body], { requestId: 'r1', body }],
  ['c with a number as id', [7, text], { requestId: 7, body: text }],
  ['c with an array of JSON', ['r1', '[1]'], { requestId: 'r1', body: '[1]' }],
  ['c with space before the JSON', ['r1', ' \n\t{"a":1}'], { requestId: 'r1', body: ' \n\t{"a":1}' }],
  ['c with an id that is JSON, but no object', ['42', text], { requestId: '42', body: text }],
  ['c with an id in quotes', ['"r1"', text], { requestId: '"r1"', body: text }],
  ['c with an id that only begins like JSON', ['{r1', text], { requestId: '{r1', body: text }],
  ['c with an id like that last', [text, '{r1'], { requestId: '{r1', body: text }],
  ['c where neither is JSON', ['r1', 'type=getInsights'], { requestId: 'r1', body: 'type=getInsights' }],
  ['c where both are JSON', ['{"a":1}', '{"b":2}'], { requestId: '{"a":1}', body: '{"b":2}' }],
  ['c with a number and plain text', [7, 'plain'], { requestId: 7, body: 'plain' }],
  ['b with plain text and a number', ['plain', 7], { requestId: 7, body: 'plain' }],
];

const withCallbacks: [shape: string, args: (ok: unknown, error: unknown) => unknown[], body: unknown][] = [
  ['e (params, onSuccess, onError)', (ok, error) => [body, ok, error], body],
  ['e (onSuccess, onError, params)', (ok, error) => [ok, error, body], body],
  ['e (onSuccess, params, onError)', (ok, error) => [ok, body, error], body],
  ['e with text first', (ok, error) => [text, ok, error], text],
  ['e with text last', (ok, error) => [ok, error, text], text],
  ['e with text between', (ok, error) => [ok, text, error], text],
  ['e with text that is no JSON', (ok, error) => [ok, error, 'type=getInsights'], 'type=getInsights'],
  ['f (params, callback)', (ok) => [body, ok], body],
  ['f (callback, params)', (ok) => [ok, body], body],
  ['f with text', (ok) => [text, ok], text],
];

const withCallbackAndId: [shape: string, args: (callback: unknown) => unknown[], body: unknown][] = [
  ['f (params, callback, id)', (callback) => [body, callback, 'r1'], body],
  ['f (id, params, callback)', (callback) => ['r1', body, callback], body],
  ['f (params, id, callback)', (callback) => [body, 'r1', callback], body],
  ['f (callback, params, id)', (callback) => [callback, body, 'r1'], body],
  ['f (id, text, callback)', (callback) => ['r1', text, callback], text],
  ['f (text, callback, id)', (callback) => [text, callback, 'r1'], text],
  ['f (params, callback, id, text): the object is the body', (cb) => [body, cb, 'r1', text], body],
];

describe.each(SENDERS)('%s', (sender, server) => {
  it.each(withId)('B3 %s', async (_, args, expected) => {
    const { delegate, transport, widget, events } = setUp();
    delegate[sender](...args);
    expect(transport.requests).toEqual([{ headers: {}, ...expected, server, type: typeOf(expected.body) }]);
    transport.last.answer({ ok: true });
    await turn();

    expect(widget.replies).toEqual([[{ ok: true }, expected.requestId]]);
    expect(events.milestones).toEqual(['request', 'reply']);
  });

  it.each(withCallbacks)('B3 %s: the answer goes to the callback alone', async (_, args, expectedBody) => {
    const { delegate, transport, widget, events } = setUp();
    const calls: unknown[] = [];
    const ok = (reply: unknown) => calls.push(['ok', reply]);
    const error = (reply: unknown) => calls.push(['error', reply]);
    delegate[sender](...args(ok, error));
    expect(transport.requests).toMatchObject([
      { server, type: typeOf(expectedBody), body: expectedBody, headers: {} },
    ]);
    transport.last.answer({ ok: true });
    await turn();

    expect(calls).toEqual([['ok', { ok: true }]]);
    expect(widget.replies).toEqual([]);
    expect(events.types).toEqual(['request', 'reply']);
  });

  it.each(withCallbackAndId)('B3 %s: the answer goes both ways', async (_, args, expectedBody) => {
    const { delegate, transport, widget } = setUp();
    const calls: unknown[] = [];
    delegate[sender](...args((reply: unknown) => calls.push(reply)));
    expect(transport.requests).toMatchObject([{ requestId: 'r1', server, body: expectedBody, headers: {} }]);
    transport.last.answer({ ok: true });
    await turn();

    expect(calls).toEqual([{ ok: true }]);
    expect(widget.replies).toEqual([[{ ok: true }, 'r1']]);
  });
});

describe('B3 d, the message of the React and Angular layouts', () => {
  const data = { requestData: body };
  const messages: Row[] = [
    ['d', [{ json: { ...data, requestId: 'r1' }, requestId: 'r1' }], { requestId: 'r1', body }],
    [
      'd with headers',
      [{ requestHeaders: headers, json: data, requestId: 'r1' }],
      { requestId: 'r1', body, headers: asked },
    ],
    [
      'd with null headers',
      [{ requestHeaders: null, json: data, requestId: 'r1' }],
      { requestId: 'r1', body },
    ],
    ['d with the id in json alone', [{ json: { ...data, requestId: 'r1' } }], { requestId: 'r1', body }],
    ['d with a number as id', [{ json: data, requestId: 7 }], { requestId: 7, body }],
    ['d with 0 as id', [{ json: { ...data, requestId: 0 } }], { requestId: 0, body }],
    [
      'd with a body of text',
      [{ json: { requestData: text }, requestId: 'r1' }],
      { requestId: 'r1', body: text },
    ],
    [
      'd with a body that names its own sender',
      [{ json: { requestData: { ...body, requestString: 'sendRequestToPServer' } }, requestId: 'r1' }],
      { requestId: 'r1', body: { ...body, requestString: 'sendRequestToPServer' } },
    ],
  ];

  it.each(SENDERS.flatMap(([sender, server]) => messages.map((row) => [sender, server, row] as const)))(
    'B3 %s %s: $2.0',
    async (requestString, server, [, [message], expected]) => {
      const { bridge, delegate, transport, widget } = setUp();
      const takers = [bridge.handlePersoEvent, delegate.handlePersoEvent, delegate.widgetEventHandler];
      for (const take of takers) {
        take({ requestString, ...(message as object) });
        transport.last.answer({ ok: true });
        await turn();
      }

      const request = { headers: {}, ...expected, server, type: 'getInsights' };
      expect(transport.requests).toEqual([request, request, request]);
      const reply = [{ ok: true }, expected.requestId];
      expect(widget.replies).toEqual([reply, reply, reply]);
    },
  );

  it('B3 the body is never the envelope', () => {
    const { bridge, transport } = setUp();
    bridge.handlePersoEvent({ requestString: 'sendRequestToPServer', json: data, requestId: 'r1' });

    expect(transport.last.request.body).toBe(body);
  });
});

it('B3 all shapes on one bridge, without configuration', async () => {
  const { bridge, delegate, transport, widget } = setUp();
  const calls: unknown[] = [];
  const callback = (name: string) => (reply: unknown) => calls.push([name, reply]);
  delegate.sendRequestToPServer(headers, body, 'a');
  delegate.sendRequestToEnrichServer(body, 'b');
  delegate.sendRequestToPServer('c', text);
  bridge.handlePersoEvent({
    requestString: 'sendRequestToOBServer',
    json: { requestData: body },
    requestId: 'd',
  });
  delegate.sendRequestToPServer(body, callback('e'), callback('e error'));
  delegate.sendRequestToOBServer(body, callback('f'));
  for (const [index, { answer }] of [...transport.sent.entries()].reverse()) answer({ index });
  await turn();

  expect([...widget.replies].reverse()).toEqual([
    [{ index: 0 }, 'a'],
    [{ index: 1 }, 'b'],
    [{ index: 2 }, 'c'],
    [{ index: 3 }, 'd'],
  ]);
  expect([...calls].reverse()).toEqual([
    ['e', { index: 4 }],
    ['f', { index: 5 }],
  ]);
});

it('B3 a failure goes to onError in e, and to the one callback in f', async () => {
  const { delegate, transport, events } = setUp();
  const calls: string[] = [];
  const callback = (name: string) => () => calls.push(name);
  delegate.sendRequestToPServer(callback('onSuccess'), callback('onError'), body);
  delegate.sendRequestToOBServer(body, callback('f'));
  for (const { fail } of transport.sent) fail(new Error('x'));
  await turn();

  expect(calls).toEqual(['onError', 'f']);
  expect(events.codes).toEqual(['NETWORK', 'NETWORK']);
});

it('B3 e is answered through its callbacks alone, also where it has an id', async () => {
  const { delegate, transport, widget } = setUp();
  const replies: unknown[] = [];
  const ok = (reply: unknown) => replies.push(reply);
  delegate.sendRequestToPServer({ ...body, requestId: 'r1' }, ok, ok);
  delegate.sendRequestToPServer(ok, ok, body, 'r2');
  for (const { answer } of transport.sent) answer({});
  await turn();

  expect(replies).toEqual([{}, {}]);
  expect(widget.replies).toEqual([]);
});

it('B3 e and f without an id get one of the library’s own, a different one each time', () => {
  const { delegate, transport } = setUp();
  for (let i = 0; i < 3; i += 1) {
    delegate.sendRequestToPServer(
      body,
      () => undefined,
      () => undefined,
    );
    delegate.sendRequestToOBServer(body, () => undefined);
  }
  const ids = transport.requests.map(({ requestId }) => requestId);

  expect(new Set(ids).size).toBe(6);
  for (const id of ids) expect(id).toEqual(expect.any(String));
});

it('B3 the type is the command’s, when the body names one', () => {
  const { delegate, transport } = setUp();
  delegate.sendRequestToPServer({ type: 'getInsights' }, 1);
  delegate.sendRequestToPServer('{"type":"getInsights"}', 2);
  delegate.sendRequestToPServer({ type: 5 }, 3);
  delegate.sendRequestToPServer({}, 4);
  delegate.sendRequestToPServer(6, 'plain text');

  expect(transport.requests.map(({ type }) => type)).toEqual([
    'getInsights',
    'getInsights',
    undefined,
    undefined,
    undefined,
  ]);
});

it('B3 headers that are no text are not asked for', () => {
  const { delegate, transport } = setUp();
  delegate.sendRequestToPServer({ A: 'a', B: 2, C: null, D: {}, E: undefined, F: true }, body, 'r1');

  expect(transport.last.request.headers).toMatchObject({ A: 'a', B: '2' });
  for (const value of Object.values(transport.last.request.headers))
    expect(value).toEqual(expect.any(String));
});

it('B3 the senders are bound, and return nothing', () => {
  const { delegate, transport } = setUp();
  const { sendRequestToPServer, widgetEventHandler, sessionStarted } = delegate;

  expect(sendRequestToPServer(body, 'r1')).toBeUndefined();
  expect(widgetEventHandler({ requestString: 'sessionEnded' })).toBeUndefined();
  expect(sessionStarted()).toBeUndefined();
  expect(transport.sent).toHaveLength(1);
});

function typeOf(body: unknown): string | undefined {
  if (typeof body === 'object') return (body as { type?: string }).type;
  return body === text ? 'getInsights' : undefined;
}
