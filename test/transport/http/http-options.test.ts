import { afterEach, describe, expect, test, vi } from 'vitest';
import { type HttpTransportOptions, httpTransport, isBanksideError } from '../../../src/index.ts';
import { expectNamed, refusalBy } from '../../harness/refusal.ts';

const GOOD: HttpTransportOptions = {
  endpoints: { pserver: 'https://bank.example/execute' },
  authToken: 'hush-token',
};

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The refusal of options of which some do not fit. */
function refusal(options: unknown) {
  return refusalBy(() => httpTransport(options as HttpTransportOptions));
}

function expectRefusal(options: unknown, option: string, expected: RegExp, received: RegExp): void {
  expectNamed(refusal(options), option, expected, received);
}

describe('endpoints', () => {
  test.each([
    ['left out', undefined],
    ['empty', {}],
    ['null', null],
    ['all undefined', { pserver: undefined, ob: undefined }],
    ['a string', 'https://bank.example/execute'],
    ['a URL', new URL('https://bank.example/execute')],
    ['a function', () => ({})],
    ['a number', 42],
  ])('T1 %s', (_what, endpoints) => {
    expect(refusal({ ...GOOD, endpoints }).details).toMatchObject({
      option: 'endpoints',
      expected: expect.stringContaining('pserver, enrich, ob'),
    });
  });

  test.each([
    ['pServer', /^'pserver'$/],
    ['PSERVER', /^'pserver'$/],
    ['server', /^'pserver'$/],
    ['enrich ', /^'enrich'$/],
    ['0', /^one of pserver, enrich, ob$/],
    ['', /^one of pserver, enrich, ob$/],
    ['__proto__', /^one of pserver, enrich, ob$/],
    ['constructor', /^one of pserver, enrich, ob$/],
    ['toString', /^one of pserver, enrich, ob$/],
  ])('T1 S5 an unknown server: %j', (name, expected) => {
    const endpoints = JSON.parse(`{"pserver":"https://bank.example/","${name}":"https://evil.example/hush"}`);

    expectRefusal({ ...GOOD, endpoints }, `endpoints.${name}`, expected, /unknown name/);
  });

  test('T1 a list has no names of servers', () => {
    expectRefusal(
      { ...GOOD, endpoints: ['https://hush.example/'] },
      'endpoints.0',
      /pserver/,
      /unknown name/,
    );
  });

  test('T1 an address that only a prototype has is ignored', () => {
    const endpoints = Object.create({ pserver: 'https://bank.example/' });

    expect(refusal({ ...GOOD, endpoints }).details.option).toBe('endpoints');
  });

  test.each([
    ['plain HTTP', 'http://bank.example/hush', /http:\/\/bank\.example/],
    ['plain HTTP in a URL', new URL('http://bank.example/hush'), /http:\/\/bank\.example/],
    ['another scheme', 'javascript:hush()', /javascript:/],
    ['a user and a password', 'https://hush:hush@bank.example/', /user name or password/],
    ['no address', 'https://hush hush', /no address/],
    ['an empty one', '', /empty/],
    ['null', null, /null/],
    ['a number', 42, /42|number/],
    ['an object', { href: 'https://bank.example/hush' }, /object/],
  ])('T1 %s, at the server that it was meant for', (_what, address, received) => {
    for (const server of ['pserver', 'enrich', 'ob']) {
      const endpoints = { ...GOOD.endpoints, [server]: address };
      expectRefusal({ ...GOOD, endpoints }, `endpoints.${server}`, /https.*loopback/, received);
    }
  });

  test('T1 one that is undefined is left out', () => {
    expect(() =>
      httpTransport({ ...GOOD, endpoints: { ...GOOD.endpoints, ob: undefined as never } }),
    ).not.toThrow();
  });
});

describe('authToken', () => {
  test.each([
    ['left out', undefined, /undefined/],
    ['null', null, /null/],
    ['true', true, /true/],
    ['a number', 42, /42|number/],
    ['empty', '', /empty/],
    ['with a line break', 'hush\r\nx: y', /string/],
    ['with a line feed at its end', 'hush\n', /string/],
    ['with a space before it', ' hush', /string/],
    ['beyond ASCII', 'hüsh-hush', /string/],
    ['an object', { token: 'hush' }, /object/],
    ['a promise', Promise.resolve('hush'), /promise/],
  ])('T1 %s', (_what, authToken, received) => {
    expectRefusal({ ...GOOD, authToken }, 'authToken', /ASCII/, received);
  });

  test('T2 a function is not called before there is a request', () => {
    const authToken = vi.fn(() => 'token-1');

    httpTransport({ ...GOOD, authToken });

    expect(authToken).not.toHaveBeenCalled();
  });
});

