import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../../src/inspector.ts';
import { isPoll, isPreflight, isRequest, isSubscription } from '../../doctor/gateway/faults/requests.ts';
import { type GatewayRequest, type Reply, withHeader, withoutHeader } from '../../doctor/gateway/reply.ts';
import type { StartedGateway, StartGatewayOptions } from '../../doctor/gateway/start-gateway.ts';
import type { Engine } from '../../engines/engine.ts';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { launch } from '../../engines/launch.ts';
import type { Page } from '../../engines/page.ts';
import { type LocalServer, serveLocally } from '../../harness/local-server.ts';
import { bundlePage } from '../bundle-page.ts';
import {
  type Asked,
  diagnoseIn,
  HTML,
  idsOf,
  optionsFor,
  servePage,
  startBankFor,
} from './diagnosed-bank.ts';

interface Ends {
  readonly abort: AbortController;
  outcome: string;
  readonly findings: number[];
}

declare global {
  interface Window {
    ends: Ends;
  }
}

type Change = (reply: Reply, request: GatewayRequest) => Reply;

const hide = (reply: Reply): Reply => withoutHeader(reply, 'Access-Control-Allow-Origin');
const breakOff = (reply: Reply): Reply => ({ ...reply, send: (response) => void response.destroy() });
const at = (change: Change, place: 'gateway' | 'wire' = 'gateway'): StartGatewayOptions => ({
  changes: [{ at: place, change }],
});
/** Whatever it carries. */
const isSubscribing = (request: GatewayRequest): boolean =>
  isSubscription(request) && request.method === 'POST';
const queuesOf = (bank: StartedGateway): number => bank.requests.filter(isSubscribing).length;

