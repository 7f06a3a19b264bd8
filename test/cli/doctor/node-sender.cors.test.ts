import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { serveLocally } from '../../harness/local-server.ts';
import {
  gateway,
  idsOf,
  ORIGIN,
  probe,
  type Script,
  type Scripted,
  senderOf,
  sendTo,
} from './fixtures/send-to.ts';
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
  ['with a lifetime of 5 minutes', { headers: { 'access-control-max-age': '300' } }, []],
  ['with a lifetime of a minute', { headers: { 'access-control-max-age': '60' } }, []],
  ['with a short lifetime', { headers: { 'access-control-max-age': '59' } }, ['preflight-lifetime']],
  ['with a lifetime of 0', { headers: { 'access-control-max-age': '0' } }, ['preflight-lifetime']],
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
    ['preflight-origin'],
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

describe('what is said of an origin that is not allowed', () => {
  const nothing = {
    [ALLOW]: undefined,
    'access-control-allow-headers': undefined,
    'access-control-max-age': undefined,
  };

  async function seenOf(script: Script): Promise<string | undefined> {
    const url = await opened(serveLocally(gateway(script)));
    return (await sendTo(url)).findings[0]?.seen;
  }

  it.each([
    [
      { status: 403, headers: nothing },
      `Its status is 403, without Access-Control-Allow-Origin: the gateway may not allow the origin ${ORIGIN}.`,
    ],
    [{ status: 401, headers: nothing }, 'Its status is 401.'],
    [{ status: 403 }, 'Its status is 403.'],
    [
      { status: 200, headers: nothing },
      `It has no header of CORS: the gateway may not allow the origin ${ORIGIN}, or answers OPTIONS without asking CORS.`,
    ],
  ])('a preflight with %o', async (preflight, seen) => {
    expect(await seenOf({ preflight })).toBe(seen);
  });

  it.each([
    [`${ORIGIN}/`, 'an origin has no slash at its end'],
    ['https://WWW.bank.example', 'capital letters count'],
    ['https://*.bank.example', 'a wildcard does not count inside an origin'],
    [`${ORIGIN}:443`, 'browsers leave out the default port'],
    ['null', 'null is the origin of pages without one, such as those from a file'],
  ])('an answer for %s', async (allowed, why) => {
    expect(await seenOf({ answer: { headers: { [ALLOW]: allowed } } })).toBe(
      `Access-Control-Allow-Origin is "${allowed}", and the page is ${ORIGIN}: ${why}.`,
    );
  });

  it('without more where there is no reason to guess', async () => {
    const seen = await seenOf({ answer: { headers: { [ALLOW]: `${ORIGIN}:8443` } } });
    expect(seen).toBe(`Access-Control-Allow-Origin is "${ORIGIN}:8443", and the page is ${ORIGIN}.`);
  });
});

it('shows lines with the headers of the page, and with cookies where it sends them', async () => {
  const headers = { [ALLOW]: undefined };
  const url = await opened(
    serveLocally(gateway({ preflight: { status: 401, headers }, answer: { headers } })),
  );
  const { findings } = await sendTo(url, {}, { credentials: true, headers: [['bankId', '42']] });

  expect(findings.map(({ id }) => id)).toEqual(['preflight-refused', 'preflight-headers', 'answer-origin']);
  for (const { id, fixes } of findings) {
    expect(fixes?.azure, id).toContain('<header>bankId</header>');
    if (id !== 'preflight-headers') expect(fixes?.azure, id).toContain('allow-credentials="true"');
  }
});

it('says that a list of exposed headers with spaces is none', async () => {
  const exposed = { 'access-control-expose-headers': 'Location Retry-After Date' };
  const url = await opened(serveLocally(gateway({ answer: { headers: exposed } })));
  const { answer } = await sendTo(url);
  expect(answer?.header('date')).toMatchObject({
    isReadable: false,
    whyHidden: 'Access-Control-Expose-Headers is not a list of names with commas between them',
  });
});