describe('headers', () => {
  test.each([
    ['a string', 'x-csrf: hush', /string/],
    ['null', null, /null/],
    ['a number', 42, /42|number/],
    ['true', true, /true/],
    ['a list that holds no pairs', [['hush']], /array|object/],
    ['a value with a line break', { 'x-csrf': 'hush\r\nx: y' }, /object/],
    ['a value beyond Latin-1', { 'x-csrf': 'hush ✓' }, /object/],
    ['a name with a space', { 'x hush': '1' }, /object/],
    ['an empty name', { '': 'hush' }, /object/],
  ])('T1 %s', (_what, headers, received) => {
    expectRefusal({ ...GOOD, headers }, 'headers', /HTTP/, received);
  });

  test('T1 what the engine says of a bad value is not passed on', () => {
    expect(refusal({ ...GOOD, headers: { 'x-csrf': 'hush\n✓' } }).cause).toBeUndefined();
  });
});

describe('retry', () => {
  test.each([
    ['a number, as other clients take it', 0],
    ['false', false],
    ['a string', '2'],
  ])('T3 that is %s', (_what, retry) => {
    expectRefusal({ ...GOOD, retry }, 'retry', /limit|types|object/, /./);
  });

  test.each([
    ['negative', -1],
    ['a fraction', 1.5],
    ['infinite', Number.POSITIVE_INFINITY],
    ['no number', Number.NaN],
    ['a string', '2'],
    ['null', null],
  ])('T3 a limit that is %s', (_what, limit) => {
    expectRefusal({ ...GOOD, retry: { limit } }, 'retry.limit', /whole number/, /./);
  });

  test.each([
    ['a string', 'get*'],
    ['null', null],
    ['a list of patterns', [/^get/]],
    ['a list with a gap', ['get*', undefined]],
    ['a set', new Set(['get*'])],
  ])('T3 types that are %s', (_what, types) => {
    expectRefusal(
      { ...GOOD, retry: { types } },
      'retry.types',
      /array of strings/,
      /array|object|string|null/,
    );
  });

  test('T3 left out, in whole or in part, it is as by default', () => {
    for (const retry of [
      undefined,
      {},
      { limit: undefined, types: undefined },
      { limit: 0 },
      { types: [] },
    ]) {
      expect(() => httpTransport({ ...GOOD, retry })).not.toThrow();
    }
  });
});

describe('widgetHeaders', () => {
  test.each([
    ['a string', 'x-hush'],
    ['null', null],
    ['no texts', [42]],
    ['an empty name', ['']],
    ['a name with a blank', ['x hush']],
    ['a name with a line break', ['x-hush\n']],
    ['look-alike letters', ['\u0430ccept-hush']],
    ['the token', ['authToken']],
    ['another user', ['Authorization']],
    ['what belongs to a proxy', ['Proxy-Hush']],
    ['what belongs to the connection', ['Transfer-Encoding']],
  ])('T1 that name %s', (_what, widgetHeaders) => {
    expectRefusal({ ...GOOD, widgetHeaders }, 'widgetHeaders', /names of headers/, /./);
  });
});

describe('the rest', () => {
  test.each([['stop'], [null], [{}], [42]])('B9 signal: %j', (signal) => {
    expectRefusal({ ...GOOD, signal }, 'signal', /AbortSignal/, /./);
  });

  test.each([['always'], [''], [true], [null]])('T1 credentials: %j', (credentials) => {
    expectRefusal({ ...GOOD, credentials }, 'credentials', /'omit', 'same-origin' or 'include'/, /./);
  });

  test.each([['fetch'], [null], [{}], [42]])('T1 fetch: %j', (fetch) => {
    expectRefusal({ ...GOOD, fetch }, 'fetch', /function/, /./);
  });

  test.each([[undefined], [null], [42], ['https://bank.example/'], [[]]])(
    'no options at all: %j',
    (options) => {
      expect(isBanksideError(refusal(options), 'INVALID_OPTIONS')).toBe(true);
    },
  );

  test('nothing is sent, and no engine is needed, before there is a request', () => {
    vi.stubGlobal('fetch', undefined);

    expect(() => httpTransport(GOOD)).not.toThrow();
  });
});
