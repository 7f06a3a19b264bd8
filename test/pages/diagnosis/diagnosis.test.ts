import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Diagnosis, FindingId } from '../../../src/inspector.ts';
import { MARKED } from '../../doctor/gateway/backend.ts';
import { isPreflight, isRequest, isSubscription } from '../../doctor/gateway/faults/requests.ts';
import { FAULTS } from '../../doctor/gateway/faults.ts';
import { type Reply, withHeader, withoutHeader } from '../../doctor/gateway/reply.ts';
import type { StartedGateway, StartGatewayOptions } from '../../doctor/gateway/start-gateway.ts';
import type { Engine } from '../../engines/engine.ts';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { launch } from '../../engines/launch.ts';
import type { Page } from '../../engines/page.ts';
import type { LocalServer } from '../../harness/local-server.ts';
import { bundlePage } from '../bundle-page.ts';
import {
  type Asked,
  diagnoseIn,
  idsOf,
  servePage,
  startBankFor,
  startBankOnOneOrigin,
} from './diagnosed-bank.ts';

/** What a page says of a fault, where it cannot know as much as the command. */
const IN_A_PAGE: Partial<Record<FindingId, readonly FindingId[]>> = {
  redirect: ['redirect', 'preflight-refused'],
  'preflight-origin': ['preflight-refused'],
  'preflight-methods': ['preflight-refused'],
  'preflight-headers': ['preflight-headers', 'preflight-refused'],
  'preflight-wildcard': ['preflight-wildcard', 'preflight-credentials'],
  'authorization-wildcard': ['preflight-wildcard'],
  'origin-twice': ['preflight-refused', 'error-answer-origin'],
  'location-missing': ['location-hidden'],
  'rate-limit-form': ['rate-limit-form', 'retry-after-hidden'],
  'body-encoding': ['body-encoding', 'body-cut'],
  // Firefox takes rubbish as an answer without headers.
  'not-http': ['unreachable', 'error-answer-origin'],
};

/** What a page cannot see, or an engine tolerates. */
const UNSEEN: readonly FindingId[] = [
  'authorization-wildcard',
  'body-cut',
  'body-encoding',
  'cached-answer',
  'credentials-wildcard',
  'no-http2',
  'old-http',
  'origin-reflected',
  'preflight-lifetime',
  'retry-after-not-listed',
  'uncompressed',
  'vary',
  'vary-unstored',
];
const OF_THE_PAGE: readonly FindingId[] = [
  'connect-src',
  'page-framing',
  'page-moved',
  'page-sandboxed',
  'trusted-types',
];
const ofServers = FAULTS.filter(
  ({ name, finds }) =>
    !finds.some((id) => OF_THE_PAGE.includes(id)) &&
    // It is busy with what has already arrived, and other requests wait for that.
    !(engineUnderTest === 'webkit' && name === 'answers do not end'),
);

