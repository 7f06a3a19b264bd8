import { describe, expect, it } from 'vitest';
import { FAILURE } from '../bridge/fixtures/failure-reply.ts';
import { turn } from '../bridge/fixtures/turn.ts';
import { hostTests } from './fixtures/host-tests.ts';

const { setUp, reported } = hostTests();

const body = { type: 'getInsights', lang: 'en' };
const message = { requestString: 'sendRequestToPServer', requestData: body, requestId: '1' };

describe('a request of the page', () => {
  it.each([
    ['sendRequestToPServer', 'pserver'],
    ['sendRequestToEnrichServer', 'enrich'],
    ['sendRequestToOBServer', 'ob'],
  ])('%s goes to %s', (requestString, server) => {
    const { post, transport } = setUp();
    post({ ...message, requestString });

    expect(transport.requests).toEqual([{ requestId: '1', server, type: 'getInsights', body, headers: {} }]);
  });

  it.each([
    ['the text of the message', (text: string): unknown => text],
    ['the event of React Native', (text: string): unknown => ({ nativeEvent: { data: text, url: '' } })],
    ['the message as an object', (text: string): unknown => JSON.parse(text)],
  ])('comes as %s', (_how, wrap) => {
    const { host, transport } = setUp();
    host.onMessage(wrap(JSON.stringify(message)));

    expect(transport.requests).toMatchObject([{ requestId: '1', body }]);
  });

  it('B5 with a body that is text, which travels byte for byte', () => {
    const { post, transport } = setUp();
    const text = '{ "type":"getInsights",  "n":1.0, "half":"\ud83c" }';
    post({ ...message, requestData: text });

    expect(transport.requests).toMatchObject([{ type: 'getInsights', body: text }]);
  });

  it('T1 with those of the widget’s headers that say something of its body and its languages', () => {
    const { post, transport } = setUp();
    const requestHeaders = { 'Accept-Language': 'pl', 'content-type': 'application/json', bad: {} };
    post({ ...message, requestHeaders });

    expect(transport.last.request.headers).toEqual({
      'Accept-Language': 'pl',
      'content-type': 'application/json',
    });
  });

  it.each([
    'authToken',
    'Authorization',
    'COOKIE',
    'host',
    'x-forwarded-user',
    'x-original-url',
    'X-HTTP-Method-Override',
    'proxy-authorization',
    'transfer-encoding',
    'accept ',
    ' accept',
    'accept\u0000',
    '\u0430ccept', // the first letter is Cyrillic
    'accept\r\nauthToken',
    'x-trace',
    '__proto__',
  ])('T1 without %j, which could name another user, server or method', (name) => {
    const { post, transport } = setUp();
    const requestHeaders = JSON.parse(`{${JSON.stringify(name)}:"x","accept-language":"pl"}`);
    post({ ...message, requestHeaders });

    expect(transport.last.request.headers).toEqual({ 'accept-language': 'pl' });
  });

  it('T1 without a value of several lines', () => {
    const { post, transport } = setUp();
    post({ ...message, requestHeaders: { accept: 'a\r\nauthToken: x' } });

    expect(transport.last.request.headers).toEqual({});
  });

  it('T1 with those that the option widgetHeaders names, and no others', () => {
    const { post, transport } = setUp({ widgetHeaders: ['X-Trace'] });
    post({ ...message, requestHeaders: { 'x-trace': '7', accept: '*/*' } });

    expect(transport.last.request.headers).toEqual({ 'x-trace': '7' });
  });

  it('T1 reports what it leaves out', () => {
    const reported: unknown[] = [];
    const { post, host } = setUp();
    host.on('droppedHeaders', ({ names }) => reported.push(...names));
    post({ ...message, requestHeaders: { authToken: 'x', 'accept-language': 'pl', 'x-trace': '7' } });

    expect(reported).toEqual(['authToken', 'x-trace']);
  });

  it('gets the reply with its id, of the type that it came with', async () => {
    const { ask, transport, page } = setUp();
    ask('7');
    transport.last.answer({ ok: true });
    await turn();
    ask(7);
    transport.last.answer('{"ok":true,"n":2}');
    await turn();

    expect(page.read).toEqual([
      [{ ok: true }, '7'],
      [{ ok: true, n: 2 }, 7],
    ]);
  });

  it('is reported as it begins and ends, as in a bridge', async () => {
    const { ask, host, transport } = setUp();
    const reported: unknown[] = [];
    const off = host.on('request', ({ request }) => reported.push(request.requestId));
    host.on('reply', ({ response }) => reported.push(response));
    ask('1');
    transport.last.answer({ ok: true });
    await turn();
    off();
    ask('2');

    expect(reported).toEqual(['1', { ok: true }]);
  });
});

