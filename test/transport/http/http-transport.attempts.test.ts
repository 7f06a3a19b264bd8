import { afterEach, expect, test, vi } from 'vitest';
import { type BridgeEvents, httpTransport, type RequestAttempt } from '../../../src/index.ts';
import { bridgeOverHttp, READ, type Wired, WRITE } from '../fixtures/bridge-over-http.ts';
import { drive, quiet, until, useClock } from '../fixtures/clock.ts';
import { refreshing, slow } from '../fixtures/page-token.ts';
import { broken, ok, PSERVER, status, useBank } from '../fixtures/use-bank.ts';

const bank = useBank();
useClock();

afterEach(() => {
  vi.restoreAllMocks();
});

/** What is reported of the requests, as one string each, with the time since the test began. */
function listen({ bridge }: Wired): string[] {
  const told: string[] = [];
  const begin = performance.now();
  bridge.on('attempt', ({ state, count, status, retryIn }) => {
    const more = [status, retryIn && `in ${retryIn}`].filter((one) => one !== undefined);
    told.push([`${Math.round(performance.now() - begin)}:`, state, count, ...more].join(' '));
  });
  return told;
}

test('T3 reports each attempt, the status of the last one, and the pause before the next', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(1);
  bank.answerWith(status(503), broken, ok);
  const wired = bridgeOverHttp({ authToken: false });
  const told = listen(wired);
  await drive(wired.ask(READ));
  expect(told).toEqual([
    '0: sent 1',
    '0: retry 1 503 in 400',
    '400: sent 2',
    '400: retry 2 in 800',
    '1200: sent 3',
  ]);
});

test('T3 reports no pause where there is no retry: for unsafe requests, and after the deadline', async () => {
  bank.answer(status(503, { 'retry-after': '60' }));
  const wired = bridgeOverHttp({ authToken: false });
  const told = listen(wired);
  await drive(wired.ask(WRITE));
  await drive(wired.ask(READ));
  expect(told).toEqual(['0: sent 1', '0: sent 1']);
});

test('T2 reports that it waits for a token, and for another one after a 401', async () => {
  const { calls, authToken } = slow();
  bank.answerWith(status(401), ok);
  const wired = bridgeOverHttp({ authToken });
  const told = listen(wired);
  const asking = wired.ask(READ);
  await until(() => calls.length === 1);
  await quiet();
  expect(told).toEqual(['0: token 0']);
  vi.advanceTimersByTime(700);
  calls[0]?.answer('stale');
  await until(() => calls.length === 2);
  expect(told.slice(1)).toEqual(['700: sent 1', '700: token 1 401']);
  vi.advanceTimersByTime(300);
  calls[1]?.answer('fresh');
  await drive(asking);
  expect(told.slice(3)).toEqual(['1000: sent 2']);
});

test('T3 attempts are counted on over a fresh token', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(1);
  bank.answerWith(status(503), status(401), ok);
  const wired = bridgeOverHttp({ authToken: refreshing() });
  const told = listen(wired);
  await drive(wired.ask(READ));
  expect(told.map((one) => one.replace(/^\d+: /, ''))).toEqual([
    'token 0',
    'sent 1',
    'retry 1 503 in 400',
    'sent 2',
    'token 2 401',
    'sent 3',
  ]);
});

test('B9 reports nothing of a request that has ended: in a pause, or while it waits for a token', async () => {
  const { calls, authToken } = slow();
  bank.answer(status(503));
  const wired = bridgeOverHttp({ authToken });
  const told = listen(wired);
  void wired.ask(READ);
  await until(() => calls.length === 1);
  wired.bridge.dispose();
  calls[0]?.answer('token');
  await quiet();
  vi.advanceTimersByTime(60_000);
  await quiet();
  expect(told).toEqual(['0: token 0']);
});

test('S2 reports no token, no header and no body', async () => {
  bank.answerWith(status(401, { 'x-secret': 'secret-header' }), status(503), ok);
  const wired = bridgeOverHttp({
    authToken: ({ rejected }) => (rejected ? 'secret-fresh' : 'secret-stale'),
    headers: { 'x-own': 'secret-own' },
  });
  const events: BridgeEvents['attempt'][] = [];
  wired.bridge.on('attempt', (event) => events.push(event));
  await drive(wired.ask({ ...READ, secret: 'secret-body' }, { 'x-asked': 'secret-asked' }));
  expect(events).toHaveLength(6);
  const told = events.map(({ request, ...attempt }): RequestAttempt => attempt);
  expect(JSON.stringify(told)).not.toContain('secret');
  expect([...new Set(told.flatMap(Object.keys))].sort()).toEqual(['count', 'retryIn', 'state', 'status']);
});

test('T1 works without a bridge', async () => {
  const transport = httpTransport({ endpoints: { pserver: PSERVER }, authToken: 'token' });
  const request = { requestId: 1, server: 'pserver', type: 'getInsights', body: {}, headers: {} } as const;
  const signal = new AbortController().signal;
  await expect(transport.send(request, { signal, deadline: Infinity })).resolves.toBe('{"ok":true}');
});
