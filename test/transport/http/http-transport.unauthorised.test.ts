import { expect, test, vi } from 'vitest';
import { bridgeOverHttp, FAILED, READ, WRITE } from '../fixtures/bridge-over-http.ts';
import { quiet, until, useClock } from '../fixtures/clock.ts';
import { accept, type Context, refreshing, tokenOf } from '../fixtures/page-token.ts';
import { ok, status, useBank } from '../fixtures/use-bank.ts';

const bank = useBank();
useClock();

const tokens = (): (string | null)[] => bank.arrivals.map(tokenOf);

test('T2 asks again, says which token was rejected, and replays the same request', async () => {
  accept(bank, 'fresh');
  const authToken = refreshing();
  const { ask, outcomes } = bridgeOverHttp({ authToken, widgetHeaders: ['x-trace'] });

  expect(await ask(WRITE, { 'x-trace': '7' })).toEqual({ ok: true });

  expect(authToken.mock.calls.map(([{ rejected }]) => rejected)).toEqual([undefined, 'stale']);
  expect(tokens()).toEqual(['stale', 'fresh']);
  expect(bank.arrivals.map(({ body, headers }) => [body, headers.get('x-trace')])).toEqual([
    ['{"type":"rateInsight"}', '7'],
    ['{"type":"rateInsight"}', '7'],
  ]);
  expect(outcomes).toEqual(['reply']);
});

test('T2 of five requests at once leads to one refresh, and to one replay of each', async () => {
  let release = (_token: string): void => {};
  const authToken = refreshing(() => new Promise((resolve) => (release = resolve)));
  accept(bank, 'fresh');
  const { ask } = bridgeOverHttp({ authToken });
  const asking = Array.from({ length: 5 }, () => ask(WRITE));
  await until(() => bank.arrivals.length === 5);
  await quiet();

  release('fresh');

  expect(await Promise.all(asking)).toEqual(Array(5).fill({ ok: true }));
  expect(authToken.mock.calls.filter(([{ rejected }]) => rejected === 'stale')).toHaveLength(1);
  expect(tokens()).toEqual([...Array(5).fill('stale'), ...Array(5).fill('fresh')]);
});

test('T2 that comes late uses the token that is already fresh', async () => {
  let refuse = (): void => {};
  const late = new Promise<void>((resolve) => (refuse = resolve));
  bank.answer(async (arrival, count) => {
    if (count === 1) await late;
    return tokenOf(arrival) === 'fresh' ? ok() : status(401)();
  });
  const authToken = refreshing();
  const { ask } = bridgeOverHttp({ authToken });
  const slowOne = ask(READ);
  await until(() => bank.arrivals.length === 1);
  expect(await ask(READ)).toEqual({ ok: true });

  refuse();

  expect(await slowOne).toEqual({ ok: true });
  expect(authToken.mock.calls.filter(([{ rejected }]) => rejected !== undefined)).toHaveLength(1);
  expect(tokens()).toEqual(['stale', 'stale', 'fresh', 'fresh']);
});

test('T2 for the fresh token too is UNAUTHORIZED, and the end of it', async () => {
  bank.answer(status(401));
  const authToken = refreshing();
  const wired = bridgeOverHttp({ authToken });

  expect(await wired.ask(READ)).toEqual(FAILED);

  expect(tokens()).toEqual(['stale', 'fresh']);
  expect(authToken).toHaveBeenCalledTimes(2);
  expect(wired.error).toMatchObject({
    code: 'UNAUTHORIZED',
    details: { status: 401, server: 'pserver', type: 'getInsights', requestId: 'id-1' },
  });
});

test('T2 does not spoil the next request: it asks, and refreshes, again', async () => {
  bank.answerWith(status(401), status(401), status(401), ok);
  const authToken = refreshing();
  const { ask } = bridgeOverHttp({ authToken });
  await ask(READ);

  expect(await ask(READ)).toEqual({ ok: true });

  expect(authToken.mock.calls.map(([{ rejected }]) => rejected)).toEqual([
    undefined,
    'stale',
    undefined,
    'stale',
  ]);
});

test('T2 a function that insists on the rejected token gets one replay with it', async () => {
  bank.answerWith(status(401), ok);
  const { ask } = bridgeOverHttp({ authToken: refreshing(({ rejected }) => rejected) });

  expect(await ask(READ)).toEqual({ ok: true });

  expect(tokens()).toEqual(['stale', 'stale']);
});

test('T2 with a fixed token there is nothing to ask, and no replay', async () => {
  bank.answer(status(401));
  const wired = bridgeOverHttp({ authToken: 'fixed' });

  await wired.ask(READ);

  expect(tokens()).toEqual(['fixed']);
  expect(wired.error).toMatchObject({ code: 'UNAUTHORIZED', details: { status: 401 } });
});

test('T2 with authToken: false it is the back end that was refused', async () => {
  bank.answer(status(401));
  const wired = bridgeOverHttp({ authToken: false });

  await wired.ask(READ);

  expect(tokens()).toEqual([null]);
  expect(wired.error).toMatchObject({ code: 'UNAUTHORIZED', details: { status: 401 } });
});

test('T2 a 403 is no question of the token', async () => {
  bank.answer(status(403));
  const authToken = refreshing();
  const wired = bridgeOverHttp({ authToken });

  await wired.ask(READ);

  expect(tokens()).toEqual(['stale']);
  expect(wired.error).toMatchObject({ code: 'HTTP', details: { status: 403 } });
});

test('T2 configured headers are asked for again, so that a signature fits the replay', async () => {
  accept(bank, 'fresh');
  let last = 0;
  const headers = () => {
    last += 1;
    return { 'x-nonce': `${last}` };
  };
  const { ask } = bridgeOverHttp({ authToken: refreshing(), headers });

  await ask(READ);

  expect(bank.arrivals.map(({ headers }) => headers.get('x-nonce'))).toEqual(['1', '2']);
});

test('T2 that makes void all tokens given out so far is got over by every request', async () => {
  // A session end point that gives each one who asks a token of its own, and was restarted.
  const given = ['void-1', 'void-2'];
  const authToken = vi.fn(({ rejected }: Context) => given.shift() ?? `good after ${rejected}`);
  bank.answer(async (arrival, count) => {
    // The first hears of it while the second still waits.
    if (count <= 2) await until(() => bank.arrivals.length > count);
    return tokenOf(arrival)?.startsWith('void') ? status(401)() : ok();
  });
  const { ask } = bridgeOverHttp({ authToken });
  const first = ask(WRITE);
  await until(() => bank.arrivals.length === 1);
  const second = ask(WRITE);

  expect(await Promise.all([first, second])).toEqual([{ ok: true }, { ok: true }]);
});
