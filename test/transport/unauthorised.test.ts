import { getResponse } from 'msw';
import { describe, expect, test, vi } from 'vitest';
import { createSandbox } from '../../src/testing/index.ts';
import { type Arrival, ok, silence, status, useBank } from './bank.ts';
import { quiet, until, useClock } from './clock.ts';
import { FAILED, READ, WRITE, wire } from './wire.ts';

const bank = useBank();
useClock();

const tokenOf = ({ headers }: Arrival): string | null => headers.get('authToken');
const tokens = (): (string | null)[] => bank.arrivals.map(tokenOf);

/** Lets in one token alone. */
function accept(token: string): void {
  bank.answer((arrival) => (tokenOf(arrival) === token ? ok() : status(401)()));
}

interface Context {
  readonly rejected: string | undefined;
  readonly signal: AbortSignal;
}

/** A page's function that gives 'stale' until a token was rejected, and then what the test says. */
function refreshing(refresh: (context: Context) => unknown = () => 'fresh') {
  return vi.fn((context: Context) => (context.rejected === undefined ? 'stale' : refresh(context)) as string);
}

/** A page's function that is called, and answers when the test says so. */
function slow() {
  const calls: (Context & { answer(token: string): void })[] = [];
  const authToken = (context: Context): Promise<string> =>
    new Promise((answer) => calls.push({ ...context, answer }));
  return { calls, authToken };
}

