import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { WidgetBridge } from '../../../src/index.ts';
import type { RecordedRequest } from '../../../src/recording/recording.ts';
import { record } from '../../../src/recording.ts';
import { createSandbox, type Sandbox } from '../../../src/testing/index.ts';
import { bridgeOf } from './fixtures/bridge-of.ts';
import { REQUEST, recordingOf } from './fixtures/recording-of.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const SECOND: RecordedRequest = {
  ...REQUEST,
  requestId: '2',
  body: { type: 'getInsightDetails', insightId: 'text-2' },
  end: { after: 50, reply: { ok: true, status: '200', name: 'second' } },
};

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
  const sandbox = createSandbox({ replay: JSON.stringify(recordingOf(REQUEST, SECOND)) });
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
  const others = [
    bridge.send('pserver', REQUEST.body as object),
    bridge.send('pserver', REQUEST.body as object),
  ];
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await others[0]).toMatchObject({ name: 'first' });
  expect(sandbox.replay?.unmatched).toEqual([]);
  await others[1];
  bridge.dispose();
});

it('S5: refuses a type that was never recorded, and lists it', async () => {
  const sandbox = createSandbox({ replay: recordingOf(REQUEST) });
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
  const sandbox = createSandbox({ replay: recordingOf({ ...REQUEST, end }) });
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

it.each([
  'OVERLOADED',
  'DISPOSED',
  'NO_ENDPOINT',
  'NO_CHANNEL',
  'INVALID_CALL',
  'INVALID_OPTIONS',
  'DUPLICATE_REQUEST',
] as const)('S5: play does not send what the page itself refused with %s', async (code) => {
  const sandbox = createSandbox({ replay: recordingOf({ ...REQUEST, end: { after: 0, code } }, SECOND) });
  const bridge = bridgeOf(sandbox);
  const played = sandbox.replay?.play(bridge);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await played).toMatchObject([{ isSent: false }, { isSent: true, reply: { name: 'second' } }]);
  expect((await played)?.[0]).not.toHaveProperty('error');
  expect(sandbox.log).toHaveLength(1);
  bridge.dispose();
});

it('S5: play aborts what the page aborted, and what never ended runs into the time limit', async () => {
  const { end: _, ...pending } = REQUEST;
  const aborted = { ...SECOND, end: { after: 700, code: 'ABORTED' as const } };
  const sandbox = createSandbox({ replay: recordingOf(pending, aborted) });
  const bridge = bridgeOf(sandbox);
  expect(await outcomesOf(sandbox, bridge)).toEqual(['TIMEOUT', 'ABORTED']);
  bridge.dispose();
});

it('S5: the signal of play aborts what was sent, and sends nothing else', async () => {
  const later = { ...SECOND, at: 3_000 };
  const sandbox = createSandbox({
    replay: recordingOf({ ...REQUEST, end: { after: 2_000, code: 'TIMEOUT' } }, later),
  });
  const bridge = bridgeOf(sandbox);
  const abort = new AbortController();
  const played = sandbox.replay?.play(bridge, { signal: abort.signal });
  await vi.advanceTimersByTimeAsync(1_000);
  abort.abort();
  expect(await played).toMatchObject([
    { isSent: true, error: { code: 'ABORTED' } },
    { isSent: false, error: { name: 'AbortError' } },
  ]);
  expect(sandbox.log).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
  bridge.dispose();
});

it('S5: play without a bridge is refused', async () => {
  const { replay } = createSandbox({ replay: recordingOf(REQUEST) });
  await expect(replay?.play(undefined as never)).rejects.toThrow('play needs a bridge');
});

it('S5: a text body is sent as the JSON that it was, and another text as it is', async () => {
  const text = { ...REQUEST, body: JSON.stringify(REQUEST.body) };
  const sandbox = createSandbox({ replay: recordingOf(text, { ...SECOND, body: 'text-4' }) });
  const bridge = bridgeOf(sandbox);
  expect(await outcomesOf(sandbox, bridge)).toEqual([{ ok: true, status: '200', name: 'first' }, 'HTTP']);
  bridge.dispose();
});

it('S5: fails the attempts that failed, and refuses with the recorded reply', async () => {
  const recorded: RecordedRequest = {
    ...REQUEST,
    retried: [{ after: 5, status: 503 }, { after: 400 }],
    end: {
      after: 900,
      code: 'HTTP',
      status: 404,
      reply: { ok: false, status: '404', statusMessage: 'text-9' },
    },
  };
  const sandbox = createSandbox({ replay: recordingOf(recorded) });
  const bridge = bridgeOf(sandbox);
  const replies: unknown[] = [];
  bridge.on('failure', ({ error }) => replies.push(error.code));
  expect(await outcomesOf(sandbox, bridge)).toEqual(['HTTP']);
  expect(sandbox.log.map(({ status }) => status)).toEqual([503, undefined, 404]);
  bridge.dispose();
});

it('S5: pushes the replies that came after the end: the reply of the end, or a refusal', async () => {
  const pushed: unknown[] = [];
  const late = { ...SECOND, at: 200, end: { after: 20, code: 'NETWORK' as const }, repliesAfterEnd: [9_000] };
  const sandbox = createSandbox({
    replay: recordingOf({ ...REQUEST, repliesAfterEnd: [800, 2_000] }, late),
    onPush: ({ response }) => pushed.push([Date.now() - began, response]),
  });
  const bridge = bridgeOf(sandbox);
  const began = Date.now();
  const [reply] = await outcomesOf(sandbox, bridge);
  expect(pushed).toMatchObject([
    [900, reply],
    [2_100, reply],
    [9_200, { ok: false, status: '504' }],
  ]);
  bridge.dispose();
});

it('S5: no reply is pushed after close', async () => {
  const pushed: unknown[] = [];
  const replay = recordingOf({ ...REQUEST, repliesAfterEnd: [800] });
  const sandbox = createSandbox({ replay, onPush: (push) => pushed.push(push) });
  const bridge = bridgeOf(sandbox);
  const sent = bridge.send('pserver', REQUEST.body as object);
  await vi.advanceTimersByTimeAsync(400);
  await sent;
  sandbox.close();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(pushed).toEqual([]);
  bridge.dispose();
});

it('S5: a type that was replaced stands for any type that the recording does not know', async () => {
  const own = { ...REQUEST, body: { type: 'text-3' } };
  const sandbox = createSandbox({ replay: recordingOf(SECOND, own) });
  const bridge = bridgeOf(sandbox);
  const sent = bridge.send('pserver', { type: 'applyForLoan' });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await sent).toMatchObject({ name: 'first' });
  expect(sandbox.replay?.unmatched).toEqual([]);
  bridge.dispose();
});

