import type { RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type LocalServer, serveLocally } from '../../harness/local-server.ts';
import { selfSigned } from '../../harness/self-signed.ts';

/** A fault between the page and the gateway. Each part that it does not name is in order. */
export interface Fault {
  /** Changes an answer of the gateway: the headers of a good one are set. Returns its status. */
  readonly change?: (response: ServerResponse, isPreflight: boolean, page: string) => number | undefined;
  /** The policy of the page. */
  readonly policy?: string;
  /** How the page asks: with cookies, through a service worker, or not before the test says so. */
  readonly ask?: 'cookies' | 'worker' | 'wait';
  /** Where the page sends to, instead of the gateway. */
  readonly target?: 'closed port' | 'unknown certificate' | 'own origin';
}

const ORIGIN = 'access-control-allow-origin';

const ofPreflight =
  (change: (response: ServerResponse, page: string) => number | undefined): NonNullable<Fault['change']> =>
  (response, isPreflight, page) =>
    isPreflight ? change(response, page) : undefined;

const set = (name: string, value: string) => (response: ServerResponse) => {
  response.setHeader(name, value);
  return undefined;
};

/** By the first cell of the tables in docs/errors.md. */
export const faults: Readonly<Record<string, Fault>> = {
  'The preflight has no `Access-Control-Allow-Origin`': {
    change: ofPreflight((response) => {
      response.removeHeader(ORIGIN);
      return undefined;
    }),
  },
  'The answer has no `Access-Control-Allow-Origin`': {
    change: (response, isPreflight) => {
      if (!isPreflight) response.removeHeader(ORIGIN);
      return undefined;
    },
  },
  'It names another origin': { change: ofPreflight(set(ORIGIN, 'https://www.bank.example')) },
  'It is there twice': {
    change: ofPreflight((response, page) => {
      response.setHeader(ORIGIN, [page, page]);
      return undefined;
    }),
  },
  'The preflight is refused, with all its headers': { change: ofPreflight(() => 401) },
  'The preflight is refused, without headers': {
    change: ofPreflight((response) => {
      for (const name of response.getHeaderNames()) response.removeHeader(name);
      return 401;
    }),
  },
  'The preflight is redirected, as to a sign-in page': {
    change: ofPreflight((response) => {
      response.setHeader('location', '/sign-in');
      return 302;
    }),
  },
  'A header is not allowed': { change: ofPreflight(set('access-control-allow-headers', 'content-type')) },
  "The origin is `*`, with `credentials: 'include'`": {
    change: ofPreflight(set(ORIGIN, '*')),
    ask: 'cookies',
  },
  "No `Access-Control-Allow-Credentials`, with `credentials: 'include'`": { ask: 'cookies' },
  '`connect-src` does not name the gateway': { policy: "connect-src 'self'" },
  'There is no `connect-src`, and `default-src` does not name it': { policy: "default-src 'self'" },
  'Nothing listens at the address': { target: 'closed port' },
  'The certificate is not trusted': { target: 'unknown certificate' },
  'The connection breaks, to an address of your origin': { target: 'own origin' },
  'A service worker takes the request, and its `fetch` fails': { ask: 'worker' },
  // Chromium sends preflights even then.
  'The browser is offline': { ask: 'wait', target: 'own origin' },
  'An extension blocks the request': { ask: 'wait' },
};

/** A page and a gateway with a fault between them. */
export interface FaultyBank {
  readonly address: string;
  /** The methods of the requests that have arrived at the gateway. */
  readonly arrived: readonly string[];
  close(): Promise<void>;
}

export async function openFaultyBank(fault: Fault, script: string): Promise<FaultyBank> {
  const arrived: string[] = [];
  const page = await serveLocally((request, response) => {
    const url = new URL(request.url ?? '', 'http://page.localhost');
    if (request.method === 'POST') {
      request.socket.destroy();
      return;
    }
    if (fault.policy) response.setHeader('content-security-policy', fault.policy);
    const type = url.pathname.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.setHeader('content-type', type).end(contentOf(url, script));
  });
  const gateway = await serveLocally((request, response) => {
    arrived.push(request.method ?? '');
    const isPreflight = request.method === 'OPTIONS';
    response.setHeader(ORIGIN, page.url);
    if (isPreflight) response.setHeader('access-control-allow-headers', 'content-type, authtoken');
    const status = fault.change?.(response, isPreflight, page.url) ?? (isPreflight ? 204 : 200);
    response.writeHead(status).end(isPreflight ? '' : '{"ok":true}');
  });
  const stranger = fault.target === 'unknown certificate' ? await serveSecurely() : undefined;
  const target = {
    'own origin': async () => page.url,
    'closed port': closedPort,
    'unknown certificate': async () => stranger?.url ?? '',
  };
  const origin = fault.target ? await target[fault.target]() : gateway.url;
  const asked = new URLSearchParams({ gateway: `${origin}/pserver` });
  if (fault.ask) asked.set(fault.ask, fault.ask === 'worker' ? await closedPort() : '');
  return {
    address: `${page.url}/?${asked}`,
    arrived,
    async close() {
      await Promise.all([page, gateway, stranger].map((server) => server?.close()));
    },
  };
}

function contentOf({ pathname }: URL, script: string): string {
  if (pathname === '/worker.js') return worker;
  if (pathname === '/page.js') return script;
  return '<!doctype html><link rel="icon" href="data:,"><script src="/page.js" defer></script>';
}

/** Sends the requests for the gateway to the address of its parameter, where nothing listens. */
const worker = `
  const to = new URL(location.href).searchParams.get('to');
  addEventListener('install', () => skipWaiting());
  addEventListener('activate', (event) => event.waitUntil(clients.claim()));
  addEventListener('fetch', (event) => {
    if (event.request.method === 'POST') event.respondWith(fetch(to, { method: 'POST' }));
  });`;

/** An address where nothing listens. */
async function closedPort(): Promise<string> {
  const server = await serveLocally(() => {});
  await server.close();
  return server.url;
}

async function serveSecurely(
  listener: RequestListener = (_request, response) => response.end(),
): Promise<LocalServer> {
  const server = createServer(selfSigned(), listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
