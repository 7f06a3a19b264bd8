import { describe, expect, it, vi } from 'vitest';
import { type Operation, ScriptedQueue, status } from '../fixtures/scripted-queue.ts';
import { useQueueWorld } from '../fixtures/use-queue-world.ts';

const world = useQueueWorld();

const OPERATIONS: readonly Operation[] = ['subscribe', 'poll', 'connection'];

describe('the headers of a request', () => {
  it('the token is sent as authorization: Bearer, with each of the three requests', async () => {
    const server = new ScriptedQueue();
    const poller = world.poller({ fetch: server.fetch, accessToken: 'a-token' });
    poller.track('c1');
    poller.start();
    await world.pass(0);

    const sent = server.sent.map(({ operation, request }) => [
      operation,
      request.headers.get('authorization'),
    ]);
    expect(sent).toEqual(OPERATIONS.map((operation) => [operation, 'Bearer a-token']));
  });

  it('accessToken: false sends no token and no replay after a 401', async () => {
    const server = new ScriptedQueue().always('poll', () => status(401));
    const { poller, emitted } = world.recordedPoller({ fetch: server.fetch, accessToken: false });
    poller.start();
    await world.pass(60_000);

    expect(server.sent.map(({ operation, token }) => [operation, token])).toEqual([
      ['subscribe', undefined],
      ['poll', undefined],
    ]);
    expect(emitted.failure.map(({ error }) => error.code)).toEqual(['UNAUTHORIZED']);
  });

  it('accessToken: false follows a synchronisation through the gateway of the sandbox', async () => {
    const { poller, id } = await world.startedPoller({
      baseUrl: 'https://bank.example/gateway/linxo',
      accessToken: false,
    });
    const outcome = poller.whenSynced(id, { after: Date.now() / 1000 });
    world.linxo.synchronise(id);
    await world.pass(60_000);

    expect(await outcome).toMatchObject({ result: 'success' });
  });

  it('fixed headers are sent with each request, and the token replaces an authorization among them', async () => {
    const server = new ScriptedQueue();
    const headers = { 'X-CSRF': 'csrf', Authorization: 'Basic other', 'content-type': 'text/plain' };
    const poller = world.poller({ fetch: server.fetch, accessToken: 'a-token', headers });
    poller.track('c1');
    poller.start();
    await world.pass(0);

    expect(server.sent).toHaveLength(3);
    for (const { request, token } of server.sent) {
      expect(request.headers.get('x-csrf')).toBe('csrf');
      expect(token).toBe('a-token');
    }
    expect(server.sent[0]?.request.headers.get('content-type')).toBe('application/json');
  });

  it('a function is called for each request, and may be slow', async () => {
    const server = new ScriptedQueue();
    let calls = 0;
    const headers = async (): Promise<HeadersInit> => {
      calls += 1;
      const number = calls;
      await new Promise((resolve) => setTimeout(resolve, 20));
      return [['x-request-id', `r${number}`]];
    };
    const poller = world.poller({ fetch: server.fetch, headers });
    poller.track('c1');
    poller.start();
    await world.pass(100);

    expect(server.sent.map(({ request }) => request.headers.get('x-request-id'))).toEqual(['r1', 'r2', 'r3']);
  });

  it('a function is called again for the replay after a 401', async () => {
    const server = new ScriptedQueue().next('subscribe', () => status(401));
    let calls = 0;
    const headers = (): HeadersInit => {
      calls += 1;
      return { 'x-request-id': `r${calls}` };
    };
    const poller = world.poller({ fetch: server.fetch, headers });
    poller.start();
    await world.pass(0);

    const [first, second] = server.requests('subscribe');
    expect(first?.request.headers.get('x-request-id')).toBe('r1');
    expect(second?.request.headers.get('x-request-id')).toBe('r2');
  });

  it('a token is never in an address', async () => {
    const server = new ScriptedQueue();
    const poller = world.poller({ fetch: server.fetch, accessToken: 'a-token' });
    poller.track('c1');
    poller.start();
    await world.pass(60_000);

    expect(server.sent.some(({ request }) => request.url.includes('a-token'))).toBe(false);
  });
});

it('the page’s own fetch is the default, read at the time of the request', async () => {
  const server = new ScriptedQueue();
  const poller = world.poller({ fetch: undefined });
  vi.stubGlobal('fetch', server.fetch);

  poller.start();
  await world.pass(0);
  vi.unstubAllGlobals();

  expect(server.sent).toHaveLength(2);
});

it.each([['include'], ['omit'], ['same-origin']] as const)(
  'credentials: %s is passed on',
  async (credentials) => {
    const server = new ScriptedQueue();
    world.poller({ fetch: server.fetch, credentials }).start();
    await world.pass(0);

    expect(server.sent.map(({ request }) => request.credentials)).toEqual([credentials, credentials]);
  },
);

it('topics are sent unchanged', async () => {
  const server = new ScriptedQueue();
  world.poller({ fetch: server.fetch, topics: ['connections', 'consents'] }).start();
  await world.pass(0);

  expect(server.sent[0]?.body).toBe('{"topics":["connections","consents"]}');
});

it('polls with cache: no-store unless the last answer had that header itself', async () => {
  const server = new ScriptedQueue().next(
    'poll',
    () => status(204),
    () => status(204, { 'cache-control': 'private, No-Store' }),
    () => status(204),
    () => status(204),
  );
  world.poller({ fetch: server.fetch }).start();
  await world.pass(8_000);

  const firstFour = server.requests('poll').slice(0, 4);
  expect(firstFour.map(({ request }) => request.cache)).toEqual([
    'no-store',
    'no-store',
    'default',
    'no-store',
  ]);
});
