import { getEventListeners } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import {
  type HttpTransportOptions,
  httpTransport,
  type TransportContext,
  type WidgetRequest,
} from '../../../src/index.ts';
import { lastMatch } from '../../harness/last-match.ts';
import { READ } from '../fixtures/bridge-over-http.ts';
import { quiet, until, useClock } from '../fixtures/clock.ts';
import { refreshing, slow, tokenOf } from '../fixtures/page-token.ts';
import { ok, PSERVER, silence, status, useBank } from '../fixtures/use-bank.ts';

const bank = useBank();
useClock();

const request: WidgetRequest = {
  requestId: '7',
  server: 'pserver',
  type: 'getInsights',
  body: READ,
  headers: {},
};

function make(options: Partial<HttpTransportOptions> = {}) {
  const transport = httpTransport({ endpoints: { pserver: PSERVER }, authToken: 'hush-token', ...options });
  const end = new AbortController();
  const context = { signal: end.signal, deadline: Number.POSITIVE_INFINITY };
  const send = async (): Promise<unknown> => transport.send(request, context);
  return { transport, send, signal: end.signal };
}

const DISPOSED = {
  code: 'DISPOSED',
  message: expect.stringContaining('The transport was disposed'),
  details: { requestId: '7', server: 'pserver', type: 'getInsights', elapsed: expect.any(Number) },
};

