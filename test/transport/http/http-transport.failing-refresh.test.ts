import { expect, test, vi } from 'vitest';
import { bridgeOverHttp, FAILED, READ, WRITE } from '../fixtures/bridge-over-http.ts';
import { quiet, until, useClock } from '../fixtures/clock.ts';
import { refreshing, tokenOf } from '../fixtures/page-token.ts';
import { ok, silence, status, useBank } from '../fixtures/use-bank.ts';

const bank = useBank();
useClock();

const tokens = (): (string | null)[] => bank.arrivals.map(tokenOf);

test.each([
  ['throws', () => Promise.reject(new Error('session over')), 'NETWORK'],
  ['gives nothing', () => undefined, 'INVALID_OPTIONS'],
  ['gives an object', () => ({ token: 'fresh' }), 'INVALID_OPTIONS'],
  ['gives a token with a line feed', () => 'fresh\n', 'INVALID_OPTIONS'],
])('T2 that %s ends all that wait for it, and nothing is replayed', async (_what, refresh, code) => {
  bank.answer(status(401));
  const { ask, failures } = bridgeOverHttp({ authToken: refreshing(refresh) });

  expect(await Promise.all([ask(READ), ask(WRITE)])).toEqual([FAILED, FAILED]);

  expect(failures.map(({ error }) => error.code)).toEqual([code, code]);
  expect(tokens()).toEqual(['stale', 'stale']);
});

test('T2 that hangs ends with the request, which aborts it', async () => {
  bank.answer(status(401));
  const signals: AbortSignal[] = [];
  const authToken = refreshing(({ signal }) => {
    signals.push(signal);
    return new Promise(() => {});
  });
  const wired = bridgeOverHttp({ authToken }, { timeout: 1_000 });
  const asking = wired.ask(READ);
  await until(() => signals.length === 1);

  vi.advanceTimersByTime(999);
  expect(signals[0]?.aborted).toBe(false);
  vi.advanceTimersByTime(1);

  expect(await asking).toEqual(FAILED);
  expect(wired.error.code).toBe('TIMEOUT');
  expect(signals[0]?.aborted).toBe(true);
});

test('T2 that hung does not hold up the next request', async () => {
  bank.answerWith(status(401), status(401), ok);
  const hang = () => new Promise(() => {});
  const refreshes = [hang, () => 'fresh'];
  const { ask } = bridgeOverHttp({ authToken: refreshing(() => refreshes.shift()?.()) }, { timeout: 1_000 });
  const first = ask(READ);
  await until(() => refreshes.length === 1);
  vi.advanceTimersByTime(1_000);
  expect(await first).toEqual(FAILED);

  expect(await ask(READ)).toEqual({ ok: true });
  expect(tokens()).toEqual(['stale', 'stale', 'fresh']);
});

test('T2 that answers after all requests were aborted starts nothing', async () => {
  bank.answer(status(401));
  let release = (_token: string): void => {};
  const authToken = refreshing(() => new Promise((resolve) => (release = resolve)));
  const { ask, outcomes } = bridgeOverHttp({ authToken }, { timeout: 1_000 });
  const asking = ask(READ);
  await until(() => authToken.mock.calls.length === 2);
  vi.advanceTimersByTime(1_000);
  await asking;

  release('fresh');
  await quiet();

  expect(tokens()).toEqual(['stale']);
  expect(outcomes).toEqual(['failure']);
});

test('T2 a replay that is never answered ends with its request', async () => {
  bank.answer((arrival) => (tokenOf(arrival) === 'stale' ? status(401)() : silence(arrival)));
  const wired = bridgeOverHttp({ authToken: refreshing() }, { timeout: 1_000 });
  const asking = wired.ask(READ);
  await until(() => bank.arrivals.length === 2);

  vi.advanceTimersByTime(1_000);

  expect(await asking).toEqual(FAILED);
  expect(wired.error.code).toBe('TIMEOUT');
  await until(() => bank.arrival.signal.aborted);
});