it('S5: when all are used up, the last one of the type answers again', async () => {
  const sandbox = createSandbox({ replay: recordingOf(REQUEST, SECOND) });
  const bridge = bridgeOf(sandbox);
  const names: unknown[] = [];
  for (let count = 0; count < 4; count += 1) {
    const sent = bridge.send('pserver', { type: 'getInsightDetails' });
    await vi.advanceTimersByTimeAsync(1_000);
    names.push(((await sent) as { name: unknown }).name);
  }
  expect(names).toEqual(['first', 'second', 'second', 'second']);
  bridge.dispose();
});

it('S5: faults, stale tokens and jumps of the clock work on top', async () => {
  const sandbox = createSandbox({
    replay: recordingOf(REQUEST, SECOND),
    faults: [{ kind: 'error', status: 400, count: 1 }],
  });
  const bridge = bridgeOf(sandbox);
  expect(await outcomesOf(sandbox, bridge)).toMatchObject(['HTTP', { name: 'second' }]);
  sandbox.rotateTokens();
  sandbox.fault({ kind: 'twice', count: 1 });
  sandbox.jump(60_000);
  const sent = bridge.send('pserver', REQUEST.body as object);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await sent).toMatchObject({ name: 'first' });
  expect(sandbox.log.at(-1)).toMatchObject({ fault: 'twice', token: 'good' });
  bridge.dispose();
});
