import { describe, expect, it } from 'vitest';
import { serveLocally } from '../../harness/local-server.ts';
import { gateway, idsOf, ORIGIN, type Script, type Scripted, sendTo } from './fixtures/send-to.ts';
import { serversOfTest } from './fixtures/servers-of-test.ts';

const opened = serversOfTest();
const ALLOW = 'access-control-allow-origin';
const CREDENTIALS = 'access-control-allow-credentials';
const both = (headers: Scripted['headers']): Script => ({
  preflight: { headers: headers ?? {} },
  answer: { headers: headers ?? {} },
});

async function found(script: Script, options: Parameters<typeof sendTo>[2] = {}): Promise<readonly string[]> {
  const url = await opened(serveLocally(gateway(script)));
  return idsOf(await sendTo(`${url}/linxo`, { subject: 'linxo' }, options));
}

const preflights: readonly (readonly [string, Scripted, readonly string[]])[] = [
  ['with another status of success', { status: 200 }, []],
  ['refused, with all headers', { status: 405 }, ['preflight-refused']],
  [
    'refused, with the headers of an error answer',
    {
      status: 401,
      headers: { 'access-control-allow-headers': undefined, 'access-control-max-age': undefined },
    },
    ['preflight-refused'],
  ],
  [
    'refused, for another origin',
    { status: 403, headers: { [ALLOW]: 'https://a.example' } },
    ['preflight-refused', 'preflight-origin'],
  ],
  ['without an origin', { headers: { [ALLOW]: undefined } }, ['preflight-origin']],
  ['with a slash', { headers: { [ALLOW]: `${ORIGIN}/` } }, ['preflight-origin']],
  ['in capitals', { headers: { [ALLOW]: ORIGIN.toUpperCase() } }, ['preflight-origin']],
  ['for null', { headers: { [ALLOW]: 'null' } }, ['preflight-origin']],
  ['for all', { headers: { [ALLOW]: '*' } }, []],
  ['with two headers', { headers: { [ALLOW]: [ORIGIN, ORIGIN] } }, ['origin-twice']],
  ['with two values', { headers: { [ALLOW]: `${ORIGIN}, https://a.example` } }, ['origin-twice']],
  [
    'with headers in capitals',
    { headers: { 'access-control-allow-headers': 'AUTHORIZATION,CONTENT-TYPE' } },
    [],
  ],
  [
    'with headers in two lines',
    { headers: { 'access-control-allow-headers': ['authorization', 'content-type'] } },
    [],
  ],
  ['without headers', { headers: { 'access-control-allow-headers': undefined } }, ['preflight-headers']],
  [
    'without one header',
    { headers: { 'access-control-allow-headers': 'authorization' } },
    ['preflight-headers'],
  ],
  [
    'with semicolons',
    { headers: { 'access-control-allow-headers': 'authorization; content-type' } },
    ['preflight-headers'],
  ],
  ['with all headers', { headers: { 'access-control-allow-headers': '*' } }, ['authorization-wildcard']],
  [
    'with all headers and authorization',
    { headers: { 'access-control-allow-headers': '*, Authorization' } },
    [],
  ],
  ['with other methods', { headers: { 'access-control-allow-methods': 'PUT' } }, []],
  [
    'with methods without commas',
    { headers: { 'access-control-allow-methods': 'GET POST' } },
    ['preflight-methods'],
  ],
  ['without lifetime', { headers: { 'access-control-max-age': undefined } }, ['preflight-lifetime']],
  ['with a lifetime of 10 minutes', { headers: { 'access-control-max-age': '600' } }, []],
  ['with a short lifetime', { headers: { 'access-control-max-age': '599' } }, ['preflight-lifetime']],
  ['with an unreadable lifetime', { headers: { 'access-control-max-age': '2h' } }, ['preflight-lifetime']],
  ['with two lifetimes', { headers: { 'access-control-max-age': ['7200', '7200'] } }, ['preflight-lifetime']],
  [
    'that is none',
    {
      status: 200,
      headers: {
        [ALLOW]: undefined,
        'access-control-allow-headers': undefined,
        'access-control-max-age': undefined,
      },
    },
    ['preflight-origin', 'preflight-headers'],
  ],
];

it.each(preflights)('a preflight %s', async (_, preflight, ids) => {
  expect(await found({ preflight })).toEqual(ids);
});

const answers: readonly (readonly [string, Scripted, readonly string[]])[] = [
  ['without an origin', { headers: { [ALLOW]: undefined } }, ['answer-origin']],
  ['with another origin', { headers: { [ALLOW]: 'https://a.example' } }, ['answer-origin']],
  [
    'of an error without an origin',
    { status: 401, headers: { [ALLOW]: undefined } },
    ['error-answer-origin'],
  ],
  [
    'of an error of the server without an origin',
    { status: 502, headers: { [ALLOW]: undefined } },
    ['error-answer-origin'],
  ],
  ['with the origin twice', { headers: { [ALLOW]: [ORIGIN, '*'] } }, ['origin-twice']],
  [
    'of an error with the origin twice',
    { status: 404, headers: { [ALLOW]: [ORIGIN, ORIGIN] } },
    ['origin-twice'],
  ],
  ['that is neither a redirect nor a success', { status: 304 }, ['server-error']],
  ['for all', { headers: { [ALLOW]: '*' } }, []],
  [
    'for all, with credentials',
    { headers: { [ALLOW]: '*', [CREDENTIALS]: 'true' } },
    ['credentials-wildcard'],
  ],
];

