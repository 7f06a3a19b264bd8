import ky, { type KyInstance } from 'ky';
import { describe, expect, test, vi } from 'vitest';
import { QueuePoller } from '../../src/index.ts';
import { refusalBy } from '../harness/refusal.ts';
import { bridgeOverHttp, FAILED, READ, WRITE } from '../transport/fixtures/bridge-over-http.ts';
import { drive, quiet, until, useClock } from '../transport/fixtures/clock.ts';
import {
  type Arrival,
  broken,
  brokenOff,
  ok,
  PSERVER,
  silence,
  status,
  useBank,
} from '../transport/fixtures/use-bank.ts';

const bank = useBank();
useClock();

/** The headers of what arrived last, without those that an engine adds. */
function arrived(...names: string[]): (string | null)[] {
  return names.map((name) => bank.arrival.headers.get(name));
}

describe('a ky of the page’s own', () => {
  test('T1 its hooks and headers stay, and see no token', async () => {
    const seen: string[] = [];
    const traced = ky.create({
      headers: { 'x-app': 'web', 'x-widget': 'page', bankId: 'page' },
      hooks: {
        beforeRequest: [
          (request, options) => {
            seen.push(JSON.stringify([...request.headers]), JSON.stringify(options));
            request.headers.set('x-trace', 'trace-1');
          },
        ],
        afterResponse: [
          (request, _options, response) => {
            seen.push(JSON.stringify([...request.headers]), `answer ${response.status}`);
          },
        ],
      },
    });
    const widgetHeaders = ['x-widget', 'x-other'];
    const { ask } = bridgeOverHttp({
      ky: traced,
      authToken: 'secret-token',
      headers: { bankId: '42' },
      widgetHeaders,
    });

    expect(await ask(READ, { 'x-widget': 'widget', 'x-other': 'widget' })).toEqual({ ok: true });

    expect(arrived('x-app', 'x-trace', 'authToken')).toEqual(['web', 'trace-1', 'secret-token']);
    // The widget's give way to the instance's, and those to the option's.
    expect(arrived('x-widget', 'x-other', 'bankId')).toEqual(['page', 'widget', '42']);
    expect(seen).toHaveLength(4);
    expect(seen.join()).not.toContain('secret');
  });

  test('T1 a hook that makes another Request of it keeps the token and the page’s headers', async () => {
    const signing = ky.extend({
      hooks: {
        beforeRequest: [(request) => new Request(request, { headers: { 'x-signature': 'signed' } })],
      },
    });

    expect(await bridgeOverHttp({ ky: signing }).ask(READ)).toEqual({ ok: true });

    expect(arrived('authToken', 'x-signature')).toEqual(['token-1', 'signed']);
    expect(bank.arrival.body).toBe('{"type":"getInsights"}');
  });

  test('B5 a hook may encrypt the body, as text or as bytes', async () => {
    const bytes = new Uint8Array([0xff, 0xfe, 0x00, 0x80]);
    for (const body of ['text ✓', bytes]) {
      const encrypting = ky.extend({
        hooks: { beforeRequest: [(request) => new Request(request, { body })] },
      });
      await bridgeOverHttp({ ky: encrypting }).ask(READ);
      expect(bank.arrival.bytes).toEqual(typeof body === 'string' ? new TextEncoder().encode(body) : body);
    }
  });

  test('a hook may replace the answer', async () => {
    const decrypting = ky.extend({
      hooks: {
        afterResponse: [
          async (_request, _options, response) => Response.json({ decrypted: await response.json() }),
        ],
      },
    });

    expect(await bridgeOverHttp({ ky: decrypting }).ask(READ)).toEqual({ decrypted: { ok: true } });
  });

  test('a hook may answer in place of the server', async () => {
    const cached = ky.extend({ hooks: { beforeRequest: [() => Response.json({ cached: true })] } });

    expect(await bridgeOverHttp({ ky: cached }).ask(READ)).toEqual({ cached: true });

    expect(bank.arrivals).toEqual([]);
  });

  test.each([
    ['redirect: follow', { redirect: 'follow' }],
    [
      'a redirect of its hook’s Request',
      { hooks: { beforeRequest: [(request: Request) => new Request(request, { redirect: 'follow' })] } },
    ],
  ] as [string, Parameters<KyInstance['extend']>[0]][])(
    'T1 no redirect is followed in spite of %s',
    async (_what, options) => {
      bank.answer((_arrival, count) =>
        count === 1
          ? new Response(null, { status: 307, headers: { location: 'https://thief.example/' } })
          : ok(),
      );
      const wired = bridgeOverHttp({ ky: ky.extend(options) });

      expect(await wired.ask(READ)).toEqual(FAILED);

      expect(bank.arrivals).toHaveLength(1);
      expect(wired.error).toMatchObject({ code: 'HTTP', details: { status: 307 } });
    },
  );

  test('T1 what it says of address, body, repeats, timeout and errors does not count', async () => {
    bank.answer(status(503));
    const opinionated = ky.create({
      prefixUrl: 'https://elsewhere.example/',
      searchParams: { lang: 'de' },
      json: { another: 'body' },
      body: 'another',
      throwHttpErrors: true,
      timeout: 1,
      mode: 'no-cors',
      method: 'put',
      retry: { limit: 9, delay: () => 1, backoffLimit: 1, shouldRetry: () => true, methods: ['put'] },
      hooks: { beforeError: [() => expect.unreachable()] },
    });
    const wired = bridgeOverHttp({ ky: opinionated, retry: { limit: 1 }, widgetHeaders: ['x-trace'] });

    expect(await drive(wired.ask(READ, { 'x-trace': '7' }))).toEqual(FAILED);

    expect(wired.error).toMatchObject({ code: 'HTTP', details: { status: 503 } });
    expect(bank.arrivals).toHaveLength(2);
    const [first, second] = bank.arrivals as [Arrival, Arrival];
    expect([second.url, second.method, second.body]).toEqual([PSERVER, 'POST', '{"type":"getInsights"}']);
    expect(arrived('authToken', 'x-trace')).toEqual(['token-1', '7']);
    expect(second.at - first.at).toBeGreaterThanOrEqual(200);
  });

  test('T5 its `fetch` sends, and is called as ky calls it: with a Request', async () => {
    const urls: string[] = [];
    const own = ky.create({
      fetch: (input, ...more) => {
        const request = input as Request;
        urls.push(request.url);
        request.headers.set('x-trace', '1');
        return fetch(request, ...more);
      },
    });

    expect(await bridgeOverHttp({ ky: own }).ask(READ)).toEqual({ ok: true });

    expect(urls).toEqual([PSERVER]);
    expect([bank.arrival.method, bank.arrival.body]).toEqual(['POST', '{"type":"getInsights"}']);
    expect(arrived('authToken', 'x-trace')).toEqual(['token-1', '1']);
  });

  test('the option `fetch` sends in place of that', async () => {
    const sent: string[] = [];
    const fetch = async (address: string, { method }: RequestInit) => {
      sent.push(`${method} ${address}`);
      return ok();
    };

    await bridgeOverHttp({ ky: ky.create({ fetch: () => expect.unreachable() }), fetch }).ask(READ);

    expect(sent).toEqual([`POST ${PSERVER}`]);
  });

  test('S2 hooks see an answer as it came: its address, its bytes', async () => {
    const bytes = new Uint8Array([0xff, 0xfe, 0x80, 0x00, 0xc3]);
    bank.answer(() => new Response(bytes));
    const seen: unknown[] = [];
    const decrypting = ky.extend({
      hooks: {
        afterResponse: [
          async (_request, _options, response) => {
            seen.push(response.url, new Uint8Array(await response.arrayBuffer()));
            return Response.json({ decrypted: true });
          },
        ],
      },
    });

    expect(await bridgeOverHttp({ ky: decrypting }).ask(READ)).toEqual({ decrypted: true });

    expect(seen).toEqual([PSERVER, bytes]);
  });

  test.each([
    ['that breaks off', brokenOff],
    ['of status 503', status(503)],
  ])('T3 an answer %s is repeated with hooks as well', async (_what, answer) => {
    bank.answerWith(answer, ok);
    const seen: number[] = [];
    const own = ky.extend({
      hooks: { afterResponse: [(_request, _options, response) => void seen.push(response.status)] },
    });

    expect(await drive(bridgeOverHttp({ ky: own }).ask(READ))).toEqual({ ok: true });

    expect(bank.arrivals).toHaveLength(2);
    expect(seen.at(-1)).toBe(200);
  });

  test('B9 a request that a hook makes without a signal ends as well', async () => {
    bank.answer(silence);
    const careless = ky.extend({
      hooks: {
        beforeRequest: [
          ({ url, method, headers }) => new Request(url, { method, headers, body: 'encrypted' }),
        ],
      },
    });
    const leaver = new AbortController();
    const { bridge } = bridgeOverHttp({ ky: careless }, { timeout: false });
    const asking = bridge.send('pserver', READ, { signal: leaver.signal });
    const refused = expect(asking).rejects.toMatchObject({ code: 'ABORTED' });
    await until(() => bank.arrivals.length === 1);

    leaver.abort();

    await refused;
    await until(() => bank.arrival.signal.aborted);
  });

  test('T2 no token is asked for once the request has ended in the middle of a hook', async () => {
    bank.answer(status(401));
    let goOn = (): void => {};
    const slow = ky.extend({
      hooks: {
        afterResponse: [
          () =>
            new Promise<void>((resolve) => {
              goOn = resolve;
            }),
        ],
      },
    });
    const asked: unknown[] = [];
    const authToken = ({ rejected }: { rejected: string | undefined }) => {
      asked.push(rejected);
      return 'token';
    };
    const { bridge } = bridgeOverHttp({ ky: slow, authToken });
    const leaver = new AbortController();
    const refused = expect(bridge.send('pserver', READ, { signal: leaver.signal })).rejects.toMatchObject({
      code: 'ABORTED',
    });
    await until(() => bank.arrivals.length === 1);
    await quiet();

    leaver.abort();
    await refused;
    goOn();
    await quiet();

    expect(asked).toEqual([undefined]);
    expect(bank.arrivals).toHaveLength(1);
  });

  test('its signal counts: what is under way ends as a failure of the network, and is not repeated', async () => {
    bank.answer(silence);
    const page = new AbortController();
    const wired = bridgeOverHttp({ ky: ky.extend({ signal: page.signal }) });
    const told: string[] = [];
    wired.bridge.on('attempt', ({ state }) => told.push(state));
    const asking = wired.ask(READ);
    await until(() => bank.arrivals.length === 1);

    page.abort();

    expect(await asking).toEqual(FAILED);
    expect(wired.error).toMatchObject({
      code: 'NETWORK',
      message: expect.stringContaining('The network failed'),
    });
    expect(told).toEqual(['token', 'sent']);
  });

  test('its credentials count where the option says nothing', async () => {
    const modes: unknown[] = [];
    const fetch = async (_address: string, { credentials }: RequestInit) => {
      modes.push(credentials);
      return ok();
    };
    const own = ky.create({ credentials: 'include' });

    await bridgeOverHttp({ ky: own, fetch }).ask(READ);
    await bridgeOverHttp({ ky: own, fetch, credentials: 'omit' }).ask(READ);

    expect(modes).toEqual(['include', 'omit']);
  });

  test('other options of fetch are passed on', async () => {
    const seen: RequestInit[] = [];
    const fetch = async (_address: string, options: RequestInit) => {
      seen.push(options);
      return ok();
    };
    const own = ky.create({ keepalive: true, priority: 'high', referrerPolicy: 'no-referrer' } as object);

    await bridgeOverHttp({ ky: own, fetch }).ask(READ);

    expect(seen).toMatchObject([{ keepalive: true, priority: 'high', referrerPolicy: 'no-referrer' }]);
  });

  test('it is never changed itself', async () => {
    const seen: string[] = [];
    const own = ky.create({ hooks: { beforeRequest: [(request) => void seen.push(request.url)] } });
    const before = await own('https://bank.example/before');
    await bridgeOverHttp({ ky: own }).ask(READ);
    await own('https://bank.example/after');

    expect(before.ok).toBe(true);
    expect(bank.arrivals.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET']);
    expect(bank.arrival.headers.has('authToken')).toBe(false);
    expect(seen).toHaveLength(3);
  });
});

describe('hooks that go wrong', () => {
  test.each([
    ['another address', (request: Request) => new Request('https://thief.example/', request)],
    ['another query', (request: Request) => new Request(`${request.url}?token`, request)],
    ['another method', (request: Request) => new Request(request, { method: 'PUT' })],
  ])('T1 T5 %s: nothing is sent, and the option is named', async (_what, hook) => {
    const wired = bridgeOverHttp({ ky: ky.extend({ hooks: { beforeRequest: [hook] } }) });

    expect(await wired.ask(READ)).toEqual(FAILED);

    expect(bank.arrivals).toEqual([]);
    expect(wired.error).toMatchObject({ code: 'INVALID_OPTIONS', details: { option: 'ky' } });
  });

  test.each(['beforeRequest', 'afterResponse'] as const)(
    'T4 one that throws in %s ends the request once, and what it throws is not kept',
    async (name) => {
      const hook = vi.fn(() => {
        throw new Error('secret-header');
      });
      const wired = bridgeOverHttp({ ky: ky.extend({ hooks: { [name]: [hook] } }) });

      expect(await wired.ask(READ)).toEqual(FAILED);

      expect(hook).toHaveBeenCalledOnce();
      expect(wired.error).toMatchObject({ code: 'NETWORK', message: expect.stringContaining("option 'ky'") });
      expect(wired.error.cause).toMatchObject({
        message: 'The function threw Error. Its message is not copied',
      });
      expect(`${wired.error.message} ${wired.error.stack}`).not.toContain('secret');
    },
  );

  test('T3 one that throws before a repeat ends the request there', async () => {
    bank.answerWith(broken, ok);
    const hook = vi.fn((_request: Request, _options: unknown, { retryCount }: { retryCount: number }) => {
      if (retryCount > 0) throw new Error('not again');
    });
    const wired = bridgeOverHttp({ ky: ky.extend({ hooks: { beforeRequest: [hook] } }) });

    expect(await drive(wired.ask(READ))).toEqual(FAILED);

    expect(hook).toHaveBeenCalledTimes(2);
    expect(wired.error.message).toContain("option 'ky'");
  });

  test('T3 one that stops the repeats ends the request', async () => {
    bank.answerWith(status(503), ok);
    const wired = bridgeOverHttp({ ky: ky.extend({ hooks: { beforeRetry: [() => ky.stop] } }) });

    expect(await drive(wired.ask(READ))).toEqual(FAILED);

    expect(bank.arrivals).toHaveLength(1);
    expect(wired.error.code).toBe('NETWORK');
  });

  test('T3 retries of hooks do not change the answer that comes after them', async () => {
    const again = ky.extend({
      hooks: {
        afterResponse: [
          (_request, _options, response) => (response.status === 403 ? ky.retry({ delay: 0 }) : undefined),
        ],
      },
    });
    bank.answerWith(status(403), status(403), status(403), status(503));
    const wired = bridgeOverHttp({ ky: again, retry: { limit: 1 } });

    expect(await drive(wired.ask(READ))).toEqual(FAILED);

    expect(wired.error).toMatchObject({ code: 'HTTP', details: { status: 503 } });
  });

  test('T3 a pause that the server asked for is made once, and not for the repeat of a hook', async () => {
    const again = ky.extend({
      hooks: {
        afterResponse: [(_request, _options, response) => (response.status === 403 ? ky.retry() : undefined)],
      },
    });
    bank.answerWith(status(503, { 'retry-after': '5' }), status(403), ok);
    const wired = bridgeOverHttp({ ky: again });

    expect(await drive(wired.ask(READ))).toEqual({ ok: true });

    const [first, second, third] = bank.arrivals as [Arrival, Arrival, Arrival];
    expect(second.at - first.at).toBeGreaterThanOrEqual(5_000);
    expect(third.at - second.at).toBeLessThan(2_000);
  });

  test('T3 one may repeat what we would not, as often as ky does by default', async () => {
    const refresh = vi.fn();
    const refreshing = ky.extend({
      hooks: {
        afterResponse: [
          (_request, _options, response) => {
            if (response.status !== 401) return undefined;
            refresh();
            return ky.retry({ delay: 0 });
          },
        ],
      },
    });
    const ask = (...answers: (() => Response)[]) => {
      bank.forget();
      bank.answerWith(...answers);
      return drive(bridgeOverHttp({ ky: refreshing, authToken: false }).ask(WRITE));
    };

    expect(await ask(status(401), ok)).toEqual({ ok: true });
    expect(refresh).toHaveBeenCalledTimes(1);

    expect(await ask(status(401))).toEqual(FAILED);
    expect(bank.arrivals).toHaveLength(3);
  });
});

test('T2 the replay after a 401 goes through its hooks as well', async () => {
  bank.answerWith(status(401), ok);
  const before = vi.fn();
  const own = ky.extend({ hooks: { beforeRequest: [(request) => before(request.headers.get('x-app'))] } });
  const authToken = ({ rejected }: { rejected: string | undefined }) => (rejected ? 'fresh' : 'stale');

  expect(await bridgeOverHttp({ ky: own, authToken, headers: { 'x-app': 'web' } }).ask(WRITE)).toEqual({
    ok: true,
  });

  expect(bank.arrivals.map(({ headers }) => headers.get('authToken'))).toEqual(['stale', 'fresh']);
  expect(before.mock.calls).toEqual([['web'], ['web']]);
});

test('an instance that calls its hooks with one object, as ky 2 does, works as well', async () => {
  bank.answerWith(status(401), status(503), ok);
  const authToken = ({ rejected }: { rejected: string | undefined }) => (rejected ? 'fresh' : 'stale');

  expect(await drive(bridgeOverHttp({ ky: tellingOneObject(ky), authToken }).ask(READ))).toEqual({
    ok: true,
  });

  expect(bank.arrivals).toHaveLength(3);
});

/** ky 1 with hooks that are called as ky 2 calls them. */
function tellingOneObject(one: KyInstance): KyInstance {
  const call = (url: URL, options: { hooks: { afterResponse: ((state: object) => unknown)[] } }) =>
    one(url, {
      ...(options as object),
      hooks: {
        afterResponse: options.hooks.afterResponse.map(
          (hook) => (request: unknown, options: unknown, response: unknown, state: unknown) =>
            hook({ request, options, response, ...(state as object) }),
        ),
      },
    } as object);
  return Object.assign(call, {
    ...one,
    extend: (...given: [never]) => tellingOneObject(one.extend(...given)),
  }) as never;
}

test.each([{}, 'ky', null, () => {}, { extend() {} }, Object.assign(() => {}, { extend() {} })])(
  'S5 what is no instance of ky 1.14 or later is refused (%#)',
  (given) => {
    const ky = given as never;
    const makePoller = () => new QueuePoller({ baseUrl: 'https://bank.example', accessToken: false, ky });
    for (const make of [() => bridgeOverHttp({ ky }), makePoller])
      expect(refusalBy(make)).toMatchObject({ code: 'INVALID_OPTIONS', details: { option: 'ky' } });
  },
);

test('Q7 the queue goes through it, and its tokens are seen by no hook', async () => {
  const seen: string[] = [];
  const own = ky.create({
    headers: { 'x-app': 'web' },
    hooks: {
      beforeRequest: [
        (request) => {
          seen.push(JSON.stringify([...request.headers]));
          request.headers.set('x-trace', 'trace-1');
        },
      ],
    },
  });
  bank.answer(({ url, method }) =>
    method === 'POST'
      ? new Response(null, { status: 201, headers: { location: `${url}/../../queues/q1` } })
      : Response.json([]),
  );
  const poller = new QueuePoller({
    baseUrl: 'https://bank.example/linxo',
    accessToken: 'secret-token',
    ky: own,
    storage: false,
  });
  await poller.start();
  await until(() => bank.arrivals.length >= 2);
  await poller.stop();

  for (const { headers } of bank.arrivals) {
    expect([headers.get('authorization'), headers.get('x-app'), headers.get('x-trace')]).toEqual([
      'Bearer secret-token',
      'web',
      'trace-1',
    ]);
  }
  expect(seen.length).toBeGreaterThanOrEqual(2);
  expect(seen.join()).not.toContain('secret');
});
