import { describe, expect, test, vi } from 'vitest';
import type { HttpTransportOptions, WidgetRequest } from '../../src/index.ts';
import { useBank } from './bank.ts';
import { READ, WRITE, wire } from './wire.ts';

const bank = useBank();

describe('T1 the token', () => {
  test('T1 goes as the header authToken, on every request', async () => {
    const { ask, bridge } = wire({ authToken: 'token-1' });

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
    const { ask } = wire({ authToken: 'token-1', headers: { bankId: '42' } });

    await ask(READ, { 'x-trace': '7' });

    const { url, headers, body } = bank.arrival;
    const holding = [...headers].filter(([, value]) => value.includes('token-1')).map(([name]) => name);
    expect(holding).toEqual(['authtoken']);
    expect(url + body).not.toContain('token-1');
  });

  test('T1 `false`: the back end adds it, the page sends none', async () => {
    const { ask } = wire({ authToken: false });

    expect(await ask(READ)).toEqual({ ok: true });

    expect(bank.arrival.headers.has('authToken')).toBe(false);
  });

  test('T1 wins over one among the configured headers', async () => {
    const { ask } = wire({ authToken: 'token-1', headers: { AUTHTOKEN: 'another' } });

    await ask(READ);

    expect(bank.arrival.headers.get('authToken')).toBe('token-1');
  });
});

describe('T1 headers of the widget', () => {
  test('T1 are sent', async () => {
    const { ask } = wire();

    await ask(READ, { 'x-trace': '7', 'Accept-Language': 'de' });

    expect(Object.fromEntries(bank.arrival.headers)).toMatchObject({
      'x-trace': '7',
      'accept-language': 'de',
    });
  });

  test('T1 the configured ones win, whatever their case', async () => {
    const { ask } = wire({ headers: { BankId: '42', 'x-csrf': 'configured' } });

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
    'authtoken',
    'AUTHTOKEN',
    'Authorization',
    'AUTHORIZATION',
    'Cookie',
    'cookie',
    'HOST',
  ])('T1 %s is dropped', async (name) => {
    const { ask, outcomes } = wire({ authToken: false });

    await ask(READ, { [name]: 'evil.example', 'x-trace': '7' });

    const values = [...bank.arrival.headers.values()];
    expect(values).not.toContain('evil.example');
    expect(values).toContain('7');
    expect(outcomes).toEqual(['reply']);
  });

  test('T1 the same names are fine among the configured ones', async () => {
    const { ask } = wire({ authToken: false, headers: { Authorization: 'Basic eA==' } });

    await ask(READ, { authorization: 'evil' });

    expect(bank.arrival.headers.get('authorization')).toBe('Basic eA==');
  });

  test.each([
    ['a line break in a value', { 'x-trace': '7\r\nauthToken: evil' }],
    ['a line feed in a value', { 'x-trace': '7\nauthToken: evil' }],
    ['a NUL in a value', { 'x-trace': '7\0' }],
    ['a value beyond Latin-1', { 'x-trace': '✓' }],
    ['a line break in a name', { 'x-trace\r\nauthToken': 'evil' }],
    ['a dropped name with a space', { 'authToken ': 'evil' }],
    ['an empty name', { '': 'evil' }],
  ])('T1 %s is refused, and nothing is sent', async (_what, headers) => {
    const { ask, failures } = wire();

    expect(await ask(READ, headers)).toMatchObject({ ok: false });

    expect(bank.arrivals).toEqual([]);
    expect(failures).toMatchObject([
      { error: { code: 'INVALID_CALL', details: { call: 'requestHeaders' } } },
    ]);
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
    const { ask } = wire({ headers: give() });

    await ask(READ);

    expect(bank.arrival.headers.get('bankId')).toBe('42');
  });

  test('T1 a function gets the request, for headers that sign it', async () => {
    const sign = vi.fn((request: WidgetRequest) => ({ 'x-signature': `${request.server} ${request.type}` }));
    const { ask } = wire({ headers: sign });

    await ask(READ, { 'x-trace': '7' });

    expect(bank.arrival.headers.get('x-signature')).toBe('pserver getInsights');
    expect(sign.mock.lastCall).toEqual([
      { requestId: 'id-1', server: 'pserver', type: 'getInsights', body: READ, headers: { 'x-trace': '7' } },
    ]);
  });

  test('T1 what is changed after the transport was made changes nothing', async () => {
    const headers = new Headers({ bankId: '42' });
    const { ask } = wire({ headers });
    headers.set('bankId', '43');

    await ask(READ);

    expect(bank.arrival.headers.get('bankId')).toBe('42');
  });

  test.each([
    ['throws', () => Promise.reject(new Error('no key'))],
    ['returns a text', () => 'bankId: 42' as never],
    ['returns a value that HTTP forbids', () => ({ bankId: '4\n2' })],
  ])('T1 a function that %s ends the request, which is not sent', async (_what, headers) => {
    const { ask, failures } = wire({ headers });

    expect(await ask(READ)).toMatchObject({ ok: false });

    expect(bank.arrivals).toEqual([]);
    expect(failures).toMatchObject([{ error: { code: 'INVALID_OPTIONS', details: { option: 'headers' } } }]);
  });
});

test('T1 a function that signs the body gets the one that is sent, whatever the widget does to its object meanwhile', async () => {
  const { ask } = wire({
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
  await wire().ask(READ);
  expect(bank.arrival.headers.get('content-type')).toBe('application/json');

  await wire({ headers: { 'content-type': 'application/json; charset=utf-8' } }).ask(READ);
  expect(bank.arrival.headers.get('content-type')).toBe('application/json; charset=utf-8');
});