it.each(answers)('an answer %s', async (_, answer, ids) => {
  expect(await found({ answer })).toEqual(ids);
});

describe('with cookies', () => {
  const cookies: readonly (readonly [string, Script, readonly string[]])[] = [
    ['all is allowed', both({ [CREDENTIALS]: 'true' }), []],
    ['nothing says so', {}, ['preflight-credentials', 'answer-credentials']],
    [
      'it is spelled in another way',
      both({ [CREDENTIALS]: 'True' }),
      ['preflight-credentials', 'answer-credentials'],
    ],
    [
      'it comes twice',
      both({ [CREDENTIALS]: ['true', 'true'] }),
      ['preflight-credentials', 'answer-credentials'],
    ],
    [
      'all origins are allowed',
      both({ [CREDENTIALS]: 'true', [ALLOW]: '*' }),
      ['preflight-credentials', 'answer-credentials'],
    ],
    [
      'all headers are allowed',
      {
        ...both({ [CREDENTIALS]: 'true' }),
        preflight: { headers: { [CREDENTIALS]: 'true', 'access-control-allow-headers': '*' } },
      },
      ['preflight-wildcard'],
    ],
  ];

  it.each(cookies)('where %s', async (_, script, ids) => {
    expect(await found(script, { credentials: true, cookie: 'session=1' })).toEqual(ids);
  });
});

describe('which headers a page may read', () => {
  async function readable(
    exposed: string | undefined,
    name: string,
    credentials = false,
  ): Promise<boolean | undefined> {
    const headers = { [CREDENTIALS]: 'true', 'access-control-expose-headers': exposed };
    const url = await opened(serveLocally(gateway({ answer: { headers } })));
    const { answer } = await sendTo(url, {}, { credentials });
    return answer?.header(name).isReadable;
  }

  it.each([
    [undefined, 'Cache-Control', false, true],
    [undefined, 'date', false, false],
    ['location, RETRY-AFTER,', 'retry-after', false, true],
    ['location, retry-after', 'date', false, false],
    ['*', 'date', false, true],
    ['*', 'date', true, false],
    ['date, x y', 'date', false, false],
    ['date; location', 'date', false, false],
  ] as const)('exposed %s, header %s, with cookies: %s', async (exposed, name, credentials, expected) => {
    expect(await readable(exposed, name, credentials)).toBe(expected);
  });

  it('may be read once the answer may be, which is a fault of its own', async () => {
    const url = await opened(serveLocally(gateway({ answer: { headers: { [ALLOW]: undefined } } })));
    const { answer } = await sendTo(url);
    expect(answer?.header('location').isReadable).toBe(true);
  });
});

describe('what caches must know', () => {
  const allowing = (
    allowed: (origin: string) => string | undefined,
    vary?: string,
    status = 200,
  ): Script => ({
    answer: ({ headers }) => ({
      status: headers.origin === ORIGIN ? 200 : status,
      headers: { [ALLOW]: allowed(headers.origin ?? ''), vary },
    }),
  });
  const known = (origin: string): string | undefined => (origin === ORIGIN ? origin : undefined);

  it.each([
    ['one origin, whoever asks', allowing(() => ORIGIN), []],
    ['known origins, and says so', allowing(known, 'accept-encoding, ORIGIN'), []],
    ['known origins, and says that all matters', allowing(known, '*'), []],
    ['known origins, and does not say so', allowing(known, 'accept-encoding'), ['vary']],
    [
      'known origins, and another one to others',
      allowing((origin) => known(origin) ?? 'https://a.example'),
      ['vary'],
    ],
    ['any origin, and does not say so', allowing((origin) => origin), ['vary']],
    ['an origin on answers of success alone', allowing(known, undefined, 401), []],
  ] as const)('allows %s', async (_, script, ids) => {
    expect(await found(script)).toEqual(ids);
  });

  it('compares answers that have the same reason: a wrong token is not a missing one', async () => {
    const script: Script = {
      answer: ({ headers }) => ({
        status: 401,
        headers: { [ALLOW]: headers.authorization ? ORIGIN : undefined, vary: undefined },
      }),
    };
    expect(await found(script)).toEqual([]);
  });

  it('finds that any origin is allowed with credentials', async () => {
    const script: Script = {
      answer: ({ headers }) => ({ headers: { [ALLOW]: headers.origin, [CREDENTIALS]: 'true' } }),
    };
    expect(await found(script)).toEqual(['origin-reflected']);
  });
});