test('B9 dispose ends what waits for an answer, at the server too', async () => {
  bank.answer(silence);
  const { transport, send, signal } = make();
  const sending = send().catch((error: unknown) => error);
  await until(() => bank.arrivals.length === 1);

  transport.dispose();
  transport.dispose();

  expect(await sending).toMatchObject(DISPOSED);
  await until(() => bank.arrival.signal.aborted);
  await quiet();
  expect(getEventListeners(signal, 'abort')).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('B9 dispose ends what waits for a token, and aborts the ask', async () => {
  const { calls, authToken } = slow();
  const { transport, send } = make({ authToken });
  const sending = [send(), send()].map((each) => each.catch((error: unknown) => error));
  await quiet();

  transport.dispose();

  for (const each of sending) expect(await each).toMatchObject(DISPOSED);
  expect(calls).toHaveLength(1);
  expect(calls[0]?.signal.aborted).toBe(true);
  calls[0]?.answer('late');
  await quiet();
  expect(bank.arrivals).toEqual([]);
});

test('B9 dispose ends what waits for the next attempt', async () => {
  bank.answer(status(503));
  const { transport, send } = make();
  const sending = send().catch((error: unknown) => error);
  await until(() => vi.getTimerCount() === 1);

  transport.dispose();

  expect(await sending).toMatchObject(DISPOSED);
  vi.advanceTimersByTime(60_000);
  await quiet();
  expect(bank.arrivals).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});

test.each<[string, Partial<HttpTransportOptions>]>([
  ['headers that never come', { headers: () => new Promise<never>(() => {}) }],
  ['a fetch that never ends', { fetch: () => new Promise<never>(() => {}) }],
])('B9 dispose ends what waits for %s', async (_what, options) => {
  const { transport, send } = make(options);
  const sending = send().catch((error: unknown) => error);
  await quiet();

  transport.dispose();

  expect(await sending).toMatchObject(DISPOSED);
});

test('B9 afterwards nothing is sent, and no function of the page is called', async () => {
  const authToken = vi.fn(() => 'token-1');
  const { transport, send } = make({ authToken });
  await send();
  bank.forget();
  authToken.mockClear();

  transport.dispose();

  await expect(send()).rejects.toMatchObject(DISPOSED);
  await expect(send()).rejects.toMatchObject({ cause: undefined });
  expect(authToken).not.toHaveBeenCalled();
  expect(bank.arrivals).toEqual([]);
});

test('B9 the signal disposes, and its reason is the cause', async () => {
  bank.answer(silence);
  const page = new AbortController();
  const { send } = make({ signal: page.signal });
  const sending = send().catch((error: unknown) => error);
  await until(() => bank.arrivals.length === 1);

  page.abort('logged out');

  expect(await sending).toMatchObject({ ...DISPOSED, cause: 'logged out' });
  await expect(send()).rejects.toMatchObject({ ...DISPOSED, cause: 'logged out' });
});

test('B9 a signal that had aborted before disposes at once', async () => {
  const { send } = make({ signal: AbortSignal.abort('before') });

  await expect(send()).rejects.toMatchObject({ ...DISPOSED, cause: 'before' });
  expect(bank.arrivals).toEqual([]);
});

test('B9 a disposed transport removes its listener from the signal', () => {
  const page = new AbortController();
  const { transport } = make({ signal: page.signal });
  expect(getEventListeners(page.signal, 'abort')).toHaveLength(1);

  transport.dispose();

  expect(getEventListeners(page.signal, 'abort')).toEqual([]);
});

test('B9 the same at the end of a `using` block, where the engine has it', () => {
  const { transport } = make();

  expect(transport[Symbol.dispose]).toBe(transport.dispose);
  expect(Object.keys(transport)).not.toContain('undefined');
});

test('B9 S2 without Symbol.dispose there is no such member', () => {
  vi.stubGlobal(
    'Symbol',
    Object.assign(() => {}, { iterator: Symbol.iterator, asyncIterator: Symbol.asyncIterator }),
  );
  try {
    expect(Object.keys(make().transport)).toEqual(['send', 'dispose']);
  } finally {
    vi.unstubAllGlobals();
  }
});

test('T4 no static field of RegExp has a token, a header or a body while it is used, nor anything of the last match afterwards', async () => {
  bank.answer((arrival) => (tokenOf(arrival) === 'hush-fresh' ? ok() : status(401)()));
  const { transport, send } = make({
    authToken: ({ rejected }) => (rejected ? 'hush-fresh' : 'hush-stale'),
    headers: { 'x-csrf': 'hush-header' },
  });

  await send();
  expect(lastMatch()).not.toContain('hush');
  /hush.*/.test('hush-of-the-page');
  transport.dispose();

  expect(lastMatch().trim()).toBe('');
});

test('T2 a fresh token is known only while requests are in flight: later, the next 401 asks again', async () => {
  bank.answerWith(status(401), ok, status(401), ok);
  const authToken = refreshing();
  const { send } = make({ authToken });

  await send();
  await send();

  expect(authToken.mock.calls.map(([{ rejected }]) => rejected)).toEqual([
    undefined,
    'stale',
    undefined,
    'stale',
  ]);
});

test('T2 one transport for two users: whatever is aborted, B’s request is never sent with A’s token', async () => {
  const given: ((token: string) => void)[] = [];
  const rejections: unknown[] = [];
  const { transport } = make({
    authToken: ({ rejected }) => {
      rejections.push(rejected);
      return new Promise((resolve) => given.push(resolve));
    },
  });
  bank.answer((arrival) => {
    if (tokenOf(arrival) === 'A-slow') return silence(arrival); // keeps what is known
    return tokenOf(arrival)?.endsWith('stale') ? status(401)() : ok();
  });
  const ask = (signal = new AbortController().signal): Promise<unknown> =>
    Promise.resolve(transport.send(request, { signal, deadline: Number.POSITIVE_INFINITY }));
  const answer = async (token: string): Promise<void> => {
    await until(() => given.length > 0);
    given.shift()?.(token);
    await quiet();
  };
  ask().catch(() => {});
  await answer('A-slow');
  const first = ask();
  await answer('A-stale');
  await answer('A-fresh');
  await first;

  const impatient = new AbortController();
  const left = ask(impatient.signal).catch(() => {});
  const second = ask();
  await quiet();
  impatient.abort(Object.assign(new Error(), { [Symbol.for('bankside.error')]: true, code: 'TIMEOUT' }));
  await left;
  await answer('B-stale');
  await answer('B-fresh');
  await second;

  expect(rejections).toEqual([undefined, undefined, 'A-stale', undefined, 'B-stale']);
  expect(bank.arrivals.map(tokenOf)).toEqual(['A-slow', 'A-stale', 'A-fresh', 'B-stale', 'B-fresh']);
  transport.dispose();
});

describe('B9 T2 disposed by a listener of the request itself', () => {
  /** A transport whose functions of the page are watched, and a request that it ends in `during`. */
  function ending(
    during: (dispose: () => void) => { request?: object; context?: Partial<TransportContext> },
  ) {
    const asked = vi.fn(({ rejected }: { rejected: string | undefined }) => (rejected ? 'fresh' : 'of A'));
    const { transport } = make({ authToken: asked });
    const more = during(transport.dispose);
    const { signal } = new AbortController();
    const context = { signal, deadline: Number.POSITIVE_INFINITY, ...more.context };
    const sending = Promise.resolve(transport.send({ ...request, ...more.request }, context));
    return { asked, outcome: sending.catch((error: unknown) => error) };
  }

  test.each<[string, Parameters<typeof ending>[0]]>([
    [
      'a header was dropped',
      (dispose) => ({ request: { headers: { 'x-forwarded-user': 'B' } }, context: { dropped: dispose } }),
    ],
    [
      'the body is written',
      (dispose) => {
        const toJSON = (): object => {
          dispose();
          return {};
        };
        return { request: { body: { toJSON } } };
      },
    ],
    ['a token is asked for', (dispose) => ({ context: { attempt: dispose } })],
  ])('as %s: no function of the page is called, and nothing is sent', async (_what, during) => {
    bank.answer(ok);
    const { asked, outcome } = ending(during);

    expect(await outcome).toMatchObject({ code: 'DISPOSED' });
    await quiet();

    expect(asked).not.toHaveBeenCalled();
    expect(bank.arrivals).toEqual([]);
  });

  test('after a token was rejected: the function does not get it any more', async () => {
    bank.answer(status(401));
    const { asked, outcome } = ending((dispose) => ({
      context: { attempt: ({ state, status }) => state === 'token' && status === 401 && dispose() },
    }));

    expect(await outcome).toMatchObject({ code: 'DISPOSED' });
    await quiet();

    expect(asked.mock.calls.map(([{ rejected }]) => rejected)).toEqual([undefined]);
  });

  test('as it goes out: the page’s fetch is not called with the token', async () => {
    const fetch = vi.fn(async () => new Response('{}'));
    const { transport } = make({ fetch: fetch as typeof globalThis.fetch });
    const { signal } = new AbortController();
    const context: TransportContext = {
      signal,
      deadline: Number.POSITIVE_INFINITY,
      attempt: ({ state }) => state === 'sent' && transport.dispose(),
    };

    await expect(transport.send(request, context)).rejects.toMatchObject({ code: 'DISPOSED' });
    await quiet();

    expect(fetch).not.toHaveBeenCalled();
  });
});
