import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { QueueStep, Recording } from '../../../src/recording/recording.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../../src/testing/index.ts';
import { BASE } from './fixtures/bridge-of.ts';
import { eventOf, queueOf, recordingOf } from './fixtures/recording-of.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Two tabs have one sandbox, and a token each. */
function tabOf(sandbox: Sandbox, path = 'linxo') {
  const headers = { authorization: `Bearer ${sandbox.issueAccessToken()}`, origin: 'https://bank.example' };
  const fetch = (at: string, init: RequestInit = {}) =>
    sandbox.linxo.fetch(at.startsWith('https:') ? at : `${BASE}/${path}${at}`, { headers, ...init });
  const get = (at: string, signal?: AbortSignal) => fetch(at, signal && { signal });
  const subscribe = async () => {
    const response = await fetch('/queues/subscribe', { method: 'POST', body: '{"topics":["connections"]}' });
    return response.headers.get('location') ?? `${response.status}`;
  };
  const ids = async (queue: string) => {
    const response = await get(queue);
    if (response.status !== 200) return response.status;
    return ((await response.json()) as { id: string }[]).map(({ id }) => id);
  };
  const status = async () =>
    ((await (await get('/connections/1000001')).json()) as { status: string }).status;
  return { get, subscribe, ids, status };
}

function replaying(replay: Recording, options: SandboxOptions = {}) {
  const sandbox = createSandbox({ replay, ...options });
  return { sandbox, ...tabOf(sandbox) };
}

const SUBSCRIBED: QueueStep = { at: 0, kind: 'subscribed' };
const stepOf = (at: number, id: string, status: string): QueueStep => {
  return { at, kind: 'event', event: eventOf(id, status) };
};

it('S5: the queue plays events and failures at their times, and expires as it did', async () => {
  const { get, ids, status, subscribe } = replaying(
    queueOf(
      SUBSCRIBED,
      { at: 2_000, kind: 'failure', type: 'poll', code: 'HTTP', status: 503 },
      stepOf(3_000, 'text-2', 'SUCCESS'),
      { at: 3_000, kind: 'poll', events: 1, duration: 5 },
      { at: 9_000, kind: 'expired' },
    ),
  );
  const started = Math.floor(Date.now() / 1_000);
  const queue = await subscribe();
  expect(await status()).toBe('RUNNING');
  await vi.advanceTimersByTimeAsync(1_900);
  expect(await ids(queue)).toBe(503);
  expect(await ids(queue)).toBe(204);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await (await get(queue)).json()).toEqual([
    { ...eventOf('text-2', 'SUCCESS'), creation_date: started + 3 },
  ]);
  expect(await status()).toBe('SUCCESS');
  await vi.advanceTimersByTimeAsync(6_000);
  expect(await ids(queue)).toBe(404);
  expect(await ids(await subscribe())).toBe(204);
});

it('S5: a malformed event comes beside the others, and each is another one', async () => {
  const { get, subscribe } = replaying(
    queueOf(
      SUBSCRIBED,
      { at: 1_000, kind: 'malformed' },
      { at: 1_000, kind: 'poll', events: 1, duration: 5 },
      stepOf(1_000, 'text-2', 'SUCCESS'),
      { at: 3_000, kind: 'malformed' },
      { at: 3_000, kind: 'poll', events: 0, duration: 5 },
    ),
  );
  const queue = await subscribe();
  const events = async () => (await (await get(queue)).json()) as { id?: string }[];
  await vi.advanceTimersByTimeAsync(2_000);
  const [first, second, ...rest] = await events();
  expect([first?.id, second?.id, rest]).toEqual([undefined, 'text-2', []]);
  await vi.advanceTimersByTimeAsync(2_000);
  const later = await events();
  expect(later).toHaveLength(1);
  expect(later).not.toEqual([first]);
});

it('S5: a read at the very time of a recorded one succeeds as that did, and the next one fails', async () => {
  const { get, ids, subscribe } = replaying(
    queueOf(
      SUBSCRIBED,
      stepOf(1_000, 'text-2', 'SUCCESS'),
      { at: 1_000, kind: 'poll', events: 1, duration: 0 },
      { at: 31_000, kind: 'failure', type: 'poll', code: 'TIMEOUT' },
    ),
  );
  const queue = await subscribe();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await ids(queue)).toEqual(['text-2']);
  const abort = new AbortController();
  let isAnswered = false;
  get(queue, abort.signal).then(
    () => (isAnswered = true),
    () => {},
  );
  await vi.advanceTimersByTimeAsync(60_000);
  expect(isAnswered).toBe(false);
  abort.abort();
});

it('S5: events that nobody has read when the queue expires are in the next one', async () => {
  const { ids, subscribe } = replaying(
    queueOf(SUBSCRIBED, stepOf(1_000, 'text-1', 'RUNNING'), stepOf(4_000, 'text-2', 'SUCCESS'), {
      at: 5_000,
      kind: 'expired',
    }),
  );
  const queue = await subscribe();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await ids(queue)).toEqual(['text-1']);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(await ids(queue)).toBe(404);
  expect(await ids(await subscribe())).toEqual(['text-2']);
});