describe(`what a diagnosis does not take for the fault of a gateway, in ${engineUnderTest}`, () => {
  let engine: Engine;
  let script: string;
  let server: LocalServer;
  let page: Page;
  beforeAll(async () => {
    script = await bundlePage('test/pages/diagnosis/page.ts');
    server = await servePage(script);
    engine = await launch(engineUnderTest);
    page = await engine.open(server.url);
  });
  afterAll(async () => {
    await engine?.close();
    await server?.close();
  });

  async function diagnosed(
    options: StartGatewayOptions,
    asked: Asked = {},
    where = page,
  ): Promise<{ diagnosis: Diagnosis; bank: StartedGateway }> {
    const bank = await startBankFor(server.url, options);
    try {
      return { diagnosis: await diagnoseIn(where, bank, { timeout: 3_000, ...asked }), bank };
    } finally {
      await bank.close();
    }
  }

  it.concurrent.each<[string, Change]>([
    ['the answer is hidden', (reply, request) => (isSubscription(request) ? hide(reply) : reply)],
    [
      'the preflight allows no header',
      (reply, request) =>
        isPreflight(request) ? withoutHeader(reply, 'Access-Control-Allow-Headers') : reply,
    ],
    ['nothing can be read', (reply) => hide(reply)],
  ])('S1: makes one queue at most where the gateway adds the tokens, and %s', async (_what, change) => {
    const { diagnosis, bank } = await diagnosed(
      { addsTokens: true, ...at(change) },
      { tokens: 'none', servers: ['linxo'] },
    );
    expect(queuesOf(bank)).toBeLessThanOrEqual(1);
    const { result, reason } = diagnosis.checks.find(({ name }) => name === 'a new queue') ?? {};
    expect([result, reason]).toEqual(['skipped', expect.stringContaining('not sent twice')]);
  });

  it.concurrent('S1: a policy that refuses where a redirect leads does not refuse the gateway', async () => {
    let gateway = '';
    const own = await servePage(script, () => ({
      'content-security-policy': `default-src 'self'; connect-src ${gateway}`,
    }));
    const signIn = await servePage('');
    const moved = (reply: Reply): Reply =>
      withHeader({ ...hide(reply), status: 302 }, 'Location', signIn.url);
    const bank = await startBankFor(
      own.url,
      at((reply, request) => (isRequest(request) ? moved(reply) : reply)),
    );
    gateway = bank.gateway;
    const other = await engine.open(own.url);
    try {
      const ids = idsOf(await diagnoseIn(other, bank, { timeout: 3_000, servers: ['pserver'] }));
      expect(ids).toEqual(['error-answer-origin of pserver']);
    } finally {
      await other.close();
      await Promise.all([bank.close(), own.close(), signIn.close()]);
    }
  });

  it.concurrent('S1: names the refused header alone, where a server refuses other values of another', async () => {
    const refuse: Change = (reply, request) =>
      isRequest(request) && ![undefined, '42'].includes(request.headers['bankid'] as string | undefined)
        ? hide({ ...reply, status: 403 })
        : reply;
    const { diagnosis } = await diagnosed(at(refuse), { headers: { 'x-channel': 'web', bankId: '42' } });
    expect(diagnosis.findings.map(({ seen }) => seen)).toEqual([
      'The preflight does not allow x-channel. It allows other headers.',
      'The preflight does not allow x-channel. It allows other headers.',
    ]);
  });

  it.concurrent('S1: names content-type where the gateway allows the other headers', async () => {
    const { diagnosis } = await diagnosed(
      { addsTokens: true, allowedHeaders: 'authToken' },
      { tokens: 'none', servers: ['pserver'] },
    );
    expect(diagnosis.findings.map(({ id, seen }) => `${id}: ${seen}`)).toEqual([
      'preflight-headers: The preflight does not allow content-type. It allows other headers.',
    ]);
  });

  it.concurrent('S1: finds what the preflight refuses, though an empty body is refused in a hidden answer', async () => {
    const empty: Change = (reply, request) =>
      isRequest(request) && request.method === 'POST' && !request.body
        ? hide({ ...reply, status: 400 })
        : reply;
    const { diagnosis } = await diagnosed(
      { allowedHeaders: 'content-type', ...at(empty) },
      { servers: ['pserver'] },
    );
    expect(idsOf(diagnosis)).toEqual(['preflight-headers of pserver']);
  });

  it.concurrent('S1: sends the search for the same preflight once', async () => {
    const none: Change = (reply, request) => (isPreflight(request) ? hide(reply) : reply);
    const { diagnosis, bank } = await diagnosed(at(none), { servers: ['pserver'] });
    expect(idsOf(diagnosis)).toEqual(['preflight-refused of pserver']);
    expect(bank.requests.length).toBeLessThan(13);
  });

  it.concurrent('S1: a connection that ends is not said to be a hidden answer', async () => {
    const { diagnosis } = await diagnosed(
      at((reply, request) => (isSubscribing(request) && reply.status === 201 ? breakOff(reply) : reply)),
      { servers: ['linxo'] },
    );
    expect(idsOf(diagnosis)).toEqual([]);
  });

  it.concurrent('S1: says that others are answered, where one request is not', async () => {
    const { diagnosis } = await diagnosed(
      at((reply, request) =>
        isPoll(request) || request.path.includes('connections') ? breakOff(reply) : reply,
      ),
      { servers: ['linxo'] },
    );
    const seen = diagnosis.findings.filter(({ id }) => id === 'unreachable').map((found) => found.seen);
    expect(seen.length).toBeGreaterThan(0);
    for (const one of seen) expect(one).toMatch(/^Other requests to .* are answered/);
  });

  it.concurrent.each([
    [
      'adds a header',
      `(input, init) => { const headers = new Headers(init?.headers); headers.set('traceparent', '00'); return real(input, { ...init, headers }); }`,
    ],
    ['throws', `() => { throw new TypeError('blocked'); }`],
    ['answers by itself', `async () => new Response('', { status: 503 })`],
  ])('S1: finds nothing where a script of the page has replaced fetch, and %s', async (_what, source) => {
    const other = await engine.open(server.url);
    try {
      await other.evaluate(`() => { const real = window.fetch; window.fetch = ${source}; }`);
      const { diagnosis } = await diagnosed({}, {}, other);
      expect(diagnosis.findings).toEqual([]);
      const reasons = diagnosis.checks.map(({ reason = '' }) => reason);
      expect(reasons).toContainEqual(expect.stringContaining('replaced fetch'));
    } finally {
      await other.close();
    }
  });

  it.concurrent.each([
    ['answers', "new Response('', { status: 503 })"],
    ['fails', 'Promise.reject(new Error())'],
  ])('S1: finds nothing where a service worker %s', async (_what, answer) => {
    const worker = `self.onfetch = (event) => { if (event.request.url.includes('/execute')) event.respondWith(${answer}); };`;
    const own = await serveLocally(({ url }, response) => {
      const type = url?.endsWith('.js') ? 'text/javascript' : 'text/html';
      const text = url === '/worker.js' ? worker : url === '/page.js' ? script : HTML;
      response.writeHead(200, { 'content-type': type }).end(text);
    });
    const bank = await startBankFor(own.url);
    const other = await engine.open(own.url);
    try {
      await other.evaluate(() => navigator.serviceWorker.register('/worker.js').then(() => {}));
      await other.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
      await other.goto(own.url);
      await other.waitFor(() => navigator.serviceWorker.controller !== null);
      const { findings } = await diagnoseIn(other, bank, { timeout: 3_000, servers: ['pserver'] });
      expect(findings).toEqual([]);
    } finally {
      await other.close();
      await Promise.all([bank.close(), own.close()]);
    }
  });

  it.concurrent.each(['authToken', 'headers'])(
    'S1: a function %s that never answers ends it',
    async (option) => {
      const message = await page.evaluate((name) => {
        const asked = { endpoints: { pserver: '/x' }, timeout: 200, [name]: () => new Promise(() => {}) };
        return window.diagnose(asked as never).then(
          () => '',
          (error: Error) => error.message,
        );
      }, option);
      expect(message).toMatch(new RegExp(`option '${option}'.*within 200 ms`));
    },
  );

  it.concurrent('T1: gets no token that nothing needs', async () => {
    const calls = await page.evaluate(async () => {
      let count = 0;
      const accessToken = (): string => {
        count += 1;
        return 'unused';
      };
      await window.diagnose({ endpoints: { pserver: '/x' }, accessToken });
      return count;
    });
    expect(calls).toBe(0);
  });

  it.concurrent('S1: sends nothing after its signal aborted, and two at once do not disturb each other', async () => {
    let seen = (): void => {};
    const busy = new Promise<void>((resolve) => {
      seen = resolve;
    });
    const bank = await startBankFor(
      server.url,
      at((reply, request) => {
        if (request.count < 2 || isPreflight(request)) return reply;
        seen();
        return { ...reply, send: () => {} };
      }, 'wire'),
    );
    const right = await startBankFor(server.url);
    try {
      await page.evaluate(
        (stopped, one, two) => {
          const ends: Ends = { abort: new AbortController(), outcome: '', findings: [] };
          window.ends = ends;
          window.diagnose({ ...stopped, signal: ends.abort.signal } as never).then(
            () => (ends.outcome = 'ended'),
            (error: Error) => (ends.outcome = error.message),
          );
          for (const given of [one, two])
            window.diagnose(given as never).then(({ findings }) => ends.findings.push(findings.length));
        },
        optionsFor(bank),
        optionsFor(right),
        optionsFor(right),
      );
      await busy;
      const before = bank.requests.length;
      await page.evaluate(() => window.ends.abort.abort(new Error('enough')));
      // The others end later than a further request would have come.
      await page.waitFor(() => window.ends.outcome !== '' && window.ends.findings.length === 2);
      expect(await page.evaluate(() => [window.ends.outcome, ...window.ends.findings])).toEqual([
        'enough',
        0,
        0,
      ]);
      expect(bank.requests.length).toBe(before);
    } finally {
      await Promise.all([bank.close(), right.close()]);
    }
  });
});