describe('what caches must know', () => {
  const allowing = (allowed: (origin: string) => string | undefined, answer: Scripted = {}): Script => ({
    answer: ({ headers }) => ({
      ...answer,
      status: headers.origin === ORIGIN ? 200 : (answer.status ?? 200),
      headers: { [ALLOW]: allowed(headers.origin ?? ''), vary: undefined, ...answer.headers },
    }),
  });
  const known = (origin: string): string | undefined => (origin === ORIGIN ? origin : undefined);
  const any = (origin: string): string => origin;
  const read = { method: 'GET', body: undefined } as const;

  async function foundBy(script: Script, changes: Parameters<typeof sendTo>[1]): Promise<readonly string[]> {
    const url = await opened(serveLocally(gateway(script)));
    return idsOf(await sendTo(url, changes));
  }

  it.each([
    ['one origin, whoever asks', allowing(() => ORIGIN), []],
    ['known origins, and says so', allowing(known, { headers: { vary: 'accept-encoding, ORIGIN' } }), []],
    ['known origins, and says that all matters', allowing(known, { headers: { vary: '*' } }), []],
    [
      'known origins, and does not say so',
      allowing(known, { headers: { vary: 'accept-encoding' } }),
      ['vary-unstored'],
    ],
    [
      'known origins, and another one to others',
      allowing((origin) => known(origin) ?? 'https://a.example'),
      ['vary-unstored'],
    ],
    ['any origin, and does not say so', allowing(any), ['vary-unstored']],
    ['an origin on answers of success alone', allowing(known, { status: 401 }), []],
  ] as const)('allows %s', async (_, script, ids) => {
    expect(await foundBy(script, { subject: 'pserver' })).toEqual(ids);
    expect(await foundBy(script, { subject: 'linxo', ...read })).toEqual(ids);
  });

  const may = (control: string | undefined, status = 200): Script => ({
    answer: ({ headers }) => ({
      status,
      headers: { [ALLOW]: headers.origin, vary: undefined, 'cache-control': control },
    }),
  });

  it.each([
    ['a read that may be stored', may(undefined), read, ['vary']],
    ['a read for one browser', may('private'), read, ['vary']],
    ['a read that may not be stored', may('private, NO-STORE'), read, ['vary-unstored']],
    ['a refused read, which caches do not store', may(undefined, 401), read, ['vary-unstored']],
    ['a refused read that may be stored', may('max-age=60', 404), read, ['vary']],
    ['a subscription, beside which there are reads', may(undefined), {}, []],
  ] as const)('warns only where a cache can do harm: %s', async (_, script, changes, ids) => {
    expect(await foundBy(script, { subject: 'linxo', ...changes })).toEqual(ids);
  });

  it('judges each read, and asks for another origin once', async () => {
    const arrived: IncomingMessage[] = [];
    const url = await opened(serveLocally(gateway(may(undefined), arrived)));
    const sender = senderOf();
    const send = async (changes: Parameters<typeof sendTo>[1]) =>
      idsOf(await sender.send(probe(url, { subject: 'linxo', ...changes }), new AbortController().signal));

    expect(await send({ token: 'spoiled' })).toEqual([]);
    expect(await send(read)).toEqual(['vary']);
    expect(await send(read)).toEqual(['vary']);
    expect(arrived.filter(({ headers }) => headers.origin !== ORIGIN)).toHaveLength(1);
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
});

describe('who else may read', () => {
  const reflecting = ({ headers }: IncomingMessage): Scripted => ({
    headers: { [ALLOW]: headers.origin, [CREDENTIALS]: 'true' },
  });
  const fixed = both({ [CREDENTIALS]: 'true' });

  it.each([
    ['answers', { answer: reflecting }, /^A request from/],
    ['answers and preflights', { preflight: reflecting, answer: reflecting }, /^A request from/],
    [
      'preflights, and errors have headers of their own',
      { ...fixed, preflight: reflecting },
      /^A preflight from/,
    ],
  ] as const)('finds once that any origin is allowed with credentials on %s', async (_, script, seen) => {
    const url = await opened(serveLocally(gateway(script)));
    const sender = senderOf();
    const send = (method: 'GET' | 'POST') =>
      sender.send(probe(url, { subject: 'linxo', method }), new AbortController().signal);
    const findings = [...(await send('POST')).findings, ...(await send('GET')).findings];

    expect(findings.map(({ id }) => id)).toEqual(['origin-reflected']);
    expect(findings[0]?.seen).toMatch(seen);
  });

  it.each([
    ['one origin, with credentials', fixed],
    [
      'any origin, without credentials',
      { preflight: ({ headers }: IncomingMessage) => ({ headers: { [ALLOW]: headers.origin } }) },
    ],
  ])('is content where preflights allow %s', async (_, script) => {
    expect(await found(script)).toEqual([]);
  });
});
