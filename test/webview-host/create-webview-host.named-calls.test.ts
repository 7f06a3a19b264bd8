import { describe, expect, it, vi } from 'vitest';
import type { HostSender, InjectableWebView } from '../../src/webview-host.ts';
import { FAILURE } from '../bridge/fixtures/failure-reply.ts';
import { turn } from '../bridge/fixtures/turn.ts';
import { collectGarbage } from '../harness/collect-garbage.ts';
import { hostTests } from './fixtures/host-tests.ts';
import { StandInPage } from './fixtures/stand-in-page.ts';

const { setUp } = hostTests();

const context = new Map([['startWidget', new Map([['lang', 'en']])]]);

/** What is read of the parameters in any of their forms. */
const request = { requestId: '1', type: 'getInsights', headers: {} };
const body = { type: 'getInsights', lang: 'en', requestId: '1' };

describe('a call in the documents’ form', () => {
  it.each([
    ['sendRequestToPServer', 'pserver'],
    ['sendRequestToEnrichServer', 'enrich'],
    ['sendRequestToOBServer', 'ob'],
  ] as const)('%s goes to %s, and is answered in the WebView that came with it', async (name, server) => {
    const { host, transport, page } = setUp();
    const other = new StandInPage();
    const send: HostSender = host[name];
    expect(send(other, new Map(Object.entries(body)), context)).toBeUndefined();
    expect(transport.requests).toEqual([{ ...request, server, body }]);
    transport.last.answer({ ok: true });
    await turn();

    expect(other.read).toEqual([[{ ok: true }, '1']]);
    expect(page.scripts).toEqual([]);
  });

  it.each<[string, Parameters<HostSender>[1]]>([
    ['a Map', new Map(Object.entries(body))],
    ['an object', body],
  ])('takes the body as %s', (_what, params) => {
    const { host, transport } = setUp();
    host.sendRequestToPServer(new StandInPage(), params);

    expect(transport.requests).toEqual([{ ...request, server: 'pserver', body }]);
  });

  it('accepts the body as a string, which is sent byte for byte', () => {
    const { host, transport } = setUp();
    const text = '{ "type":"getInsights", "requestId":1 }';
    host.sendRequestToPServer(new StandInPage(), text);

    expect(transport.requests).toEqual([{ ...request, requestId: 1, server: 'pserver', body: text }]);
  });

  it.each<[string, Parameters<HostSender>[1]]>([
    [
      'as Maps',
      new Map<string, unknown>([
        ['requestId', '1'],
        ['requestData', new Map([['type', 'getInsights']])],
        ['requestHeaders', new Map([['accept-language', '7']])],
      ]),
    ],
    [
      'as objects',
      { requestId: '1', requestData: { type: 'getInsights' }, requestHeaders: { 'accept-language': '7' } },
    ],
    [
      'as a string',
      '{"requestId":"1","requestData":{"type":"getInsights"},"requestHeaders":{"accept-language":"7"}}',
    ],
  ])('takes id, body and headers side by side, %s', (_how, params) => {
    const { host, transport } = setUp();
    host.sendRequestToPServer(new StandInPage(), params);

    expect(transport.requests).toEqual([
      { ...request, server: 'pserver', body: { type: 'getInsights' }, headers: { 'accept-language': '7' } },
    ]);
  });

  it('takes Maps within Maps, arrays and dates as JSON has them', () => {
    const { host, transport } = setUp();
    const params = new Map<string, unknown>([
      ['requestId', 7],
      ['list', [new Map([['a', 1]]), { deep: new Map([['b', new Map([['__proto__', 2]])]]) }]],
      ['since', new Date(0)],
    ]);
    host.sendRequestToPServer(new StandInPage(), params);

    expect(JSON.stringify(transport.last.request.body)).toBe(
      '{"requestId":7,"list":[{"a":1},{"deep":{"b":{"__proto__":2}}}],"since":"1970-01-01T00:00:00.000Z"}',
    );
  });

  it.each<[string, unknown]>([
    ['in the body', new Map([['requestString', 'navigateToPage']])],
    ['beside it', { requestString: 'navigateToPage', requestData: { requestString: 'navigateToPage' } }],
  ])('B4 is a notice where another name stands %s', (_where, params) => {
    const { host, transport, notices } = setUp();
    host.sendRequestToPServer(new StandInPage(), params as object);

    expect(notices).toEqual([['navigateToPage', { requestString: 'navigateToPage' }]]);
    expect(transport.sent).toEqual([]);
  });
});

describe('a call that cannot be understood', () => {
  const cyclic = new Map<string, unknown>([['requestId', '1']]);
  cyclic.set('self', cyclic);

  it.each<[string, unknown, string]>([
    ['without an id', new Map([['type', 'getInsights']]), 'object'],
    ['without parameters', undefined, 'undefined'],
    ['with nothing', null, 'null'],
    ['with a word', 'getInsights', 'string'],
    ['with a Map in itself', cyclic, 'object'],
  ])('is reported, and not thrown: %s', async (_what, params, received) => {
    const { host, errors, transport } = setUp();
    host.sendRequestToOBServer(new StandInPage(), params as object);
    await turn();

    expect(errors()).toMatchObject([
      { code: 'INVALID_CALL', details: { call: 'sendRequestToOBServer', received } },
    ]);
    expect(transport.sent).toEqual([]);
  });

  it.each([[undefined], [null], [{}], [{ injectJavaScript: 'x' }]])(
    'is one with a WebView that runs no script: %j',
    (webView) => {
      const { host, errors, transport } = setUp();
      host.sendRequestToPServer(webView as unknown as StandInPage, body);

      expect(errors()).toMatchObject([
        {
          code: 'INVALID_CALL',
          details: { call: 'sendRequestToPServer', expected: 'a WebView with a function injectJavaScript' },
        },
      ]);
      expect(transport.sent).toEqual([]);
    },
  );
});

