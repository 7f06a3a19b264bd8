import ky from 'ky';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import {
  type AnyBanksideError,
  type Credential,
  type HttpTransportOptions,
  QueuePoller,
} from '../../src/index.ts';
import { refusalBy } from '../harness/refusal.ts';
import { bridgeOverHttp } from '../transport/fixtures/bridge-over-http.ts';

const BODY = { type: 'getInsights' };
const headers = new Headers();
const text = async () => '{"ok":true}';

afterEach(() => {
  vi.unstubAllGlobals();
});

type Options = Pick<HttpTransportOptions, 'fetch' | 'ky'>;

/** Creates what sends before the globals change, and sends after it. */
async function failureOfTransport(
  options: Options,
  change = () => {},
  authToken: Credential = 'token-1',
): Promise<AnyBanksideError> {
  const page = bridgeOverHttp({ ...options, authToken });
  change();
  await page.ask(BODY);
  return page.error;
}

async function failureOfPoller(
  options: Options,
  change = () => {},
  accessToken: Credential = 'token-1',
): Promise<AnyBanksideError> {
  const baseUrl = 'https://bank.example/linxo';
  const poller = new QueuePoller({ ...options, baseUrl, accessToken, storage: false });
  onTestFinished(() => poller.stop());
  const failed = new Promise<AnyBanksideError>((resolve) =>
    poller.on('failure', ({ error }) => resolve(error)),
  );
  change();
  poller.start().catch(() => {});
  return failed;
}

const ALL = 'ok (true or false), status (a number), headers.get(), text()';

const mocks: [string, () => unknown, string][] = [
  [
    '{ ok, status, json }',
    () => ({ ok: true, status: 200, json: text }),
    'an object without headers.get(), text()',
  ],
  [
    '{ ok: true, json }',
    () => ({ ok: true, json: text }),
    'an object without status (a number), headers.get(), text()',
  ],
  ['{ status, text }', () => ({ status: 200, text }), 'an object without ok (true or false), headers.get()'],
  ['{ ok, status, text }', () => ({ ok: true, status: 200, text }), 'an object without headers.get()'],
  [
    'headers as an object',
    () => ({ ok: true, status: 200, headers: {}, text }),
    'an object without headers.get()',
  ],
  [
    'a status as a string',
    () => ({ ok: true, status: '200', headers, text }),
    'an object without status (a number)',
  ],
  [
    'ok as a string',
    () => ({ ok: 'yes', status: 200, headers, text }),
    'an object without ok (true or false)',
  ],
  [
    'a text() of nothing',
    () => ({ ok: true, status: 200, headers, text() {} }),
    'an object whose text() is no string',
  ],
  ['nothing', () => undefined, 'undefined'],
  ['null', () => null, 'null'],
  ['the reply itself', () => ({ hush: true }), `an object without ${ALL}`],
  ['JSON', () => '{"hush":true}', 'string'],
  ['a number', () => 200, '200'],
  ['what cannot be read', () => Proxy.revocable({}, {}).proxy, `an object without ${ALL}`],
];

const ways: [string, (mock: () => Promise<unknown>) => [Options, (() => void)?]][] = [
  ['fetch', (mock) => [{ fetch: mock as typeof fetch }]],
  ['ky', (mock) => [{ ky: ky.extend({ fetch: mock as typeof fetch }) }]],
  ['page', (mock) => [{}, () => vi.stubGlobal('fetch', mock)]],
];

for (const [way, use] of ways) {
  test.each(mocks)(
    `T5: a fetch of a test (${way}) that returns %s: INVALID_RESPONSE, sent once`,
    async (_what, returned, received) => {
      for (const failureOf of [failureOfTransport, failureOfPoller]) {
        const mock = vi.fn(async () => returned());
        const error = await failureOf(...use(mock));

        expect(error).toMatchObject({
          code: 'INVALID_RESPONSE',
          details: { expected: 'a Response, such as new Response(JSON.stringify(reply))' },
        });
        const got = (error as AnyBanksideError<'INVALID_RESPONSE'>).details.received;
        // With the page’s own ky, hooks read more, before the text is read.
        if (!got.includes('clone()')) expect(got).toBe(received);
        else if (!received.includes('text() is')) expect(got).toBe(`${received}, clone(), arrayBuffer()`);
        expect(error.message).toContain('what fetch returned');
        expect(`${error.message} ${JSON.stringify(error.details)}`).not.toContain('hush');
        expect(mock).toHaveBeenCalledOnce();
      }
    },
  );
}

const OWN_KY = (mock: typeof fetch): Options => ({ ky: ky.extend({ fetch: mock }) });

test.each<[string, (mock: typeof fetch) => Options]>([
  ['fetch', (mock) => ({ fetch: mock })],
  ['ky', OWN_KY],
])(
  'T5: one Response for several calls (%s): INVALID_RESPONSE from the second on, sent once',
  async (_way, use) => {
    const mock = vi.fn().mockResolvedValue(new Response('{"ok":true}'));
    const page = bridgeOverHttp(use(mock));
    expect(await page.ask(BODY)).toEqual({ ok: true });
    mock.mockClear();
    const response = await mock.getMockImplementation()?.();
    if (!response.bodyUsed) await response.text();
    await page.ask(BODY);

    expect(page.error).toMatchObject({
      code: 'INVALID_RESPONSE',
      details: { received: 'a Response that was read before: return a new one for each call' },
    });
    expect(mock).toHaveBeenCalledOnce();
  },
);

