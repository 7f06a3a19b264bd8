import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { SandboxOptions } from '../../../src/testing/index.ts';
import type { Engine } from '../../engines/engine.ts';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { launch } from '../../engines/launch.ts';
import type { Page } from '../../engines/page.ts';
import { type Bank, type Omission, openBank } from './bank.ts';
import { documentedHeaders, documentedRequests, documentedRows } from './documented.ts';
import { followQueue, type Seen, sendCommand, type Watch } from './page.ts';

const HOUR = 3_600_000;
/** Polls as close as a test wants them. */
const close = { close: 50, closeFor: 60_000, reconcile: 60_000 };
/**
 * The first two polls, which are half of it apart, are much further apart than the 5 s for which browsers remember a preflight that says
 * nothing of it: its answer may be slow.
 */
const apart = { ...close, close: 18_000 };

const without =
  (
    name: string,
    isMeant: (isPreflight: boolean, status: number) => boolean,
  ): NonNullable<Omission['strip']> =>
  (response, { method }) => {
    if (isMeant(method === 'OPTIONS', response.statusCode)) response.removeHeader(name);
  };
const hiding =
  (name: string): NonNullable<Omission['strip']> =>
  (response: ServerResponse) => {
    const exposed = `${response.getHeader('access-control-expose-headers') ?? ''}`.split(', ');
    response.setHeader('access-control-expose-headers', exposed.filter((other) => other !== name).join(', '));
  };
const isPreflight = (is: boolean): boolean => is;
const isAnswer = (is: boolean): boolean => !is;