it('B8 a call with an id that is too long is answered under it, and the error says so', async () => {
  const { host, transport, errors } = setUp();
  const page = new StandInPage();
  const requestId = 'x'.repeat(257);
  host.sendRequestToPServer(page, { ...body, requestId });
  await turn();

  expect(page.read).toEqual([[FAILURE, requestId]]);
  expect(errors()).toMatchObject([
    { code: 'INVALID_CALL', details: { call: 'sendRequestToPServer', received: 'one of 257' } },
  ]);
  expect(transport.sent).toEqual([]);
});

it('T1 the headers that are left out are reported once for a host, whichever WebView asks, and how often', async () => {
  const reported: unknown[] = [];
  const { host, transport, post } = setUp();
  host.on('droppedHeaders', ({ names }) => reported.push(...names));
  const pages = [new StandInPage(), new StandInPage()];
  const requestHeaders = { authToken: 'x', 'a b': 'c' };
  for (const page of [...pages, ...pages]) {
    host.sendRequestToPServer(page, { requestId: '1', requestData: body, requestHeaders });
    transport.last.answer({ ok: true });
    await turn();
  }
  post({ requestString: 'sendRequestToPServer', requestId: '1', requestData: body, requestHeaders });

  expect(reported).toEqual(['a b', 'authToken']);
});

describe('B10 WebViews with the same ids', () => {
  it('get each its own replies', async () => {
    const { host, ask, transport, page, failures } = setUp();
    const [one, two] = [new StandInPage(), new StandInPage()];
    ask('1');
    host.sendRequestToPServer(one, { ...body, of: 'one' });
    host.sendRequestToPServer(two, { ...body, of: 'two' });
    for (const { request: sent, answer } of [...transport.sent].reverse()) {
      answer({ to: (sent.body as { of: string }).of });
    }
    await turn();

    expect([page.read, one.read, two.read]).toEqual([
      [[{ to: '1' }, '1']],
      [[{ to: 'one' }, '1']],
      [[{ to: 'two' }, '1']],
    ]);
    expect(failures).toEqual([]);
  });

  it('B7 but within one WebView there is one send and one reply', async () => {
    const { host, transport, errors } = setUp();
    const page = new StandInPage();
    host.sendRequestToPServer(page, body);
    await turn();
    host.sendRequestToPServer(page, body);
    transport.last.answer({ ok: true });
    await turn();

    expect(transport.sent).toHaveLength(1);
    expect(page.read).toEqual([[{ ok: true }, '1']]);
    expect(errors()).toMatchObject([{ code: 'DUPLICATE_REQUEST' }]);
  });

  it('B6 are answered in time', async () => {
    const { host, transport } = setUp({ timeout: 50 });
    const page = new StandInPage();
    host.sendRequestToPServer(page, body);
    vi.advanceTimersByTime(50);
    await turn();

    expect(page.read).toEqual([[FAILURE, '1']]);
    expect(transport.last.context.signal.aborted).toBe(true);
  });

  it.each<[string, object]>([
    ['a reply', body],
    ['a notice', { requestString: 'navigateToPage' }],
    ['a call that cannot be understood', {}],
  ])('B9 are forgotten after %s', async (_what, params) => {
    const { host, errors } = setUp({ transport: { send: () => ({ ok: true }) } });
    const call = (): WeakRef<InjectableWebView> => {
      const webView = { injectJavaScript: () => undefined };
      host.sendRequestToPServer(webView, params);
      return new WeakRef(webView);
    };
    const webView = call();
    await turn();
    for (const error of errors()) void error.stack; // until it is read, it holds all that was on the stack
    await collectGarbage();

    expect(webView.deref()).toBeUndefined();
    host.dispose();
  });

  it('B9 that come after dispose are answered, and nothing is sent', async () => {
    const { host, transport, errors } = setUp();
    host.dispose('unmounted');
    const page = new StandInPage();
    host.sendRequestToPServer(page, body);
    await turn();

    expect(page.read).toEqual([[FAILURE, '1']]);
    expect(errors()).toMatchObject([{ code: 'DISPOSED', cause: 'unmounted' }]);
    expect(transport.sent).toEqual([]);
  });

  it('B9 are all ended by dispose, and by reset', async () => {
    const { host, transport, errors } = setUp();
    const [one, two] = [new StandInPage(), new StandInPage()];
    host.sendRequestToPServer(one, body);
    host.sendRequestToPServer(two, body);
    host.reset();
    host.sendRequestToPServer(one, body);
    host.dispose();
    host.sendRequestToPServer(two, body);
    await turn();

    expect([one.read, two.read]).toEqual([
      [
        [FAILURE, '1'],
        [FAILURE, '1'],
      ],
      [
        [FAILURE, '1'],
        [FAILURE, '1'],
      ],
    ]);
    expect(errors().map(({ code }) => code)).toEqual(['ABORTED', 'ABORTED', 'DISPOSED', 'DISPOSED']);
    expect(transport.sent.map(({ context: { signal } }) => signal.aborted)).toEqual([true, true, true]);
  });

  it('B1 are not forgotten while they wait for something, whatever the others do', async () => {
    const { host, transport } = setUp();
    const [one, two] = [new StandInPage(), new StandInPage()];
    host.sendRequestToPServer(one, body);
    host.sendRequestToPServer(two, body);
    transport.last.answer({ ok: true });
    await turn();
    host.dispose();

    expect(one.read).toEqual([[FAILURE, '1']]);
    expect(two.read).toEqual([[{ ok: true }, '1']]);
  });
});
