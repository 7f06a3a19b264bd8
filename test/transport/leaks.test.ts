import { inspect } from 'node:util';
import { HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { BridgeEvents, HttpTransportOptions, WidgetBridge } from '../../src/index.ts';
import { broken, brokenOff, silence, status, useBank } from './bank.ts';
import { drive, useClock } from './clock.ts';
import { wire } from './wire.ts';

// Every secret begins with this word, so that one look finds any of them.
const SECRET = /hush[\w -]*/gi;
const TOKEN = 'hush-token';
const CONFIGURED = 'hush-configured-header';
const BODY = { type: 'getInsights', account: 'hush-body' };
const ASKED_FOR = { 'x-widget': 'hush-widget-header' };

const bank = useBank();
useClock();

const logged = vi.fn();
beforeEach(() => {
  for (const method of ['debug', 'info', 'log', 'warn', 'error', 'trace', 'dir'] as const) {
    vi.spyOn(console, method).mockImplementation(logged);
  }
  vi.stubGlobal('reportError', logged);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  logged.mockReset();
});

/** The secrets that a log, a monitor or a debugger would find on a value. */
function leaksOf(value: unknown): string[] {
  return [...new Set(everythingOn(value).match(SECRET))];
}

function everythingOn(value: unknown): string {
  const texts = [
    inspect(value, { depth: 20, showHidden: true, maxStringLength: null }),
    JSON.stringify(value),
  ];
  for (let each = value; each instanceof Error; each = each.cause) {
    texts.push(String(each), each.message, each.stack ?? '', JSON.stringify(each));
    texts.push(
      ...Reflect.ownKeys(each).map((key) => inspect(Reflect.get(each as object, key), { depth: 20 })),
    );
  }
  return texts.join('\n');
}

/** Asks for something secret, and hands back every failure that was told, with the promise's own. */
async function failuresOf(
  options: Partial<HttpTransportOptions>,
  act: (bridge: WidgetBridge) => void = () => {},
  { body = BODY as object, headers = ASKED_FOR as Record<string, string> } = {},
): Promise<BridgeEvents['failure'][]> {
  const { bridge, failures, ask } = wire({ authToken: TOKEN, headers: { 'x-csrf': CONFIGURED }, ...options });
  const asking = ask(body, headers);
  const sending = bridge.send('pserver', body).then(
    () => undefined,
    (error) => error,
  );
  act(bridge);
  await drive(asking);
  const rejection = await drive(sending);
  return rejection ? [...failures, { error: rejection }] : [...failures];
}

function expectNoSecret(failures: readonly BridgeEvents['failure'][]): void {
  expect(failures.length).toBeGreaterThan(0);
  for (const { error, request } of failures) {
    expect(leaksOf(error)).toEqual([]);
    // The request that comes with it has what the widget gave, and nothing of the page's.
    const told = everythingOn(request);
    for (const secret of [TOKEN, CONFIGURED]) expect(told).not.toContain(secret);
  }
  expect(logged.mock.calls.flatMap((call) => call.flatMap(leaksOf))).toEqual([]);
}

/** An answer that repeats everything it was sent, as debugging proxies do. */
const echo = (code: number, contentType: string, wrap: (text: string) => string) => () => {
  const text = wrap(`${TOKEN} ${CONFIGURED} ${BODY.account} ${ASKED_FOR['x-widget']}`);
  return new HttpResponse(text, { status: code, headers: { 'content-type': contentType, 'x-echo': TOKEN } });
};
const html = (text: string): string => `<!doctype html><p>${text}</p>`;
const errorReply = (text: string): string =>
  JSON.stringify({ ok: false, status: '500', statusMessage: text });

describe('T4 no secret in what is told of an answer', () => {
  test.each([
    ['NETWORK', broken],
    ['NETWORK', brokenOff],
    ['HTTP', echo(500, 'text/html', html)],
    ['HTTP', echo(500, 'application/json', errorReply)],
    ['HTTP', echo(503, 'text/html', html)],
    ['HTTP', status(302, { location: `https://evil.example/${TOKEN}` })],
    ['UNAUTHORIZED', echo(401, 'text/html', html)],
    ['UNAUTHORIZED', echo(401, 'application/json', errorReply)],
    ['INVALID_RESPONSE', echo(200, 'text/html', html)],
    ['INVALID_RESPONSE', echo(200, 'application/json', (text) => `{"text":"${text}"`)],
    ['TIMEOUT', () => new Promise<never>(() => {})],
  ])('T4 %s, case %#', async (code, answer) => {
    bank.answer(answer);

    const failures = await failuresOf({});

    expect(failures.map(({ error }) => error.code)).toEqual([code, code, code]);
    expectNoSecret(failures);
  });

  test.each([
    ['ABORTED', (bridge: WidgetBridge) => bridge.attach({ handlePServerResponse() {} }, {})],
    ['DISPOSED', (bridge: WidgetBridge) => bridge.dispose()],
  ])('T4 %s', async (code, act) => {
    bank.answer(silence);

    const failures = await failuresOf({}, act);

    expect(failures.map(({ error }) => error.code)).toContain(code);
    expectNoSecret(failures);
  });

  test('T4 a reply that does not fit its schema', async () => {
    bank.answer(() => HttpResponse.json({ account: 'hush-reply' }));
    const { bridge } = wire();
    const schema = {
      '~standard': {
        version: 1 as const,
        vendor: 'test',
        validate: () => ({ issues: [{ message: 'hush-reply is no number', path: ['account'] }] }),
      },
    };

    const error = await bridge.send<never>('pserver', BODY, { schema }).catch((error) => error);

    expect(error).toMatchObject({ code: 'INVALID_RESPONSE' });
    expectNoSecret([{ error }]);
  });
});

describe("T4 no secret in what is told of the page's own functions", () => {
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

  test.each<[string, (request: Request) => unknown]>([
    ['an error that carries the request', likeAxios],
    [
      'an error with such a one as its cause',
      (request) => new Error('failed', { cause: likeAxios(request) }),
    ],
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
    ['a text', () => everything],
    [
      'an error whose message is the request',
      (request) => Object.assign(new Error(''), { message: request }),
    ],
  ])('T4 a fetch that rejects with %s', async (_what, reason) => {
    const fetch = async (request: RequestInfo | URL): Promise<Response> => {
      throw reason(request as Request);
    };

    const failures = await failuresOf({ fetch, retry: { limit: 0 } });

    expect(failures.map(({ error }) => error.code)).toEqual(['NETWORK', 'NETWORK', 'NETWORK']);
    expectNoSecret(failures);
  });

  test('T4 a fetch whose answer cannot be read', async () => {
    const fetch = async (request: RequestInfo | URL): Promise<Response> =>
      Object.assign(new Response(), { text: () => Promise.reject(likeAxios(request as Request)) });

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

  test('T4 a refresh that quotes the rejected token, told to one who never had it', async () => {
    let fail = (_error: Error): void => {};
    const authToken = ({ rejected }: { rejected: string | undefined }) =>
      rejected === undefined ? TOKEN : new Promise<string>((_resolve, reject) => (fail = reject));
    bank.answer(status(401));
    const { ask, bridge, failures } = wire({ authToken });
    const first = ask(BODY);
    await drive(Promise.resolve());
    const second = bridge.send('pserver', BODY).catch((error) => error);
    await drive(Promise.resolve());

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
});

describe('T4 no secret in what is told of a request', () => {
  test.each<[string, Record<string, string>]>([
    ['a value with a line break', { 'x-widget': 'hush-widget-header\r\nauthToken: hush' }],
    ['a value beyond Latin-1', { 'x-widget': 'hush-widget-header ✓' }],
    ['a name that HTTP forbids', { 'hush widget header': '1' }],
  ])('T4 a header of the widget: %s', async (_what, headers) => {
    const { ask, failures } = wire({ authToken: TOKEN });

    await ask(BODY, headers);

    expectNoSecret(failures);
  });

  const circular: { type: string; 'hush-field'?: object } = { type: 'getInsights' };
  circular['hush-field'] = circular;

  test.each<[string, object]>([
    ['runs in a circle', circular],
    ['holds a BigInt', { type: 'getInsights', 'hush-field': 1n }],
    [
      'throws when it is written',
      {
        type: 'getInsights',
        toJSON() {
          throw new Error('hush-body');
        },
      },
    ],
    ['is not written at all', { type: 'getInsights', toJSON: () => undefined }],
  ])('T4 a body that %s', async (_what, body) => {
    const failures = await failuresOf({}, undefined, { body });

    expect(bank.arrivals).toEqual([]);
    expect(failures.map(({ error }) => error.code)).toEqual(['INVALID_CALL', 'INVALID_CALL', 'INVALID_CALL']);
    for (const { error } of failures) expect(leaksOf(error)).toEqual([]);
  });

  test('T4 for a server without an address', async () => {
    expectNoSecret(await failuresOf({ endpoints: { ob: 'https://bank.example/ob' } }));
  });
});

test('T4 what a test here looks for would be found', () => {
  const hidden = Object.defineProperty(new Error('failed'), 'token', { value: TOKEN });
  const caused = new Error('failed', { cause: new Error('because', { cause: `of ${TOKEN}` }) });

  for (const error of [
    hidden,
    caused,
    new Error(TOKEN),
    Object.assign(new Error(), { deep: { er: TOKEN } }),
  ]) {
    expect(leaksOf(error)).toEqual([TOKEN]);
  }
});