describe('T2 asking', () => {
  test('T2 the credential is asked for per request', async () => {
    const fresh = ['token-1', 'token-2'];
    const { ask } = wire({ authToken: () => fresh.shift() ?? 'none' });

    await ask(READ);
    await ask(READ);

    expect(tokens()).toEqual(['token-1', 'token-2']);
  });

  test('T2 requests that ask at a time share one call', async () => {
    const { calls, authToken } = slow();
    const { ask } = wire({ authToken });
    const asking = [ask(READ), ask(READ), ask(WRITE)];
    await quiet();

    calls[0]?.answer('shared');
    await Promise.all(asking);

    expect(calls).toHaveLength(1);
    expect(tokens()).toEqual(['shared', 'shared', 'shared']);
  });

  test("T2 one request's timeout leaves the call to the others; the last one's ends it", async () => {
    const { calls, authToken } = slow();
    const { ask, bridge } = wire({ authToken }, { timeout: 30_000 });
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

  test('T2 an abort leaves the others with their answer', async () => {
    const { calls, authToken } = slow();
    const { ask, bridge } = wire({ authToken });
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
    const wired = wire({ authToken });

    expect(await wired.ask(READ)).toEqual(FAILED);

    expect(wired.error.code).toBe(code);
    expect(bank.arrivals).toEqual([]);
  });
});

describe('T2 a 401', () => {
  test('T2 asks again, says which token was rejected, and replays the same request', async () => {
    accept('fresh');
    const authToken = refreshing();
    const { ask, outcomes } = wire({ authToken });

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
    accept('fresh');
    const { ask } = wire({ authToken });
    const asking = Array.from({ length: 5 }, () => ask(WRITE));
    await until(() => bank.arrivals.length === 5);
    await quiet();

    release('fresh');

    expect(await Promise.all(asking)).toEqual(Array(5).fill({ ok: true }));
    expect(authToken.mock.calls.filter(([{ rejected }]) => rejected === 'stale')).toHaveLength(1);
    expect(tokens()).toEqual([...Array(5).fill('stale'), ...Array(5).fill('fresh')]);
  });

  test('T2 that comes late takes the token that is already fresh', async () => {
    let refuse = (): void => {};
    const late = new Promise<void>((resolve) => (refuse = resolve));
    bank.answer(async (arrival, count) => {
      if (count === 1) await late;
      return tokenOf(arrival) === 'fresh' ? ok() : status(401)();
    });
    const authToken = refreshing();
    const { ask } = wire({ authToken });
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
    const wired = wire({ authToken });

    expect(await wired.ask(READ)).toEqual(FAILED);

    expect(tokens()).toEqual(['stale', 'fresh']);
    expect(authToken).toHaveBeenCalledTimes(2);
    expect(wired.error).toMatchObject({
      code: 'UNAUTHORIZED',
      details: { status: 401, server: 'pserver', type: 'getInsights', requestId: 'id-1' },
    });
  });

  test('T2 does not spoil the next request: it asks, and refreshes, anew', async () => {
    bank.answerWith(status(401), status(401), status(401), ok);
    const authToken = refreshing();
    const { ask } = wire({ authToken });
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
    const { ask } = wire({ authToken: refreshing(({ rejected }) => rejected) });

    expect(await ask(READ)).toEqual({ ok: true });

    expect(tokens()).toEqual(['stale', 'stale']);
  });

  test('T2 with a fixed token there is nothing to ask, and no replay', async () => {
    bank.answer(status(401));
    const wired = wire({ authToken: 'fixed' });

    await wired.ask(READ);

    expect(tokens()).toEqual(['fixed']);
    expect(wired.error).toMatchObject({ code: 'UNAUTHORIZED', details: { status: 401 } });
  });

  test('T2 with authToken: false it is the back end that was refused', async () => {
    bank.answer(status(401));
    const wired = wire({ authToken: false });

    await wired.ask(READ);

    expect(tokens()).toEqual([null]);
    expect(wired.error).toMatchObject({ code: 'UNAUTHORIZED', details: { status: 401 } });
  });

  test('T2 a 403 is no question of the token', async () => {
    bank.answer(status(403));
    const authToken = refreshing();
    const wired = wire({ authToken });

    await wired.ask(READ);

    expect(tokens()).toEqual(['stale']);
    expect(wired.error).toMatchObject({ code: 'HTTP', details: { status: 403 } });
  });

  test('T2 configured headers are asked for again, so that a signature fits the replay', async () => {
    accept('fresh');
    let last = 0;
    const headers = () => {
      last += 1;
      return { 'x-nonce': `${last}` };
    };
    const { ask } = wire({ authToken: refreshing(), headers });

    await ask(READ);

    expect(bank.arrivals.map(({ headers }) => headers.get('x-nonce'))).toEqual(['1', '2']);
  });
});

describe('T2 a refresh that fails', () => {
  test.each([
    ['throws', () => Promise.reject(new Error('session over')), 'NETWORK'],
    ['gives nothing', () => undefined, 'INVALID_OPTIONS'],
    ['gives an object', () => ({ token: 'fresh' }), 'INVALID_OPTIONS'],
    ['gives a token with a line feed', () => 'fresh\n', 'INVALID_OPTIONS'],
  ])('T2 that %s ends all that wait for it, and nothing is replayed', async (_what, refresh, code) => {
    bank.answer(status(401));
    const { ask, failures } = wire({ authToken: refreshing(refresh) });

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
    const wired = wire({ authToken }, { timeout: 1_000 });
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
    const { ask } = wire({ authToken: refreshing(() => refreshes.shift()?.()) }, { timeout: 1_000 });
    const first = ask(READ);
    await until(() => refreshes.length === 1);
    vi.advanceTimersByTime(1_000);
    expect(await first).toEqual(FAILED);

    expect(await ask(READ)).toEqual({ ok: true });
    expect(tokens()).toEqual(['stale', 'stale', 'fresh']);
  });

  test('T2 that answers after all have given up starts nothing', async () => {
    bank.answer(status(401));
    let release = (_token: string): void => {};
    const authToken = refreshing(() => new Promise((resolve) => (release = resolve)));
    const { ask, outcomes } = wire({ authToken }, { timeout: 1_000 });
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
    const wired = wire({ authToken: refreshing() }, { timeout: 1_000 });
    const asking = wired.ask(READ);
    await until(() => bank.arrivals.length === 2);

    vi.advanceTimersByTime(1_000);

    expect(await asking).toEqual(FAILED);
    expect(wired.error.code).toBe('TIMEOUT');
    await until(() => bank.arrival.signal.aborted);
  });
});

test('T2 a sandbox that revokes its tokens again and again is followed', async () => {
  const sandbox = createSandbox({ liveTokens: 1 });
  let session = sandbox.issueToken();
  const authToken = vi.fn(({ rejected }: Context) => {
    if (rejected === session) session = sandbox.issueToken();
    return session;
  });
  bank.answer(async ({ url, headers, body }) => {
    const forwarded = new Request(url, { method: 'POST', headers, body });
    return (await getResponse(sandbox.handlers, forwarded)) ?? status(404)();
  });
  const { ask, outcomes } = wire({ authToken });

  for (let round = 0; round < 3; round += 1) {
    sandbox.rotateTokens();
    expect(await Promise.all([ask(READ), ask({ type: 'getNumberOfInsights' })])).toMatchObject([
      { ok: true },
      { ok: true },
    ]);
  }

  expect(outcomes).toEqual(Array(6).fill('reply'));
  expect(authToken.mock.calls.filter(([{ rejected }]) => rejected !== undefined)).toHaveLength(3);
});
