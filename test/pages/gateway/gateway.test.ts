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
/** Polls at the pace of a test. */
const close = { close: 50, closeFor: 60_000, reconcile: 60_000 };
/**
 * The first two polls are half of it apart. That is much more than the 5 s for which browsers cache a preflight by
 * default, since its answer may be slow.
 */
const apart = { ...close, close: 18_000 };

const without =
  (
    name: string,
    isStripped: (isPreflight: boolean, status: number) => boolean,
  ): NonNullable<Omission['strip']> =>
  (response, { method }) => {
    if (isStripped(method === 'OPTIONS', response.statusCode)) response.removeHeader(name);
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
  /** The row that only waits: it starts before all tests, and its own test reads the result. */
  let waiting: { readonly bank: Bank; readonly seen: Promise<Seen> };

  beforeAll(async () => {
    engine = await launch(engineUnderTest);
    const own = await openBank({ strip: without('access-control-max-age', isPreflight) });
    const page = await engine.open(own.pageUrl);
    const seen = followQueue(page, { gateway: own.gatewayUrl, polls: 2, schedule: apart });
    seen.catch(() => {}); // if that test does not run
    waiting = { bank: own, seen };
  });
  afterEach(() => bank?.close());
  afterAll(async () => {
    await engine?.close();
    await waiting?.bank.close();
  });

  /** Follows the queue of a bank with an omission. */
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

  /** Synchronises a connection once the page has read it. */
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

  it('allows all requests of a poller and a transport', async () => {
    const { page, seen } = await followSynchronisation({});
    expect(seen).toMatchObject({ start: 'started', failures: [], status: 'polling' });
    expect(await sendCommand(page, bank.gatewayUrl)).toBe('answered');
    expect(await page.evaluate('() => violations')).toEqual([]);

    const requested = new Map(
      bank.arrived
        .filter(({ method }) => method === 'OPTIONS')
        .map(({ path, requested: headers }) => [
          path.replace(/(queues|connections)\/(?!subscribe).*/, '$1/{id}'),
          headers,
        ]),
    );
    const documented = documentedRequests().map(([, request = '', headers = '']) => [
      request,
      [...headers.matchAll(/`([\w-]+)`/g)].map(([, header = '']) => header.toLowerCase()),
    ]);
    const own = (names: readonly string[]): string[] => names.filter((header) => header !== 'headers').sort();
    const [widget, subscribe, queue, connection] = documented.map(([, headers]) => own(headers as string[]));
    expect(own(requested.get('/pserver/execute') ?? [])).toEqual(widget);
    expect(own(requested.get('/linxo/queues/subscribe') ?? [])).toEqual(subscribe);
    expect(own(requested.get('/linxo/queues/{id}') ?? [])).toEqual(queue);
    expect(own(requested.get('/linxo/connections/{id}') ?? [])).toEqual(connection);

    const [preflight, answer] = documentedHeaders(bank.pageUrl, bank.gatewayUrl);
    for (const { method, headers } of bank.arrived.slice(0, 6)) {
      expect(headers).toMatchObject((method === 'OPTIONS' ? preflight : answer) ?? {});
    }
  });

  it('gets no further preflight while Access-Control-Max-Age lasts', async () => {
    const { seen } = await follow({}, { polls: 12, schedule: close });
    await expect(seen).resolves.toMatchObject({ start: 'started', failures: [] });
    expect(preflightsOfReads()).toBeLessThanOrEqual(2);
    expect(methods().slice(-8)).toEqual(Array.from({ length: 8 }, () => 'GET'));
  });

  /** The documented effect of each omitted row. */
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
      const { seen: repeated } = await followSynchronisation({}, behind);
      expect(repeated.sources).toContain('event');
      await bank.close();
      const { seen: hidden } = await followSynchronisation({ strip: hiding('Date') }, behind);
      expect(new Set(hidden.sources)).toEqual(new Set(['reconcile']));
    },
    'Access-Control-Max-Age of preflights': async () => {
      await expect(waiting.seen).resolves.toMatchObject({ start: 'started', failures: [] });
      expect(preflightsOfReads(waiting.bank)).toBe(2);
    },
    'Cache-Control: no-store of answers to GET': async () => {
      const { seen } = await follow(
        { strip: without('cache-control', isAnswer) },
        { polls: 8, schedule: close },
      );
      await expect(seen).resolves.toMatchObject({ start: 'started', failures: [] });
      // WebKit uses a cached preflight even then.
      expect(preflightsOfReads()).toBe(engineUnderTest === 'webkit' ? 1 : 8);
    },
  };

  it('has a test for each row of the table', () => {
    expect(Object.keys(rows)).toEqual(documentedRows());
  });

  it.each(Object.entries(rows))('has the documented effect without %s', async (_row, test) => test());

  it('need not allow methods by name', async () => {
    const { seen } = await follow({ strip: without('access-control-allow-methods', isPreflight) });
    await expect(seen).resolves.toMatchObject({ start: 'started', failures: [] });
  });

  it('cannot be used if it requires a token for preflights', async () => {
    const strip: Omission['strip'] = (response, { method, headers }) => {
      if (method === 'OPTIONS' && !headers.authorization) response.statusCode = 401;
    };
    const { seen } = await follow({ strip });
    await expect(seen).resolves.toMatchObject({ start: 'NETWORK' });
    expect(new Set(methods())).toEqual(new Set(['OPTIONS']));
  });

  it('accepts cookies only with Access-Control-Allow-Credentials', async () => {
    const credentials = 'include';
    const { seen } = await follow({}, { credentials });
    await expect(seen).resolves.toMatchObject({ start: 'NETWORK' });
    await bank.close();
    const strip: Omission['strip'] = (response) => {
      response.setHeader('access-control-allow-credentials', 'true');
    };
    const { seen: allowed } = await follow({ strip }, { credentials });
    await expect(allowed).resolves.toMatchObject({ start: 'started', failures: [] });
  });

  it('is not followed if it redirects', async () => {
    const strip: Omission['strip'] = (response, { method }) => {
      if (method === 'POST') response.setHeader('location', '/sign-in').statusCode = 302;
    };
    const { seen } = await follow({ strip });
    await expect(seen).resolves.toMatchObject({ start: 'HTTP', failures: [{ code: 'HTTP', status: 0 }] });
    expect(bank.arrived.map(({ path }) => path)).not.toContain('/sign-in');
  });

  it('cannot be used without connect-src, which the browser reports', async () => {
    const policy = (whole: string): string => whole.replace(/connect-src [^;]*; /, '');
    const { seen, page } = await follow({ policy });
    await expect(seen).resolves.toMatchObject({ start: 'NETWORK' });
    expect(await sendCommand(page, bank.gatewayUrl)).toBe('NETWORK');
    expect(bank.arrived).toEqual([]);
    await page.waitFor("() => violations.includes('connect-src')");
  });
});
