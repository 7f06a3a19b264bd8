import { getResponse } from 'msw';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { httpTransport, WidgetBridge } from '../../../src/index.ts';
import type { RecordedRequest, Recording } from '../../../src/recording/recording.ts';
import { record } from '../../../src/recording.ts';
import { createSandbox, type Sandbox } from '../../../src/testing/index.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const BASE = 'https://api.bank.example';
const FIRST: RecordedRequest = {
  at: 100,
  server: 'pserver',
  requestId: '1',
  body: { type: 'getInsightDetails', insightId: 'text-1' },
  end: { after: 250, reply: { ok: true, status: '200', name: 'first' } },
};
const SECOND: RecordedRequest = {
  ...FIRST,
  requestId: '2',
  body: { type: 'getInsightDetails', insightId: 'text-2' },
  end: { after: 50, reply: { ok: true, status: '200', name: 'second' } },
};

function recordingOf(...requests: readonly RecordedRequest[]): Recording {
  return { format: 'bankside recording', version: 1, duration: 5_000, isCut: false, requests };
}

function bridgeOf(sandbox: Sandbox): WidgetBridge {
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    const response = await getResponse(sandbox.handlers, request);
    request.signal.throwIfAborted();
    if (!response || response.type === 'error') throw new TypeError('Failed to fetch');
    return response;
  });
  return new WidgetBridge({
    transport: httpTransport({
      endpoints: {
        pserver: `${BASE}/pserver/execute`,
        enrich: `${BASE}/enrich/execute`,
        ob: `${BASE}/ob/execute`,
      },
      authToken: () => sandbox.issueToken(),
    }),
  });
}

/** The code of the error, or the reply. */
async function outcomesOf(sandbox: Sandbox, bridge: WidgetBridge): Promise<unknown[]> {
  const played = sandbox.replay?.play(bridge);
  await vi.advanceTimersByTimeAsync(120_000);
  const all = (await played) ?? [];
  return all.map(({ reply, error }) => (error ? (error as { code?: unknown }).code : reply));
}

it('S5: without the option, there is no replay', () => {
  expect(createSandbox().replay).toBeUndefined();
});

it('S5: answers with the recorded replies, the one whose body agrees most, after the recorded time', async () => {
  const sandbox = createSandbox({ replay: JSON.stringify(recordingOf(FIRST, SECOND)) });
  const bridge = bridgeOf(sandbox);
  let answered = 0;
  const second = bridge.send('pserver', SECOND.body as object).then((reply) => {
    answered = Date.now();
    return reply;
  });
  const began = Date.now();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await second).toMatchObject({ name: 'second' });
  expect(answered - began).toBe(50);
  const others = [bridge.send('pserver', FIRST.body as object), bridge.send('pserver', FIRST.body as object)];
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await others[0]).toMatchObject({ name: 'first' });
  expect(sandbox.replay?.unmatched).toEqual([]);
  await others[1];
  bridge.dispose();
});

it('S5: refuses a type that was never recorded, and lists it', async () => {
  const sandbox = createSandbox({ replay: recordingOf(FIRST) });
  const bridge = bridgeOf(sandbox);
  const sent = bridge.send('pserver', { type: 'getInsights' }).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(1_000);
  await sent;
  expect(sandbox.replay?.unmatched).toEqual([{ server: 'pserver', type: 'getInsights' }]);
  expect(sandbox.log.at(-1)?.status).toBe(404);
  bridge.dispose();
});

it.each([
  ['NETWORK', undefined],
  ['HTTP', 418],
  ['UNAUTHORIZED', 401],
  ['INVALID_RESPONSE', 200],
  ['TIMEOUT', undefined],
] as const)('S5: a request that failed with %s fails so again', async (code, status) => {
  const end = { after: 20, code, ...(status !== undefined && { status }) };
  const sandbox = createSandbox({ replay: recordingOf({ ...FIRST, end }) });
  const bridge = bridgeOf(sandbox);
  expect(await outcomesOf(sandbox, bridge)).toEqual([code]);
  bridge.dispose();
});

it('S5: what a live sandbox did under faults, a replay does again', async () => {
  const live = createSandbox();
  const bridge = bridgeOf(live);
  live.fault({ kind: 'error', status: 503, body: 'html', type: 'getInsights' });
  live.fault({ kind: 'garbage', server: 'enrich' });
  live.fault({ kind: 'network', server: 'ob', count: 9 });
  const recorder = record(bridge, undefined);
  const sent = Promise.allSettled([
    bridge.send('pserver', { type: 'getInsights' }),
    bridge.send('enrich', { type: 'getUserSubscriptions' }),
    bridge.send('ob', { type: 'getAccounts' }),
  ]);
  await vi.advanceTimersByTimeAsync(120_000);
  await sent;
  recorder.stop();
  bridge.dispose();
  const recorded = recorder.recording();
  const sandbox = createSandbox({ replay: recorder.text() });
  const fresh = bridgeOf(sandbox);
  const expected = recorded.requests.map(({ end }) => (end && 'code' in end ? end.code : end?.reply));
  expect(await outcomesOf(sandbox, fresh)).toEqual(expected);
  fresh.dispose();
});

it('S5: the queue plays events and failures at their times, and expires as it did', async () => {
  const connection = { id: '1000001', status: 'RUNNING', channels: [] };
  const event = {
    id: 'text-2',
    event_type: 'UPDATED',
    resource_type: 'CONNECTION',
    creation_date: 3,
    resource: { ...connection, status: 'SUCCESS' },
  };
  const queue: Recording['queue'] = {
    connections: [connection],
    steps: [
      { at: 0, kind: 'subscribed' },
      { at: 2_000, kind: 'failure', type: 'poll', code: 'HTTP', status: 503 },
      { at: 3_000, kind: 'event', event },
      { at: 3_000, kind: 'poll', events: 1, duration: 5 },
      { at: 9_000, kind: 'expired' },
    ],
  };
  const sandbox = createSandbox({ replay: { ...recordingOf(), queue } });
  const started = Math.floor(Date.now() / 1_000);
  const headers = { authorization: `Bearer ${sandbox.issueAccessToken()}` };
  const get = (path: string) => sandbox.linxo.fetch(`${BASE}/linxo${path}`, { headers });
  const body = '{"topics":["connections"]}';
  const subscribe = () =>
    sandbox.linxo.fetch(`${BASE}/linxo/queues/subscribe`, { method: 'POST', headers, body });
  const location = (await subscribe()).headers.get('location') ?? '';
  expect((await (await get('/connections/1000001')).json()).status).toBe('RUNNING');
  await vi.advanceTimersByTimeAsync(1_900);
  expect((await get(location)).status).toBe(503);
  expect((await get(location)).status).toBe(204);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await (await get(location)).json()).toEqual([{ ...event, creation_date: started + 3 }]);
  expect((await (await get('/connections/1000001')).json()).status).toBe('SUCCESS');
  await vi.advanceTimersByTimeAsync(6_000);
  expect((await get(location)).status).toBe(404);
  expect((await get((await subscribe()).headers.get('location') ?? '')).status).toBe(204);
});
