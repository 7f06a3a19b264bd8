import { describe, expect, test, vi } from 'vitest';
import { type HttpTransportOptions, httpTransport, type WidgetRequest } from '../../../src/index.ts';
import { bridgeOverHttp, READ, WRITE } from '../fixtures/bridge-over-http.ts';
import { PSERVER, useBank } from '../fixtures/use-bank.ts';

const bank = useBank();

describe('T1 the token', () => {
  test('T1 goes as the header authToken, on every request', async () => {
    const { ask, bridge } = bridgeOverHttp({ authToken: 'token-1' });

    await ask(READ);
    await ask(WRITE, { 'x-trace': '7' });
    await bridge.send('pserver', READ);

    expect(bank.arrivals.map(({ headers }) => headers.get('authToken'))).toEqual([
      'token-1',
      'token-1',
      'token-1',
    ]);
  });

  test('T1 is in no header but its own, in no address, and in no body', async () => {
    const { ask } = bridgeOverHttp({ authToken: 'token-1', headers: { bankId: '42' } });

    await ask(READ, { 'x-trace': '7' });

    const { url, headers, body } = bank.arrival;
    const holding = [...headers].filter(([, value]) => value.includes('token-1')).map(([name]) => name);
    expect(holding).toEqual(['authtoken']);
    expect(url + body).not.toContain('token-1');
  });

  test('T1 `false`: the back end adds it, the page sends none', async () => {
    const { ask } = bridgeOverHttp({ authToken: false });

    expect(await ask(READ)).toEqual({ ok: true });

    expect(bank.arrival.headers.has('authToken')).toBe(false);
  });

  test('T1 wins over one among the configured headers', async () => {
    const { ask } = bridgeOverHttp({ authToken: 'token-1', headers: { AUTHTOKEN: 'another' } });

    await ask(READ);

    expect(bank.arrival.headers.get('authToken')).toBe('token-1');
  });
});

describe('T1 headers of the widget', () => {
  test('T1 by default those of its body and its languages are sent', async () => {
    const { ask } = bridgeOverHttp();

    await ask(READ, {
      Accept: 'application/json',
      'Accept-Language': 'de',
      'content-language': 'pl',
      'Content-Type': 'application/json; charset=utf-8',
      'x-trace': '7',
    });

    expect(Object.fromEntries(bank.arrival.headers)).toMatchObject({
      accept: 'application/json',
      'accept-language': 'de',
      'content-language': 'pl',
      'content-type': 'application/json; charset=utf-8',
    });
    expect(bank.arrival.headers.has('x-trace')).toBe(false);
  });

  test('T1 others are sent where they are named, in any case, and those by default are not then', async () => {
    const { ask } = bridgeOverHttp({ widgetHeaders: ['X-Trace'] });

    await ask(READ, { 'x-TRACE': '7', 'accept-language': 'de' });

    expect(bank.arrival.headers.get('x-trace')).toBe('7');
    expect(bank.arrival.headers.get('accept-language')).not.toBe('de');
  });

  test('T1 the configured ones win, whatever their case', async () => {
    const widgetHeaders = ['bankid', 'x-csrf', 'x-trace'];
    const { ask } = bridgeOverHttp({ headers: { BankId: '42', 'x-csrf': 'configured' }, widgetHeaders });

    await ask(READ, { bankid: '1', 'X-CSRF': 'asked for', 'x-trace': '7' });

    const { headers } = bank.arrival;
    expect([headers.get('bankId'), headers.get('x-csrf'), headers.get('x-trace')]).toEqual([
      '42',
      'configured',
      '7',
    ]);
  });

  test.each([
    'authToken',
    'AUTHTOKEN',
    'Authorization',
    'cookie',
    'HOST',
    'X-Forwarded-User',
    'x-forwarded-for',
    'X-Original-URL',
    'x-rewrite-url',
    'X-HTTP-Method-Override',
    'x-method-override',
    'Proxy-Authorization',
    'Transfer-Encoding',
    'Forwarded',
    'x-real-ip',
    'bankId',
    'accept ',
    ' accept',
    'a\u0441cept',
    'accept\u0000',
    'ac\ncept',
    '',
  ])('T1 %j is dropped, and the rest is sent', async (name) => {
    const { ask, outcomes } = bridgeOverHttp({ authToken: false });

    await ask(READ, { [name]: 'evil.example', 'accept-language': 'de' });

    const values = [...bank.arrival.headers.values()];
    expect(values.join()).not.toContain('evil.example');
    expect(values).toContain('de');
    expect(outcomes).toEqual(['reply']);
  });

  test.each([
    ['a line break', '7\r\nauthToken: evil'],
    ['a line feed', '7\nauthToken: evil'],
    ['a line feed at its end', 'evil\n'],
    ['a NUL', 'evil\0'],
    ['what is beyond Latin-1', 'evil ✓'],
    ['what is beyond ASCII', 'evil é'],
  ])('T1 one whose value holds %s is dropped, though it is named', async (_what, value) => {
    const { ask, outcomes } = bridgeOverHttp({ widgetHeaders: ['x-trace', 'accept-language'] });

    await ask(READ, { 'x-trace': value, 'accept-language': 'de' });

    expect(bank.arrival.headers.has('x-trace')).toBe(false);
    expect(bank.arrival.headers.get('authToken')).toBe('token-1');
    expect(bank.arrival.headers.get('accept-language')).toBe('de');
    expect(outcomes).toEqual(['reply']);
  });

  test('T1 reports the names of dropped headers, and ignores an error of the listener', async () => {
    const transport = httpTransport({ endpoints: { pserver: PSERVER }, authToken: false });
    const dropped = vi.fn((_names: readonly string[]): void => {
      throw new Error('not interested');
    });
    const context = { signal: new AbortController().signal, deadline: Number.POSITIVE_INFINITY, dropped };
    const headers = { accept: 'a/b', 'x-trace': '7', accept_language: 'de', 'content-type': 'a\nb' };
    const request = { requestId: '1', server: 'pserver', type: undefined, body: READ, headers } as const;

    await transport.send(request, context);
    await transport.send({ ...request, headers: { accept: 'a/b' } }, context);

    expect(dropped.mock.calls).toEqual([[['x-trace', 'accept_language', 'content-type']]]);
    expect(bank.arrival.headers.get('content-type')).toBe('application/json');
  });

  test('T1 the same names are fine among the configured ones', async () => {
    const { ask } = bridgeOverHttp({ authToken: false, headers: { Authorization: 'Basic eA==' } });

    await ask(READ, { authorization: 'evil' });

    expect(bank.arrival.headers.get('authorization')).toBe('Basic eA==');
  });
});