describe(`a diagnosis in ${engineUnderTest}`, () => {
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

  async function withBank<T>(
    options: StartGatewayOptions,
    run: (bank: StartedGateway) => Promise<T>,
    origin = server.url,
  ): Promise<T> {
    const bank = await startBankFor(origin, options);
    try {
      return await run(bank);
    } finally {
      await bank.close();
    }
  }

  function diagnosed(options: StartGatewayOptions, asked: Asked = {}): Promise<Diagnosis> {
    return withBank(options, (bank) => diagnoseIn(page, bank, { timeout: 3_000, ...asked }));
  }

  /** In a page with these headers. */
  async function diagnosedUnder(
    headers: (gateway: string) => Readonly<Record<string, string>>,
    asked?: Asked,
    origin?: string,
  ): Promise<Diagnosis> {
    let given = {};
    const own = await servePage(script, () => given);
    try {
      return await withBank(
        {},
        async (bank) => {
          given = headers(bank.gateway);
          const other = await engine.open(own.url);
          try {
            return await diagnoseIn(other, bank, asked);
          } finally {
            await other.close();
          }
        },
        origin ?? own.url,
      );
    } finally {
      await own.close();
    }
  }

  const changed = (change: (reply: Reply) => Reply, when = isRequest): StartGatewayOptions => ({
    changes: [{ at: 'gateway', change: (reply, request) => (when(request) ? change(reply) : reply) }],
  });

  const allOrigins = changed(
    (reply) => withHeader(withoutHeader(reply, 'Vary'), 'Access-Control-Allow-Origin', '*'),
    () => true,
  );
  it.concurrent.each<[string, StartGatewayOptions, Asked]>([
    ['all servers', {}, { servers: ['pserver', 'enrich', 'ob', 'linxo'] }],
    ['cookies', { credentials: true }, { credentials: 'include' }],
    ['a header of the page', {}, { headers: { bankId: '42' } }],
    ['all origins allowed', allOrigins, {}],
    ['a gateway that adds the tokens', { addsTokens: true }, { tokens: 'none' }],
    ['no token', {}, { tokens: 'missing' }],
  ])('finds nothing where all is right, with %s', async (_what, options, asked) => {
    const { findings, checks } = await diagnosed(options, asked);
    expect(findings).toEqual([]);
    expect(checks.filter(({ result }) => result === 'fine').length).toBeGreaterThan(2);
    expect(checks.filter(({ result }) => result === 'found')).toEqual([]);
  });

  it.concurrent.each(ofServers.map((fault) => [fault.name, fault] as const))(
    'says what a page can know, where %s',
    async (_name, fault) => {
      const { credentials = false, finds } = fault;
      const asked = credentials ? ({ credentials: 'include' } as const) : {};
      const { findings } = await diagnosed({ changes: [fault], credentials }, asked);
      const ids = findings.map(({ id }) => id);
      const allowed = finds.flatMap((id) => IN_A_PAGE[id] ?? [id]);
      expect(ids.filter((id) => !allowed.includes(id))).toEqual([]);
      for (const id of finds.filter((one) => !UNSEEN.includes(one))) {
        expect(ids, id).toEqual(expect.arrayContaining([expect.toBeOneOf([...(IN_A_PAGE[id] ?? [id])])]));
      }
      const cookies = findings.flatMap(({ fixes }) => fixes?.azure.match(/allow-credentials="\w+"/g) ?? []);
      expect(cookies).toEqual(cookies.map(() => `allow-credentials="${credentials}"`));
    },
  );

  it.concurrent('sees all headers on the origin of the page', async () => {
    const bank = await startBankOnOneOrigin(script, [
      {
        at: 'server',
        change: (reply, request) => (isSubscription(request) ? withoutHeader(reply, 'Location') : reply),
      },
    ]);
    const own = await engine.open(bank.origin);
    try {
      const found = idsOf(await diagnoseIn(own, bank, { servers: ['pserver', 'enrich', 'ob', 'linxo'] }));
      // Nobody needs that header there, but nothing says so.
      expect(found.filter((id) => !id.startsWith('retry-after-not-listed'))).toEqual([
        'location-missing of linxo',
      ]);
    } finally {
      await own.close();
      await bank.close();
    }
  });

  it.concurrent('names the header that is refused, and no other', async () => {
    const { findings } = await diagnosed({}, { headers: { 'x-channel': 'web', bankId: '42' } });
    expect(findings).toMatchObject([
      {
        id: 'preflight-headers',
        subject: 'pserver',
        seen: 'The preflight does not allow x-channel. It allows other headers.',
      },
      { id: 'preflight-headers', subject: 'linxo' },
    ]);
    expect(findings[0]?.header).toMatch(/^Access-Control-Allow-Headers: .*x-channel/);
  });

  it.concurrent('finds that the origin is not allowed at all, and does not guess at the rest', async () => {
    const none = changed(
      (reply) => withoutHeader(reply, 'Access-Control-Allow-Origin'),
      () => true,
    );
    const diagnosis = await diagnosed(none);
    expect(idsOf(diagnosis)).toEqual(['error-answer-origin of pserver', 'error-answer-origin of linxo']);
    const { result, reason } = diagnosis.checks.find(({ name }) => name === 'a command') ?? {};
    expect([result, reason]).toEqual(['skipped', expect.stringContaining('npx bankside doctor')]);
  });

  it.concurrent('finds that there is no server', async () => {
    const gone = await startBankFor(server.url);
    await gone.close();
    const { findings } = await diagnoseIn(page, gone, { timeout: 3_000 });
    expect(findings.map(({ id, subject }) => [id, subject])).toEqual([
      ['unreachable', 'pserver'],
      ['unreachable', 'linxo'],
    ]);
    expect(findings[0]?.seen).toMatch(/certificate/);
  });

  it.concurrent('takes no answer for the fault of a server that hides itself from other sites', async () => {
    const hiding = changed(
      (reply) => withHeader(reply, 'Cross-Origin-Resource-Policy', 'same-origin'),
      () => true,
    );
    expect((await diagnosed(hiding)).findings).toEqual([]);
  });

  it.concurrent('sends nothing to a plain HTTP address', async () => {
    const asked = { endpoints: { pserver: 'http://gateway.bank.example/execute' }, authToken: 'secret' };
    const { findings } = await page.evaluate((given) => window.diagnose(given), asked);
    expect(findings.map(({ id }) => id)).toEqual(['insecure-address']);
  });

  it.concurrent.each([
    ['connect-src', (): string => "default-src 'self'; connect-src 'self'"],
    ['default-src', (): string => "default-src 'self'"],
    ['a path', (gateway: string): string => `default-src 'self'; connect-src ${gateway}/other/`],
  ])('finds what the policy of the page refuses: %s', async (_what, policy) => {
    const { findings } = await diagnosedUnder((gateway) => ({ 'content-security-policy': policy(gateway) }));
    expect(findings.map(({ id, subject }) => [id, subject])).toEqual([['connect-src', 'page']]);
    expect(findings[0]?.header).toMatch(/^Content-Security-Policy: connect-src .*http:\/\/127\.0\.0\.1:\d+$/);
  });

  it.concurrent('does not take a policy that only reports for one that refuses', async () => {
    const policy = "default-src 'self'; connect-src 'none'";
    const { findings } = await diagnosedUnder(() => ({ 'content-security-policy-report-only': policy }));
    expect(findings).toEqual([]);
  });

  it.concurrent('works under the strict policy, and finds that it keeps the widget from starting', async () => {
    const strict = (gateway: string) => ({
      'content-security-policy': `default-src 'self'; connect-src ${gateway}; require-trusted-types-for 'script'`,
    });
    expect(idsOf(await diagnosedUnder(strict))).toEqual(['trusted-types of page']);
    // Without a widget, nothing needs it.
    expect(idsOf(await diagnosedUnder(strict, { servers: ['linxo'] }))).toEqual([]);
  });

  it.concurrent('finds that a sandboxed page has no origin, where a gateway allows only some', async () => {
    const sandboxed = () => ({ 'content-security-policy': 'sandbox allow-scripts' });
    expect(idsOf(await diagnosedUnder(sandboxed))).toContain('page-sandboxed of page');
    expect(idsOf(await diagnosedUnder(sandboxed, {}, 'null'))).toEqual([]);
  });

  // WebKit's driver has no setting for the names of hosts.
  it.skipIf(engineUnderTest === 'webkit')('finds that the page came over plain HTTP', async () => {
    const far = await launch(engineUnderTest, { localHost: 'dev.bank.example' });
    const bank = await startBankOnOneOrigin(script);
    try {
      const own = await far.open(bank.origin.replace('127.0.0.1', 'dev.bank.example'));
      const { findings, checks } = await own.evaluate((authToken) => {
        const endpoints = { pserver: '/pserver/execute' };
        return window.diagnose({ endpoints, authToken });
      }, MARKED.authToken);
      expect(findings.map(({ id }) => id)).toEqual(['insecure-page']);
      expect(checks).toContainEqual({ subject: 'page', name: 'the address of the page', result: 'found' });
    } finally {
      await far.close();
      await bank.close();
    }
  });

  it.concurrent('sends tokens with the plan alone, makes one queue, and shows no secret', async () => {
    const cut = changed(
      (reply) => withoutHeader(reply, 'Access-Control-Allow-Headers'),
      (request) => isPreflight(request) && request.subject === 'pserver',
    );
    await withBank(cut, async (bank) => {
      const diagnosis = await diagnoseIn(page, bank, { headers: { bankId: MARKED.headerValue } });
      const subscriptions = bank.requests.filter(
        ({ method, path, headers }) =>
          method === 'POST' &&
          path.endsWith('subscribe') &&
          headers.authorization?.includes(MARKED.accessToken),
      );
      expect(subscriptions).toHaveLength(1);
      const said = JSON.stringify(diagnosis);
      for (const secret of Object.values(MARKED)) expect(said).not.toContain(secret);
    });
  });

  it.concurrent('asks for a fresh token where one has expired', async () => {
    await withBank({}, async (bank) => {
      const { findings, calls } = await page.evaluate(
        async (pserver, valid) => {
          const seen: (string | undefined)[] = [];
          const authToken = ({ rejected }: { rejected: string | undefined }): string => {
            seen.push(rejected);
            return rejected === undefined ? 'expired' : valid;
          };
          const diagnosis = await window.diagnose({ endpoints: { pserver }, authToken });
          return { findings: diagnosis.findings, calls: seen };
        },
        bank.addressOf('pserver'),
        MARKED.authToken,
      );
      expect(findings).toEqual([]);
      expect(calls).toEqual([null, 'expired']);
    });
  });

  it.concurrent('ends as soon as its signal aborts', async () => {
    const asked = await page.evaluate(async (pserver) => {
      const abort = new AbortController();
      const run = window.diagnose({ endpoints: { pserver }, signal: abort.signal });
      abort.abort(new Error('enough'));
      return run.then(
        () => 'ended',
        (error: Error) => error.message,
      );
    }, `${server.url}/pserver`);
    expect(asked).toBe('enough');
  });

  it.concurrent.each<[string, object]>([
    ["option 'endpoint'", { endpoint: {} }],
    ["option 'endpoints'", {}],
    ["option 'endpoints.pserver'", { endpoints: { pserver: 'https://user:secret@bank.example/' } }],
    ["option 'timeout'", { endpoints: { pserver: '/x' }, timeout: 0 }],
    ["option 'authToken'", { endpoints: { pserver: '/x' }, authToken: 'secret\n' }],
    ["option 'headers'", { endpoints: { pserver: '/x' }, headers: { 'secret header': 'secret' } }],
    ["option 'onCheck'", { endpoints: { pserver: '/x' }, onCheck: 'secret' }],
  ])('names the %s that does not fit', async (message, options) => {
    const error = await page.evaluate(
      (given) =>
        window.diagnose(given as never).then(
          () => 'nothing',
          (thrown: Error) => thrown.message,
        ),
      options,
    );
    expect(error).toContain(message);
    expect(error).not.toContain('secret');
  });
});
