import { afterEach, describe, expect, test, vi } from 'vitest';
import { bridgeOverHttp, FAILED, READ } from '../fixtures/bridge-over-http.ts';
import { PSERVER, useBank } from '../fixtures/use-bank.ts';

const bank = useBank();
const urls = (): string[] => bank.arrivals.map(({ url }) => url);

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('T1 only the configured endpoints', () => {
  test('T1 each server has its own, and each request is one POST', async () => {
    const { ask } = bridgeOverHttp({
      endpoints: {
        pserver: 'https://bank.example/p',
        enrich: 'https://enrich.example/e',
        ob: new URL('https://ob.example/o'),
      },
    });

    await ask(READ, {}, 'ob');
    await ask(READ, {}, 'pserver');
    await ask(READ, {}, 'enrich');

    expect(urls()).toEqual(['https://ob.example/o', 'https://bank.example/p', 'https://enrich.example/e']);
    expect(bank.arrivals.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST']);
  });

  test('T1 a server without one gets nothing: NO_ENDPOINT, and no token is asked for', async () => {
    const authToken = vi.fn(() => 'token-1');
    const wired = bridgeOverHttp({ endpoints: { pserver: PSERVER }, authToken });

    expect(await wired.ask({ type: 'getAccounts' }, {}, 'ob')).toEqual(FAILED);

    expect(bank.arrivals).toEqual([]);
    expect(authToken).not.toHaveBeenCalled();
    expect(wired.error).toMatchObject({
      code: 'NO_ENDPOINT',
      message: expect.stringContaining('endpoints.ob'),
      details: { requestId: 'id-1', server: 'ob', type: 'getAccounts', elapsed: expect.any(Number) },
    });
  });

  test('T1 addresses are whole: nothing is appended, a query stays, a fragment is not sent', async () => {
    const { ask } = bridgeOverHttp({
      endpoints: { pserver: 'https://bank.example/execute?channel=WEB#part' },
    });

    await ask(READ);

    expect(urls()).toEqual(['https://bank.example/execute?channel=WEB']);
  });

  test('T1 nothing in a request moves it elsewhere', async () => {
    const { ask } = bridgeOverHttp();

    await ask(
      { type: 'getInsights', url: 'https://evil.example', endpoint: 'https://evil.example' },
      { url: 'https://evil.example', host: 'evil.example', 'x-forwarded-host': 'evil.example' },
    );

    expect(urls()).toEqual([PSERVER]);
  });

  test('T1 an address that is changed after the transport was made changes nothing', async () => {
    const pserver = new URL(PSERVER);
    const endpoints = { pserver };
    const { ask } = bridgeOverHttp({ endpoints });
    pserver.host = 'evil.example';
    endpoints.pserver = new URL('https://evil.example');

    await ask(READ);

    expect(urls()).toEqual([PSERVER]);
  });

  test.each([
    'http://localhost:8080/p',
    'http://127.0.0.1:8080/p',
    'http://[::1]:8080/p',
    'http://a.localhost/p',
  ])('T1 loopback may do without TLS: %s', async (pserver) => {
    await bridgeOverHttp({ endpoints: { pserver } }).ask(READ);

    expect(urls()).toEqual([pserver]);
  });

  test('T1 a relative address is read from the page', async () => {
    vi.stubGlobal('location', { href: 'https://www.bank.example/online/banking' });
    const { ask } = bridgeOverHttp({ endpoints: { pserver: '/api/p', enrich: 'e' } });

    await ask(READ, {}, 'pserver');
    await ask(READ, {}, 'enrich');

    expect(urls()).toEqual(['https://www.bank.example/api/p', 'https://www.bank.example/online/e']);
  });

  test("T1 a page's <base> counts, as it does for the page's own addresses", async () => {
    vi.stubGlobal('location', { href: 'https://www.bank.example/' });
    vi.stubGlobal('document', { baseURI: 'https://www.bank.example/v2/' });

    await bridgeOverHttp({ endpoints: { pserver: 'p' } }).ask(READ);

    expect(urls()).toEqual(['https://www.bank.example/v2/p']);
  });
});

test('T1 T5 a fetch of the page’s own is called with an address and options, which do not follow redirects', async () => {
  const seen: unknown[][] = [];
  const own = async (...args: unknown[]): Promise<Response> => {
    seen.push(args);
    return Response.json({ ok: true, own: true });
  };

  expect(await bridgeOverHttp({ fetch: own, credentials: 'include' }).ask(READ)).toEqual({
    ok: true,
    own: true,
  });

  expect(bank.arrivals).toEqual([]);
  const [address, options, ...more] = seen[0] as [string, RequestInit, ...unknown[]];
  expect([address, ...more]).toEqual([PSERVER]);
  expect(options).toMatchObject({
    method: 'POST',
    redirect: 'manual',
    credentials: 'include',
    body: '{"type":"getInsights"}',
    headers: { authToken: 'token-1', 'content-type': 'application/json' },
    signal: expect.any(AbortSignal),
  });
});

test("T1 the page's fetch is looked up for each request, so that a wrapper that comes later is used", async () => {
  const { ask } = bridgeOverHttp();
  vi.stubGlobal('fetch', async () => Response.json({ ok: true, wrapped: true }));

  expect(await ask(READ)).toEqual({ ok: true, wrapped: true });
});

test.each(['omit', 'same-origin', 'include'] as const)('T1 credentials: %s', async (credentials) => {
  const modes: RequestCredentials[] = [];
  const own = async (_address: string, options: RequestInit): Promise<Response> => {
    modes.push(options.credentials as RequestCredentials);
    return Response.json({ ok: true });
  };

  await bridgeOverHttp({ fetch: own, credentials }).ask(READ);
  await bridgeOverHttp({ fetch: own }).ask(READ);

  expect(modes).toEqual([credentials, 'same-origin']);
});
