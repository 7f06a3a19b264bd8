import { describe, expect, it } from 'vitest';
import { json, located, type Operation, ScriptedQueue, status } from '../fixtures/scripted-queue.ts';
import { useQueueWorld } from '../fixtures/use-queue-world.ts';
import { wireConnection, wireEvent } from '../fixtures/wire-event.ts';

const world = useQueueWorld();

const OPERATIONS: readonly Operation[] = ['subscribe', 'poll', 'connection'];

describe('the token is sent to baseUrl alone', () => {
  const BASE = 'https://bank.example/api/v2.1';

  /** A server after an event with this connection, and a malformed event, which makes the poller read the connection. */
  async function naming(id: string): Promise<ScriptedQueue> {
    const event = wireEvent('LIST_ACCOUNTS', wireConnection(id, { 8700: 'RUNNING' }));
    const server = new ScriptedQueue().next(
      'poll',
      () => json([event]),
      () => json(['malformed']),
    );
    const poller = world.poller({ fetch: server.fetch, baseUrl: BASE });
    poller.start();
    await world.pass(10_000);
    return server;
  }

  it.each([
    'https://elsewhere.example/queues/q-1',
    '//elsewhere.example/queues/q-1',
    'http://bank.example/queues/q-1',
  ])('if Location leads to %s', async (location) => {
    const server = new ScriptedQueue().always('subscribe', () => located(location));
    const poller = world.poller({ fetch: server.fetch, baseUrl: BASE });
    poller.start();
    await world.pass(10_000);

    expect(server.requests('poll').length).toBeGreaterThan(1);
    for (const { request } of server.requests('poll')) expect(request.url).toBe(`${BASE}/queues/q-1`);
  });

  it.each([
    'https://elsewhere.example/x',
    '//elsewhere.example',
    '../../admin',
    'a/b?c#d',
    '\\\\elsewhere.example\\x',
    '%2e%2e',
    'é x',
  ])('if an event names the connection %j', async (id) => {
    const server = await naming(id);

    expect(server.requests('connection').length).toBeGreaterThan(0);
    for (const { request, id: requested } of server.requests('connection')) {
      expect(request.url.startsWith(`${BASE}/connections/`)).toBe(true);
      expect(requested).toBe(id);
    }
  });

  it.each(['.', '..', 'é \u0000', 'c1\nERROR: forged'])(
    'S4 if an event names the invalid connection %j',
    async (id) => {
      const server = await naming(id);

      for (const { request } of server.sent) expect(request.url.startsWith(`${BASE}/`)).toBe(true);
    },
  );

  it.each([
    ['https://bank.example', 'https://bank.example/queues/subscribe'],
    ['https://bank.example/', 'https://bank.example/queues/subscribe'],
    ['https://bank.example/v3///', 'https://bank.example/v3/queues/subscribe'],
    ['https://bank.example/v3?x=1#y', 'https://bank.example/v3/queues/subscribe'],
  ])('baseUrl %s subscribes at %s', async (baseUrl, address) => {
    const server = new ScriptedQueue();
    world.poller({ fetch: server.fetch, baseUrl }).start();
    await world.pass(0);

    expect(server.sent[0]?.request.url).toBe(address);
  });
});

describe.each(OPERATIONS)('a redirect on %s', (operation) => {
  it.each([301, 302, 303, 307, 308])('%i is not followed: it is a failure, and retried', async (code) => {
    const location = 'https://elsewhere.example/queues/q-1';
    const server = new ScriptedQueue().next(operation, () => status(code, { location }));
    const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });
    poller.track('c1');
    poller.start();
    await world.pass(0);

    expect(emitted.failure).toHaveLength(1);
    expect(emitted.failure[0]?.error).toMatchObject({
      code: 'HTTP',
      details: { type: operation, status: code },
    });
    expect(emitted.failure[0]?.error.message).toContain('a redirect, which is not followed');
    await world.pass(8_000);
    expect(server.requests(operation).length).toBeGreaterThan(1);
    for (const { request } of server.sent) {
      expect(request.redirect).toBe('manual');
      expect(new URL(request.url).host).toBe('bank.example');
    }
  });
});

it('a redirect that the browser hides is an error with status 0, and no gap', async () => {
  const hidden = { type: 'opaqueredirect', status: 0, ok: false };
  const server = new ScriptedQueue().next('poll', () =>
    Object.defineProperties(new Response(), {
      type: { value: hidden.type },
      status: { value: hidden.status },
      ok: { value: hidden.ok },
    }),
  );
  const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });
  poller.start();
  await world.pass(0);

  expect(emitted.failure[0]?.error).toMatchObject({ code: 'HTTP', details: { status: 0 } });
  expect(emitted.gap).toEqual([]);
});
