import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type HttpTransportOptions, httpTransport, WidgetBridge } from '../../../src/index.ts';
import { bridgeOverHttp, FAILED, READ } from '../fixtures/bridge-over-http.ts';

const OK = { ok: true };
const INTRANET = 'http://intranet.bank.example:8080/online/';

/** Where the requests went. */
let sent: string[] = [];

const fetch: HttpTransportOptions['fetch'] = async (address) => {
  sent.push(address);
  return new Response(JSON.stringify(OK));
};

function goTo(href: string): void {
  vi.stubGlobal('location', { href });
}

beforeEach(() => {
  sent = [];
  vi.spyOn(console, 'warn').mockReturnValue();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('S5 httpTransport made where there is no page', () => {
  test('S5 a request there fails, and names the endpoint and what to do', async () => {
    const authToken = vi.fn(() => 'token-1');
    const wired = bridgeOverHttp({ endpoints: { pserver: '/api' }, authToken, fetch });

    expect(await wired.ask(READ)).toEqual(FAILED);

    expect(wired.error).toMatchObject({ code: 'INVALID_OPTIONS', details: { option: 'endpoints.pserver' } });
    expect(wired.error.message).toMatch(/no page: on a server, give a whole one$/);
    expect(authToken).not.toHaveBeenCalled();
    expect(sent).toEqual([]);
  });

  test('S5 a whole address works there', async () => {
    const wired = bridgeOverHttp({ endpoints: { pserver: 'https://api.bank.example/execute' }, fetch });

    expect(await wired.ask(READ)).toEqual(OK);
    expect(sent).toEqual(['https://api.bank.example/execute']);
  });

  test('S5 T1 all requests go where the first one went, wherever the page goes', async () => {
    const wired = bridgeOverHttp({ endpoints: { pserver: 'api' }, fetch });
    goTo('https://bank.example/online/');
    await wired.ask(READ);
    goTo('https://bank.example/online/cards/');
    await wired.ask(READ);

    expect(sent).toEqual(['https://bank.example/online/api', 'https://bank.example/online/api']);
  });
});

describe('T1 insecurePage', () => {
  test('T1 is emitted once, with the origin of the page, before anything is sent or asked for', async () => {
    goTo(INTRANET);
    const steps: unknown[] = [];
    const authToken = () => {
      steps.push('token');
      return 'token-1';
    };
    const { bridge, ask } = bridgeOverHttp({ endpoints: { pserver: '/api' }, authToken, fetch });
    bridge.on('insecurePage', (event) => steps.push(event));
    await ask(READ);
    await ask(READ);

    expect(steps).toEqual([{ origin: 'http://intranet.bank.example:8080' }, 'token', 'token']);
  });

  test('T1 is emitted by each bridge of a transport', async () => {
    goTo(INTRANET);
    const transport = httpTransport({ endpoints: { pserver: '/api' }, authToken: false, fetch });
    const seen: string[] = [];
    for (const name of ['one', 'two']) {
      const bridge = new WidgetBridge({ transport });
      bridge.on('insecurePage', () => seen.push(name));
      await bridge.send('pserver', READ);
      bridge.dispose();
    }

    expect(seen).toEqual(['one', 'two']);
  });

  test('T1 a page that disposes the bridge then sends nothing', async () => {
    goTo(INTRANET);
    const authToken = vi.fn(() => 'token-1');
    const { bridge, ask } = bridgeOverHttp({ endpoints: { pserver: '/api' }, authToken, fetch });
    bridge.on('insecurePage', () => bridge.dispose());

    expect(await ask(READ)).toEqual(FAILED);
    expect(authToken).not.toHaveBeenCalled();
    expect(sent).toEqual([]);
  });

  test.each([
    ['https://www.bank.example/', '/api'],
    ['http://localhost:3000/', '/api'],
    ['capacitor://localhost/', '/api'],
    [INTRANET, 'https://api.bank.example/execute'],
  ])('T1 is not emitted on a page at %s for %s', async (href, pserver) => {
    goTo(href);
    const { bridge, ask } = bridgeOverHttp({ endpoints: { pserver }, fetch });
    const handler = vi.fn();
    bridge.on('insecurePage', handler);

    expect(await ask(READ)).toEqual(OK);
    expect(handler).not.toHaveBeenCalled();
  });

  test('T1 made without a page, `allowInsecure: false` fails each request of such a page', async () => {
    const wired = bridgeOverHttp({ endpoints: { pserver: '/api' }, allowInsecure: false, fetch });
    goTo(INTRANET);
    const handler = vi.fn();
    wired.bridge.on('insecurePage', handler);

    expect(await wired.ask(READ)).toEqual(FAILED);
    expect(wired.error).toMatchObject({ code: 'INVALID_OPTIONS', details: { option: 'endpoints.pserver' } });
    expect(wired.error.message).toContain('allowInsecure is false');
    expect(handler).not.toHaveBeenCalled();
    expect(sent).toEqual([]);
  });

  test('T1 a caller that is not a bridge, or whose report throws, gets its answer', async () => {
    goTo(INTRANET);
    const transport = httpTransport({ endpoints: { pserver: '/api' }, authToken: false, fetch });
    const { signal } = new AbortController();
    const request = { requestId: '1', server: 'pserver', type: undefined, body: '{}', headers: {} } as const;
    const insecurePage = () => {
      throw new Error('no');
    };

    expect(await transport.send(request, { signal, deadline: Infinity })).toBe(JSON.stringify(OK));
    expect(await transport.send(request, { signal, deadline: Infinity, insecurePage })).toBe(
      JSON.stringify(OK),
    );
  });
});