describe('B4 what is no request', () => {
  it.each([
    'sessionEnded',
    'sessionError',
    'navigateToPage',
    'personeticsEvent',
    'callPersoneticsAPI',
    'ours',
  ])('%s goes to onNotice, and to no server', (requestString) => {
    const { post, notices, transport, failures } = setUp();
    post({ requestString, requestData: { page: 'x' } });

    expect(notices).toEqual([[requestString, { page: 'x' }]]);
    expect(transport.sent).toEqual([]);
    expect(failures).toEqual([]);
  });

  it('is known by its body too', () => {
    const { post, notices, transport } = setUp();
    const requestData = { requestString: 'navigateToPage', page: 'x' };
    post({ ...message, requestData });

    expect(notices).toEqual([['navigateToPage', requestData]]);
    expect(transport.sent).toEqual([]);
  });

  it('is the whole message where nothing comes with it', () => {
    const { post, notices } = setUp();
    post({ requestString: 'sessionEnded' });

    expect(notices).toEqual([['sessionEnded', { requestString: 'sessionEnded' }]]);
  });

  it('is emitted as an event, and passed to a transport with notify', () => {
    const reported: unknown[] = [];
    const transport = {
      send: () => undefined,
      notify: (...notice: unknown[]) => {
        reported.push(notice);
      },
    };
    const { post, host } = setUp({ transport, onNotice: undefined });
    host.on('sessionEnded', ({ data }) => reported.push(data));
    host.on('widgetMessage', (event) => reported.push(event));
    post({ requestString: 'sessionEnded', requestData: 'idle' });
    post({ requestString: 'constructor', requestData: 1 });

    expect(reported).toEqual([
      'idle',
      ['sessionEnded', 'idle'],
      { name: 'constructor', data: 1 },
      ['constructor', 1],
    ]);
  });

  it('reaches the transport even where the app throws', () => {
    const names: string[] = [];
    const transport = { send: () => undefined, notify: (name: string) => void names.push(name) };
    const problem = new Error('of the app');
    const { post } = setUp({
      transport,
      onNotice() {
        throw problem;
      },
    });
    post({ requestString: 'sessionEnded' });

    expect(names).toEqual(['sessionEnded']);
    expect(reported.splice(0)).toEqual([problem]);
  });
});

describe('a message that is not the widget’s', () => {
  it.each([
    '',
    'resize:300',
    '{"type":"resize"}',
    '[1]',
    'null',
    '5',
    '"text"',
    '{',
    '{"requestId":1}',
    'undefined',
  ])('is passed over: %s', (text) => {
    const { host, transport, notices, failures, page } = setUp();
    host.onMessage(text);
    host.onMessage({ nativeEvent: { data: text } });

    expect([transport.sent, notices, failures, page.scripts]).toEqual([[], [], [], []]);
  });
});