describe('T1 configured headers', () => {
  test.each<[string, () => HttpTransportOptions['headers']]>([
    ['a record', () => ({ bankId: '42' })],
    ['pairs', () => [['bankId', '42']]],
    ['Headers', () => new Headers({ bankId: '42' })],
    ['a function', () => () => ({ bankId: '42' })],
    ['a function that takes its time', () => async () => new Headers({ bankId: '42' })],
  ])('T1 may be given as %s', async (_form, give) => {
    const { ask } = bridgeOverHttp({ headers: give() });

    await ask(READ);

    expect(bank.arrival.headers.get('bankId')).toBe('42');
  });

  test('T1 a function gets the request, for headers that sign it', async () => {
    const sign = vi.fn((request: WidgetRequest) => ({ 'x-signature': `${request.server} ${request.type}` }));
    const { ask } = bridgeOverHttp({ headers: sign });

    await ask(READ, { accept: 'a/b', 'x-trace': '7' });

    expect(bank.arrival.headers.get('x-signature')).toBe('pserver getInsights');
    // Of the widget's headers those that are sent, so that none gets through by being copied.
    expect(sign.mock.lastCall).toEqual([
      { requestId: 'id-1', server: 'pserver', type: 'getInsights', body: READ, headers: { accept: 'a/b' } },
    ]);
  });

  test('T1 what is changed after the transport was made changes nothing', async () => {
    const headers = new Headers({ bankId: '42' });
    const { ask } = bridgeOverHttp({ headers });
    headers.set('bankId', '43');

    await ask(READ);

    expect(bank.arrival.headers.get('bankId')).toBe('42');
  });

  test.each([
    ['throws', () => Promise.reject(new Error('no key'))],
    ['returns a text', () => 'bankId: 42' as never],
    ['returns a value that HTTP forbids', () => ({ bankId: '4\n2' })],
  ])('T1 a function that %s ends the request, which is not sent', async (_what, headers) => {
    const { ask, failures } = bridgeOverHttp({ headers });

    expect(await ask(READ)).toMatchObject({ ok: false });

    expect(bank.arrivals).toEqual([]);
    expect(failures).toMatchObject([{ error: { code: 'INVALID_OPTIONS', details: { option: 'headers' } } }]);
  });
});

test('T1 a function that signs the body gets the one that is sent, even if the widget changes its object meanwhile', async () => {
  const { ask } = bridgeOverHttp({
    authToken: async () => 'token-1',
    headers: ({ body }) => ({ 'x-signature': JSON.stringify(body) }),
  });
  const body = { type: 'getInsights', page: 1 };
  const asking = ask(body);
  body.page = 2;
  await asking;

  expect(bank.arrival.headers.get('x-signature')).toBe(bank.arrival.body);
  expect(bank.arrival.body).toBe('{"type":"getInsights","page":1}');
});

test('T1 the body is JSON and says so, unless the page says better', async () => {
  await bridgeOverHttp().ask(READ);
  expect(bank.arrival.headers.get('content-type')).toBe('application/json');

  await bridgeOverHttp({ headers: { 'content-type': 'application/json; charset=utf-8' } }).ask(READ);
  expect(bank.arrival.headers.get('content-type')).toBe('application/json; charset=utf-8');
});
