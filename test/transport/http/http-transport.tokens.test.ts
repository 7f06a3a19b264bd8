import { expect, test, vi } from 'vitest';
import { bridgeOverHttp, FAILED, READ, WRITE } from '../fixtures/bridge-over-http.ts';
import { quiet, useClock } from '../fixtures/clock.ts';
import { slow, tokenOf } from '../fixtures/page-token.ts';
import { useBank } from '../fixtures/use-bank.ts';

const bank = useBank();
useClock();

const tokens = (): (string | null)[] => bank.arrivals.map(tokenOf);

test('T2 the credential is asked for per request', async () => {
  const fresh = ['token-1', 'token-2'];
  const { ask } = bridgeOverHttp({ authToken: () => fresh.shift() ?? 'none' });

  await ask(READ);
  await ask(READ);

  expect(tokens()).toEqual(['token-1', 'token-2']);
});

test('T2 requests that ask at the same time share one call', async () => {
  const { calls, authToken } = slow();
  const { ask } = bridgeOverHttp({ authToken });
  const asking = [ask(READ), ask(READ), ask(WRITE)];
  await quiet();

  calls[0]?.answer('shared');
  await Promise.all(asking);

  expect(calls).toHaveLength(1);
  expect(tokens()).toEqual(['shared', 'shared', 'shared']);
});

test("T2 after one request's timeout the others still wait; the last one's ends the call", async () => {
  const { calls, authToken } = slow();
  const { ask, bridge } = bridgeOverHttp({ authToken }, { timeout: 30_000 });
  const short = bridge.send('pserver', READ, { timeout: 100 });
  const refused = expect(short).rejects.toMatchObject({ code: 'TIMEOUT' });
  const long = ask(READ);
  await quiet();

  vi.advanceTimersByTime(100);
  await refused;
  expect(calls[0]?.signal.aborted).toBe(false);

  vi.advanceTimersByTime(30_000);
  expect(await long).toEqual(FAILED);
  expect(calls[0]?.signal.aborted).toBe(true);
  expect(calls).toHaveLength(1);
  expect(bank.arrivals).toEqual([]);
});

test('T2 after an abort the others get their answer', async () => {
  const { calls, authToken } = slow();
  const { ask, bridge } = bridgeOverHttp({ authToken });
  const leaver = new AbortController();
  const left = bridge.send('pserver', READ, { signal: leaver.signal });
  const refused = expect(left).rejects.toMatchObject({ code: 'ABORTED' });
  const stays = ask(READ);
  await quiet();

  leaver.abort();
  await refused;
  calls[0]?.answer('shared');

  expect(await stays).toEqual({ ok: true });
  expect(calls).toHaveLength(1);
  expect(tokens()).toEqual(['shared']);
});

test.each([
  ['throws', () => Promise.reject(new Error('no session')), 'NETWORK'],
  ['gives no token', () => undefined as never, 'INVALID_OPTIONS'],
  ['gives a token with a line break', () => 'token\r\nx: y', 'INVALID_OPTIONS'],
])('T2 a function that %s ends the request, which is not sent', async (_what, authToken, code) => {
  const wired = bridgeOverHttp({ authToken });

  expect(await wired.ask(READ)).toEqual(FAILED);

  expect(wired.error.code).toBe(code);
  expect(bank.arrivals).toEqual([]);
});