it('S5: the queues of two tabs have the same events, and a later one only later events', async () => {
  const { sandbox, ids, subscribe } = replaying(
    queueOf(SUBSCRIBED, stepOf(1_000, 'text-1', 'RUNNING'), stepOf(4_000, 'text-2', 'SUCCESS')),
  );
  const other = tabOf(sandbox);
  const queues = [await subscribe(), await other.subscribe()] as const;
  await vi.advanceTimersByTimeAsync(2_000);
  expect([await ids(queues[0]), await other.ids(queues[1])]).toEqual([['text-1'], ['text-1']]);
  const later = await other.subscribe();
  await vi.advanceTimersByTimeAsync(3_000);
  expect([await ids(queues[0]), await other.ids(later)]).toEqual([['text-2'], ['text-2']]);
});

it.each<[string, string, number | undefined, number | string]>([
  ['subscribe', 'HTTP', 500, '500'],
  ['subscribe', 'INVALID_RESPONSE', 201, '201'],
  ['poll', 'UNAUTHORIZED', 401, 401],
  ['poll', 'HTTP', 0, 'error'],
  ['poll', 'NETWORK', undefined, 'error'],
  ['connection', 'HTTP', 404, 404],
])(
  'S5: a request of the type %s that failed with %s and %s fails so again',
  async (type, code, status, expected) => {
    const failure = {
      at: 10,
      kind: 'failure',
      type,
      code,
      ...(status !== undefined && { status }),
    } as QueueStep;
    const { get, subscribe } = replaying(queueOf(...(type === 'subscribe' ? [] : [SUBSCRIBED]), failure));
    const queue = await subscribe();
    if (type === 'subscribe') return expect(queue).toBe(expected);
    await vi.advanceTimersByTimeAsync(50);
    const answer = get(type === 'poll' ? queue : '/connections/1000001');
    expect((await answer.catch(() => ({ status: 'error' }))).status).toBe(expected);
  },
);

it('S5: a failure that no request had is left out a minute after the next success', async () => {
  const { ids, subscribe } = replaying(
    queueOf(
      SUBSCRIBED,
      { at: 1_000, kind: 'failure', type: 'poll', code: 'HTTP', status: 500 },
      { at: 2_000, kind: 'poll', events: 0, duration: 1 },
    ),
  );
  const queue = await subscribe();
  await vi.advanceTimersByTimeAsync(62_000);
  expect(await ids(queue)).toBe(204);
});

it('S5: of several reads at once, one fails with 401, also with a fresh token', async () => {
  const { get, subscribe } = replaying(
    queueOf(SUBSCRIBED, { at: 10, kind: 'failure', type: 'connection', code: 'UNAUTHORIZED', status: 401 }),
  );
  await subscribe();
  await vi.advanceTimersByTimeAsync(50);
  const statuses: number[] = [];
  for (const id of ['1000001', '1000002', '1000001', '1000001'])
    statuses.push((await get(`/connections/${id}`)).status);
  expect(statuses).toEqual([401, 404, 401, 200]);
});

it('S5: what the page itself caused needs no answer of the queue', async () => {
  const { ids, subscribe } = replaying(
    queueOf(SUBSCRIBED, { at: 10, kind: 'failure', type: 'poll', code: 'INVALID_OPTIONS' }),
  );
  expect(await ids(await subscribe())).toBe(204);
});

it('S5: a recording without a queue has an empty one, and connections can be added', async () => {
  const { sandbox, get, ids, subscribe } = replaying(recordingOf());
  const queue = await subscribe();
  expect(await ids(queue)).toBe(204);
  expect(await (await get('/connections')).json()).toMatchObject({ connections: [] });
  const { id } = sandbox.linxo.addConnection();
  sandbox.linxo.publish(id, { event: 'LIST_ACCOUNTS' });
  expect(await ids(queue)).toHaveLength(1);
});

it('S5: added connections, faults, stale tokens and jumps of the clock work on top', async () => {
  const { sandbox, get, ids, subscribe } = replaying(
    queueOf(SUBSCRIBED, stepOf(60_000, 'text-1', 'SUCCESS')),
  );
  const queue = await subscribe();
  sandbox.linxo.addConnection({ id: 'added' });
  expect(await (await get('/connections')).json()).toMatchObject({
    connections: [{ id: '1000001' }, { id: 'added' }],
  });
  sandbox.jump(60_000);
  sandbox.fault({ kind: 'error', status: 503, type: 'queue' });
  expect(await ids(queue)).toBe(503);
  expect(await ids(queue)).toEqual(['text-1']);
  sandbox.rotateAccessTokens();
  expect(await ids(queue)).toBe(401);
});

it('S5: connections are those of the user who asks first', async () => {
  const sandbox = createSandbox({ replay: queueOf(SUBSCRIBED) });
  const ask = (user: string) => {
    const headers = { authorization: `Bearer ${sandbox.issueAccessToken({ user })}` };
    return sandbox.linxo.fetch(`${BASE}/linxo/connections/1000001`, { headers });
  };
  expect((await ask('anna')).status).toBe(200);
  expect((await ask('ben')).status).toBe(404);
});

it('S5: the gateway and other origins are answered as by a live sandbox', async () => {
  const sandbox = createSandbox({
    replay: queueOf(SUBSCRIBED, stepOf(10, 'text-1', 'SUCCESS')),
    linxo: { cors: { origins: ['https://bank.example'] } },
  });
  const { ids, subscribe, get } = tabOf(sandbox, 'gateway/linxo');
  const queue = await subscribe();
  await vi.advanceTimersByTimeAsync(50);
  expect((await get('/connections/1000001')).headers.get('access-control-allow-origin')).toBe(
    'https://bank.example',
  );
  expect(await ids(queue)).toEqual(['text-1']);
  expect(sandbox.log.every(({ via }) => via === 'gateway')).toBe(true);
});
