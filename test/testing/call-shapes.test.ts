import { expect, it } from 'vitest';
import { type CallShape, createTestWidget } from '../../src/testing/index.ts';

const BODY = { type: 'getInsights' };
const HEADERS = { 'x-trace': '7' };

/** The arguments of the page's functions, as a layout's widget passes them. */
function callsOf(shape: CallShape, server: 'pserver' | 'enrich' | 'ob' = 'pserver'): unknown[][] {
  const calls: unknown[][] = [];
  const heard =
    (name: string) =>
    (...args: unknown[]) =>
      void calls.push([name, ...args]);
  const widget = createTestWidget(shape);
  widget.initialize({
    eventsDelegate: {
      sendRequestToPServer: heard('sendRequestToPServer'),
      sendRequestToEnrichServer: heard('sendRequestToEnrichServer'),
      sendRequestToOBServer: heard('sendRequestToOBServer'),
      widgetEventHandler: heard('widgetEventHandler'),
    },
  });
  void widget.request(server, BODY, { requestId: 'r1', headers: HEADERS });
  return calls;
}

const callback = expect.any(Function);

it.each([
  ['a', 'requestHeaders, body and requestId', ['sendRequestToPServer', HEADERS, BODY, 'r1']],
  ['b', 'body and requestId', ['sendRequestToPServer', BODY, 'r1']],
  ['c', 'requestId and requestBody, both texts', ['sendRequestToPServer', 'r1', JSON.stringify(BODY)]],
  [
    'd',
    'one message to widgetEventHandler',
    [
      'widgetEventHandler',
      {
        requestHeaders: HEADERS,
        json: { requestData: BODY, requestId: 'r1' },
        requestString: 'sendRequestToPServer',
        requestId: 'r1',
      },
    ],
  ],
  ['e', 'params, onSuccess and onError', ['sendRequestToPServer', BODY, callback, callback]],
] as const)('shape %s is called with %s', (shape, _what, call) => {
  expect(callsOf(shape)).toEqual([call]);
});

it('shape f is called with requestBodyParams and a callback', () => {
  expect(callsOf('f', 'ob')).toEqual([['sendRequestToOBServer', BODY, callback]]);
});

it.each([
  ['pserver', 'sendRequestToPServer'],
  ['enrich', 'sendRequestToEnrichServer'],
  ['ob', 'sendRequestToOBServer'],
] as const)('the sender names the server: %s', (server, sender) => {
  expect(callsOf('a', server)).toEqual([[sender, HEADERS, BODY, 'r1']]);
  expect(callsOf('d', server)[0]?.[1]).toMatchObject({ requestString: sender });
});