describe(`the gateway of the documents, for a page of another origin in ${engineUnderTest}`, () => {
  let engine: Engine;
  let bank: Bank;
  /** Of the row that is nothing but waiting: it is begun before all tests, and looked at in its turn. */
  let waiting: { readonly bank: Bank; readonly seen: Promise<Seen> };

  beforeAll(async () => {
    engine = await launch(engineUnderTest);
    const own = await openBank({ strip: without('access-control-max-age', isPreflight) });
    const page = await engine.open(own.pageUrl);
    const seen = followQueue(page, { gateway: own.gatewayUrl, polls: 2, schedule: apart });
    seen.catch(() => {}); // for a run without its test
    waiting = { bank: own, seen };
  });
  afterEach(() => bank?.close());
  afterAll(async () => {
    await engine?.close();
    await waiting?.bank.close();
  });

  /** Follows the queue of a bank that leaves something out. */
  async function follow(omission: Omission, watch: Omit<Watch, 'gateway'> = {}, options?: SandboxOptions) {
    bank = await openBank(omission, options);
    const page = await engine.open(bank.pageUrl);
    onTestFinished(() => page.close());
    return { page, seen: followQueue(page, { gateway: bank.gatewayUrl, ...watch }) };
  }

  const methods = (): string[] => bank.arrived.map(({ method }) => method);
  const reads = (of: Bank = bank): typeof bank.arrived =>
    of.arrived.filter(({ path }) => /queues\/(?!subscribe)/.test(path));
  const preflightsOfReads = (of: Bank = bank): number =>
    reads(of).filter(({ method }) => method === 'OPTIONS').length;

  /** Lets a connection synchronise from when the page has read it. */
  async function followSynchronisation(
    omission: Omission,
    options?: SandboxOptions,
  ): Promise<{ page: Page; seen: Seen }> {
    const { page, seen } = await follow(omission, { syncedId: 'connection-1', schedule: close }, options);
    bank.sandbox.linxo.addConnection({ id: 'connection-1' });
    await vi.waitFor(
      () => expect(bank.arrived.some(({ path }) => path.includes('connections/'))).toBe(true),
      {
        timeout: 30_000,
      },
    );
    await vi.waitFor(() => expect(reads().length).toBeGreaterThan(4), { timeout: 30_000 });
    bank.sandbox.linxo.synchronise('connection-1', 'success', { speed: 30 });
    return { page, seen: await seen };
  }

  it('lets a poller and a transport do all that they do', async () => {
    const { page, seen } = await followSynchronisation({});
    expect(seen).toMatchObject({ start: 'begun', failures: [], status: 'polling' });
    expect(await sendCommand(page, bank.gatewayUrl)).toBe('answered');
    expect(await page.evaluate('() => breaches')).toEqual([]);

    const asked = new Map(
      bank.arrived
        .filter(({ method }) => method === 'OPTIONS')
        .map(({ path, asked: headers }) => [
          path.replace(/(queues|connections)\/(?!subscribe).*/, '$1/{id}'),
          headers,
        ]),
    );
    const told = documentedRequests().map(([, request = '', headers = '']) => [
      request,
      [...headers.matchAll(/`([\w-]+)`/g)].map(([, header = '']) => header.toLowerCase()),
    ]);
    const own = (names: readonly string[]): string[] => names.filter((header) => header !== 'headers').sort();
    const [widget, subscribe, queue, connection] = told.map(([, headers]) => own(headers as string[]));
    expect(own(asked.get('/pserver/execute') ?? [])).toEqual(widget);
    expect(own(asked.get('/linxo/queues/subscribe') ?? [])).toEqual(subscribe);
    expect(own(asked.get('/linxo/queues/{id}') ?? [])).toEqual(queue);
    expect(own(asked.get('/linxo/connections/{id}') ?? [])).toEqual(connection);

    const [preflight, answer] = documentedHeaders(bank.pageUrl, bank.gatewayUrl);
    for (const { method, headers } of bank.arrived.slice(0, 6)) {
      expect(headers).toMatchObject((method === 'OPTIONS' ? preflight : answer) ?? {});
    }
  });

  it('is asked for leave no more once it has said how long that is good', async () => {
    const { seen } = await follow({}, { polls: 12, schedule: close });
    await expect(seen).resolves.toMatchObject({ start: 'begun', failures: [] });
    expect(preflightsOfReads()).toBeLessThanOrEqual(2);
    expect(methods().slice(-8)).toEqual(Array.from({ length: 8 }, () => 'GET'));
  });

  /** What the document says of each row when it is left out. */
  const rows: Record<string, () => Promise<void>> = {
    'Access-Control-Allow-Origin of preflights': async () => {
      const { seen } = await follow({ strip: without('access-control-allow-origin', isPreflight) });
      await expect(seen).resolves.toMatchObject({ start: 'NETWORK' });
      expect(new Set(methods())).toEqual(new Set(['OPTIONS']));
    },
    'Access-Control-Allow-Origin of answers': async () => {
      const { seen } = await follow({ strip: without('access-control-allow-origin', isAnswer) });
      await expect(seen).resolves.toMatchObject({ start: 'NETWORK' });
      expect(methods()).toContain('POST');
    },
    'Access-Control-Allow-Origin of error answers': async () => {
      const strip = without('access-control-allow-origin', (_, status) => status >= 400);
      const { seen, page } = await follow({ strip });
      await seen;
      bank.sandbox.fault({ kind: 'stale-token', server: 'linxo' });
      const stale = followQueue(page, { gateway: bank.gatewayUrl });
      await expect(stale).resolves.toMatchObject({ start: 'NETWORK', failures: [{ code: 'NETWORK' }] });
    },
    'Access-Control-Allow-Headers of preflights': async () => {
      const { seen, page } = await follow({ strip: without('access-control-allow-headers', isPreflight) });
      await expect(seen).resolves.toMatchObject({ start: 'NETWORK' });
      expect(await sendCommand(page, bank.gatewayUrl)).toBe('NETWORK');
      expect(new Set(methods())).toEqual(new Set(['OPTIONS']));
    },
    'Access-Control-Expose-Headers: Location of the answer to queues/subscribe': async () => {
      const { seen } = await follow({ strip: hiding('Location') });
      const failures = [{ code: 'INVALID_RESPONSE' }];
      await expect(seen).resolves.toMatchObject({ start: 'INVALID_RESPONSE', failures, status: 'failed' });
    },
    'Access-Control-Expose-Headers: Retry-After of answers with 429 or 503': async () => {
      const busy = async (omission: Omission): Promise<number> => {
        const { page, seen } = await follow(omission);
        await seen;
        bank.sandbox.fault({ kind: 'error', status: 503, retryAfter: 60, server: 'linxo' });
        const { failures } = await followQueue(page, { gateway: bank.gatewayUrl });
        expect(failures).toMatchObject([{ code: 'HTTP', status: 503 }]);
        await bank.close();
        return failures[0]?.retryIn ?? 0;
      };
      expect(await busy({})).toBeGreaterThanOrEqual(60_000);
      expect(await busy({ strip: hiding('Retry-After') })).toBeLessThan(10_000);
    },
    'Access-Control-Expose-Headers: Date of answers': async () => {
      const behind = { now: () => Date.now() - HOUR };
      const { seen: told } = await followSynchronisation({}, behind);
      expect(told.sources).toContain('event');
      await bank.close();
      const { seen: hidden } = await followSynchronisation({ strip: hiding('Date') }, behind);
      expect(new Set(hidden.sources)).toEqual(new Set(['reconcile']));
    },
    'Access-Control-Max-Age of preflights': async () => {
      await expect(waiting.seen).resolves.toMatchObject({ start: 'begun', failures: [] });
      expect(preflightsOfReads(waiting.bank)).toBe(2);
    },
    'Cache-Control: no-store of answers to GET': async () => {
      const { seen } = await follow(
        { strip: without('cache-control', isAnswer) },
        { polls: 8, schedule: close },
      );
      await expect(seen).resolves.toMatchObject({ start: 'begun', failures: [] });
      // WebKit uses a preflight that it remembers even then.
      expect(preflightsOfReads()).toBe(engineUnderTest === 'webkit' ? 1 : 8);
    },
  };

  it('has a test for each row of the table', () => {
    expect(Object.keys(rows)).toEqual(documentedRows());
  });

  it.each(Object.entries(rows))('fails as the document says without %s', async (_row, test) => test());

  it('need not name the methods', async () => {
    const { seen } = await follow({ strip: without('access-control-allow-methods', isPreflight) });
    await expect(seen).resolves.toMatchObject({ start: 'begun', failures: [] });
  });

  it('is out of reach if it wants a token of preflights', async () => {
    const strip: Omission['strip'] = (response, { method, headers }) => {
      if (method === 'OPTIONS' && !headers.authorization) response.statusCode = 401;
    };
    const { seen } = await follow({ strip });
    await expect(seen).resolves.toMatchObject({ start: 'NETWORK' });
    expect(new Set(methods())).toEqual(new Set(['OPTIONS']));
  });

  it('takes cookies only if it says so', async () => {
    const credentials = 'include';
    const { seen } = await follow({}, { credentials });
    await expect(seen).resolves.toMatchObject({ start: 'NETWORK' });
    await bank.close();
    const strip: Omission['strip'] = (response) => {
      response.setHeader('access-control-allow-credentials', 'true');
    };
    const { seen: allowed } = await follow({ strip }, { credentials });
    await expect(allowed).resolves.toMatchObject({ start: 'begun', failures: [] });
  });

  it('is not followed where it leads elsewhere', async () => {
    const strip: Omission['strip'] = (response, { method }) => {
      if (method === 'POST') response.setHeader('location', '/sign-in').statusCode = 302;
    };
    const { seen } = await follow({ strip });
    await expect(seen).resolves.toMatchObject({ start: 'HTTP', failures: [{ code: 'HTTP', status: 0 }] });
    expect(bank.arrived.map(({ path }) => path)).not.toContain('/sign-in');
  });

  it('is out of reach without connect-src, which the browser reports', async () => {
    const policy = (whole: string): string => whole.replace(/connect-src [^;]*; /, '');
    const { seen, page } = await follow({ policy });
    await expect(seen).resolves.toMatchObject({ start: 'NETWORK' });
    expect(await sendCommand(page, bank.gatewayUrl)).toBe('NETWORK');
    expect(bank.arrived).toEqual([]);
    await page.waitFor("() => breaches.includes('connect-src')");
  });
});
