import { expect, test, vi } from 'vitest';
import { bridgeOverHttp } from '../fixtures/bridge-over-http.ts';
import { quiet, useClock } from '../fixtures/clock.ts';
import {
  ASKED_FOR,
  BODY,
  CONFIGURED,
  expectNoSecret,
  failuresOf,
  TOKEN,
  watchLog,
} from '../fixtures/secrets.ts';
import { status, useBank } from '../fixtures/use-bank.ts';

const bank = useBank();
useClock();
watchLog();

/** As HTTP clients do it: the error has the whole request on it. */
function likeAxios(request: Request): Error {
  return Object.assign(new Error('Request failed with status code 500'), {
    name: 'AxiosError',
    config: { headers: Object.fromEntries(request.headers), data: JSON.stringify(BODY) },
    request,
    response: { status: 500, data: 'hush-answer', config: { headers: { authToken: TOKEN } } },
    toJSON: () => ({ config: { headers: { authToken: TOKEN } } }),
  });
}

const everything = `${TOKEN} ${CONFIGURED} ${ASKED_FOR['x-widget']} ${JSON.stringify(BODY)}`;

const rejections: [string, (request: Request) => unknown][] = [
  ['an error that carries the request', likeAxios],
  ['an error with such a one as its cause', (request) => new Error('failed', { cause: likeAxios(request) })],
  ['several of them', (request) => new AggregateError([likeAxios(request)], 'failed')],
  ['the request itself', (request) => request],
  ['an object', (request) => ({ headers: Object.fromEntries(request.headers) })],
  ['an error whose message has the token', () => new TypeError(`401 for ${TOKEN}`)],
  ['an error whose message has a configured header', () => new TypeError(`403 for ${CONFIGURED}`)],
  [
    'an error whose message has a header of the widget',
    () => new TypeError(`403 for ${ASKED_FOR['x-widget']}`),
  ],
  ['an error whose message has the body', () => new TypeError(`400 for ${JSON.stringify(BODY)}`)],
  ['an error whose message has a part of the body', () => new TypeError(`400 for account ${BODY.account}`)],
  ['an error whose message has everything', () => new TypeError(everything)],
  ['an error whose name has everything', () => Object.assign(new Error('failed'), { name: everything })],
  ['an error whose stack has everything', () => Object.assign(new Error('failed'), { stack: everything })],
  ['a string', () => everything],
  ['an error whose message is the request', (request) => Object.assign(new Error(''), { message: request })],
];

test.each(rejections)('T4 a fetch of its own that rejects with %s', async (_what, reason) => {
  const fetch = async (address: string, options: RequestInit): Promise<Response> => {
    throw reason(new Request(address, options));
  };

  const failures = await failuresOf({ fetch, retry: { limit: 0 } });

  expect(failures.map(({ error }) => error.code)).toEqual(['NETWORK', 'NETWORK', 'NETWORK']);
  expectNoSecret(failures);
});

test.each(rejections)(
  "T4 the page's fetch, which somebody has wrapped, rejects with %s",
  async (_what, reason) => {
    vi.stubGlobal('fetch', async (address: string, options: RequestInit) => {
      throw reason(new Request(address, options));
    });

    const failures = await failuresOf({ retry: { limit: 0 } });

    expect(failures.map(({ error }) => error.code)).toEqual(['NETWORK', 'NETWORK', 'NETWORK']);
    expectNoSecret(failures);
  },
);

test('T4 a fetch whose answer cannot be read', async () => {
  const fetch = async (address: string, options: RequestInit): Promise<Response> =>
    Object.assign(new Response(), {
      text: () => Promise.reject(likeAxios(new Request(address, options))),
    });

  expectNoSecret(await failuresOf({ fetch, retry: { limit: 0 } }));
});

test.each<[string, () => unknown]>([
  ['throws an error that quotes it', () => Promise.reject(new Error(`no session for ${TOKEN}`))],
  ['throws one that carries it', () => Promise.reject(Object.assign(new Error('no'), { token: TOKEN }))],
  ['throws it', () => Promise.reject(TOKEN)],
  ['gives one with a line break', () => `${TOKEN}\r\nx: y`],
  ['gives one beyond ASCII', () => `${TOKEN}-✓`],
  ['gives it in an object', () => ({ token: TOKEN })],
])('T4 an authToken that %s', async (_what, give) => {
  const failures = await failuresOf({ authToken: () => give() as string });

  expectNoSecret(failures);
});

test.each<[string, (rejected: string) => unknown]>([
  [
    'throws an error that quotes the rejected token',
    (token) => Promise.reject(new Error(`${token} is over`)),
  ],
  ['gives one with a line break', (token) => `${token}\n`],
])('T4 a refresh that %s', async (_what, refresh) => {
  bank.answer(status(401));
  const authToken = ({ rejected }: { rejected: string | undefined }) =>
    (rejected === undefined ? TOKEN : refresh(rejected)) as string;

  expectNoSecret(await failuresOf({ authToken }));
});

test('T4 a refresh that quotes the rejected token, for a request that never had it', async () => {
  let fail = (_error: Error): void => {};
  const authToken = ({ rejected }: { rejected: string | undefined }) =>
    rejected === undefined ? TOKEN : new Promise<string>((_resolve, reject) => (fail = reject));
  bank.answer(status(401));
  const { ask, bridge, failures } = bridgeOverHttp({ authToken });
  const first = ask(BODY);
  await quiet();
  const second = bridge.send('pserver', BODY).catch((error) => error);
  await quiet();

  fail(new Error(`${TOKEN} is over`));
  await Promise.all([first, second]);

  expect(failures).toHaveLength(2);
  expectNoSecret(failures);
});

test('T4 a token that was replaced since, in the words of a fetch', async () => {
  const own = async (input: RequestInfo | URL): Promise<Response> => {
    if ((input as Request).headers.get('authToken') === TOKEN) return new Response(null, { status: 401 });
    throw new TypeError(`The session of ${TOKEN} is over`);
  };
  const authToken = ({ rejected }: { rejected: string | undefined }) => (rejected ? 'fresh' : TOKEN);

  expectNoSecret(await failuresOf({ fetch: own, authToken, retry: { limit: 0 } }));
});

test.each<[string, () => HeadersInit]>([
  [
    'throws an error that quotes them',
    () => {
      throw new Error(`cannot sign ${CONFIGURED}`);
    },
  ],
  [
    'throws one that carries them',
    () => {
      throw Object.assign(new Error('cannot sign'), { headers: { 'x-csrf': CONFIGURED } });
    },
  ],
  // The engine's own message quotes the value.
  ['makes Headers of what HTTP forbids', () => new Headers({ 'x-csrf': `${CONFIGURED}\n✓` })],
  ['returns what HTTP forbids', () => ({ 'x-csrf': `${CONFIGURED}\n✓` })],
  ['returns a name that HTTP forbids', () => ({ [`${CONFIGURED}\n`]: '1' })],
  ['returns a text', () => CONFIGURED as never],
])('T4 a headers function that %s', async (_what, headers) => {
  const failures = await failuresOf({ headers });

  expect(failures[0]?.error.code).toBe('INVALID_OPTIONS');
  expectNoSecret(failures);
});