test('T5: a Response that was read, and whose text() the page has replaced, is read', async () => {
  const fetch = async () => {
    const response = new Response('{"ok":true}');
    const read = await response.text();
    return Object.assign(response, { text: async () => read });
  };
  expect(await bridgeOverHttp({ fetch }).ask(BODY)).toEqual({ ok: true });
});

test('T5: a text() that throws at once is no network; one that rejects is', async () => {
  const throwing = () => {
    throw new TypeError('hush');
  };
  const own = { ok: true, status: 200, headers };
  for (const [read, failure] of [
    [throwing, { code: 'INVALID_RESPONSE', details: { received: 'an object whose text() throws' } }],
    [async () => throwing(), { code: 'NETWORK', message: expect.stringContaining('The network failed') }],
  ] as const) {
    const mock = vi.fn(async () => ({ ...own, text: read }) as unknown as Response);
    const page = bridgeOverHttp({ fetch: mock, retry: { limit: 0 } });
    await page.ask(BODY);
    expect(page.error).toMatchObject(failure);
    expect(page.error.message).not.toContain('hush');
    expect(mock).toHaveBeenCalledOnce();
  }
});

test('T5: a mock that returns without a promise, too', async () => {
  const error = await failureOfTransport({ fetch: vi.fn() });
  expect(error).toMatchObject({ code: 'INVALID_RESPONSE', details: { received: 'undefined' } });
});

test('T5: a response of another library, such as node-fetch, is read', async () => {
  const own = { ok: true, status: 200, headers: { get: () => null }, text };
  const { ask } = bridgeOverHttp({ fetch: async () => own as unknown as Response });
  expect(await ask(BODY)).toEqual({ ok: true });
});

test('T5: a fetch of a test that rejects or throws is a failing network', async () => {
  for (const mock of [
    vi.fn().mockRejectedValue(new Error('hush')),
    vi.fn().mockImplementation(() => {
      throw new Error('hush');
    }),
  ]) {
    const page = bridgeOverHttp({ fetch: mock, retry: { limit: 0 } });
    await page.ask(BODY);
    expect(page.error).toMatchObject({
      code: 'NETWORK',
      message: expect.stringContaining('The network failed'),
    });
    expect(page.error.message).not.toContain('hush');
  }
});

const CLASSES = ['Response', 'Headers', 'AbortController'];

test.each(['fetch', 'Request'])(
  'T5: without %s: INVALID_OPTIONS, and no token is asked for',
  async (name) => {
    for (const failureOf of [failureOfTransport, failureOfPoller]) {
      const token = vi.fn(async () => 'token-1');
      const error = await failureOf({}, () => vi.stubGlobal(name, undefined), token);
      vi.unstubAllGlobals();

      expect(error).toMatchObject({
        code: 'INVALID_OPTIONS',
        details: {
          option: `window.${name}`,
          expected:
            'a function, as in browsers and in Node 20 and later (in Jest with jsdom, use jest-fixed-jsdom)',
          received: 'undefined',
        },
      });
      expect(token).not.toHaveBeenCalled();
    }
  },
);

test.each(CLASSES)('T5: without %s at the creation', (name) => {
  vi.stubGlobal(name, undefined);
  const create = [
    () => bridgeOverHttp(),
    () => new QueuePoller({ baseUrl: 'https://bank.example/linxo', accessToken: false }),
  ];
  for (const run of create)
    expect(refusalBy(run).details).toMatchObject({ option: `window.${name}`, received: 'undefined' });
});

test('T5: a page without fetch can bring its own', async () => {
  vi.stubGlobal('fetch', undefined);
  const { ask } = bridgeOverHttp({ fetch: async () => new Response('{"ok":true}') });
  expect(await ask(BODY)).toEqual({ ok: true });
});

test('T5: a fetch that a test puts in place later is used', async () => {
  vi.stubGlobal('fetch', undefined);
  const { ask } = bridgeOverHttp();
  vi.stubGlobal('fetch', async () => new Response('{"ok":true}'));
  expect(await ask(BODY)).toEqual({ ok: true });
});

test.each(['structuredClone', 'TextDecoder', 'TextEncoder', 'BroadcastChannel', 'crypto', 'MessageChannel'])(
  'T5: without %s, requests are sent',
  async (name) => {
    vi.stubGlobal(name, undefined);
    const { ask } = bridgeOverHttp({ fetch: async () => new Response('{"ok":true}') });
    expect(await ask(BODY)).toEqual({ ok: true });
  },
);

test('T5: a Request that does not accept the signals of the page, as in jsdom: INVALID_OPTIONS names the class', async () => {
  class StrictRequest extends Request {
    constructor(address: string, options?: RequestInit) {
      if (options?.signal) throw new TypeError('Expected signal to be an instance of AbortSignal');
      super(address, options);
    }
  }
  const sent = vi.fn(async () => new Response());
  const error = await failureOfTransport({ fetch: sent }, () => vi.stubGlobal('Request', StrictRequest));
  expect(error).toMatchObject({
    code: 'INVALID_OPTIONS',
    details: { option: 'window.AbortController', expected: expect.stringContaining('jest-fixed-jsdom') },
  });
  expect(sent).not.toHaveBeenCalled();
});