describe('a message that cannot be understood', () => {
  const unreadable = {
    get nativeEvent(): unknown {
      throw new Error('gone');
    },
  };

  it.each<[string, unknown]>([
    ['half a message', '{"requestString":"sendRequestToPServer","requestData":{"ty'],
    ['one that is text within text', JSON.stringify(JSON.stringify(message))],
    ['one without a name', JSON.stringify({ requestData: body })],
    ['one whose name is no string', JSON.stringify({ ...message, requestString: 7, requestId: undefined })],
    ['a request without an id', JSON.stringify({ ...message, requestId: undefined })],
    ['nothing', undefined],
    ['an event without a message', { nativeEvent: {} }],
    ['an event that is gone', unreadable],
    ['a number', 7],
  ])('is reported, and not thrown: %s', async (_what, given) => {
    const { host, errors, transport, page } = setUp();
    host.onMessage(given);
    await turn();

    expect(errors()).toMatchObject([
      {
        code: 'INVALID_CALL',
        message: expect.stringMatching(
          /^call 'onMessage': expected \{ requestString, requestData, requestId \} as JSON text, got /,
        ),
        details: { call: 'onMessage' },
      },
    ]);
    expect(transport.sent).toEqual([]);
    expect(page.replies).toEqual([]);
  });

  it.each([
    ['without a name', { requestData: body, requestId: '1' }],
    ['without a body', { requestString: 'sendRequestToPServer', requestId: '1' }],
  ])('is answered where it has an id: %s', async (_what, given) => {
    const { post, errors, transport, page } = setUp();
    post(given);
    await turn();

    expect(page.read).toEqual([[FAILURE, '1']]);
    expect(errors()).toMatchObject([{ code: 'INVALID_CALL' }]);
    expect(transport.sent).toEqual([]);
  });

  it('shows nothing of its content', async () => {
    const { host, errors } = setUp();
    host.onMessage('{"requestString":"secret-7","requestData":');
    host.onMessage({ requestData: 'secret-7' });
    await turn();

    expect(errors()).toHaveLength(2);
    for (const error of errors()) expect(`${error.stack}${JSON.stringify(error)}`).not.toContain('secret-7');
  });

  it('S4 changes nothing where its keys pollute', () => {
    const { host, transport } = setUp();
    host.onMessage(
      '{"requestString":"sendRequestToPServer","requestId":"1","__proto__":{"polluted":1},"requestHeaders":{"__proto__":"x"},"requestData":{"__proto__":{"polluted":1},"type":"x"}}',
    );

    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(JSON.stringify(transport.last.request.body)).toBe('{"__proto__":{"polluted":1},"type":"x"}');
  });
});

describe('with origins', () => {
  const origins = ['https://widget.bank.example', 'https://bank.example'];
  const event = (url: unknown): object => ({ nativeEvent: { data: JSON.stringify(message), url } });

  it.each(['https://bank.example/page?x#y', 'https://bank.example', 'https://widget.bank.example/'])(
    'takes the messages of their pages: %s',
    (url) => {
      const { host, transport, failures, page } = setUp({ origins });
      const { protocol, host: name } = new URL(url);
      page.load({ location: { protocol, host: name } });
      host.onMessage(event(url));

      expect(transport.sent).toHaveLength(1);
      expect(failures).toEqual([]);
    },
  );

  it.each<[unknown, string]>([
    ['https://evil.example/https://bank.example/', 'one of https://evil.example'],
    ['https://bank.example.evil.example/', 'one of https://bank.example.evil.example'],
    ['https://bank.example@evil.example/', 'one of https://evil.example'],
    ['https://bank.example:8443/', 'one of https://bank.example:8443'],
    ['http://bank.example/', 'one of http://bank.example'],
    ['https://a\nb\u202e.example/', 'one of https://a\ufffdb\ufffd.example'],
    [`https://${'a'.repeat(1_000)}/`, `one of https://${'a'.repeat(248)}`],
    ['about:blank', 'one without an origin'],
    [undefined, 'one without an origin'],
  ])('refuses those of others, and does not answer: %s', async (url, received) => {
    const { host, transport, errors, page } = setUp({ origins });
    host.onMessage(event(url));
    await turn();

    expect(errors()).toMatchObject([
      {
        code: 'INVALID_CALL',
        details: { call: 'onMessage', expected: `the event of a page of ${origins.join(', ')}`, received },
      },
    ]);
    expect([transport.sent, page.scripts]).toEqual([[], []]);
  });

  it('refuses a string, which has no origin', async () => {
    const { ask, transport, errors } = setUp({ origins });
    ask('1');
    await turn();

    expect(errors()).toMatchObject([{ details: { received: 'one without an origin' } }]);
    expect(transport.sent).toEqual([]);
  });
});
