import { afterEach, describe, expect, test, vi } from 'vitest';
import { bridgeOverHttp, FAILED, READ, WRITE } from '../fixtures/bridge-over-http.ts';
import { drive, quiet, until, useClock } from '../fixtures/clock.ts';
import { type Arrival, broken, brokenOff, ok, silence, status, useBank } from '../fixtures/use-bank.ts';

const bank = useBank();
useClock();

afterEach(() => {
  vi.restoreAllMocks();
});

/** The times between the arrivals, in ms. */
function waits(): number[] {
  return bank.arrivals.slice(1).map(({ at }, index) => at - (bank.arrivals[index]?.at ?? 0));
}

describe('T3 what is repeated', () => {
  test.each([408, 429, 502, 503, 504])('T3 status %i, after a while', async (code) => {
    bank.answerWith(status(code), ok);
    const { ask, outcomes } = bridgeOverHttp();

    expect(await drive(ask(READ))).toEqual({ ok: true });

    expect(outcomes).toEqual(['reply']);
    expect(waits()).toEqual([expect.toSatisfy((wait) => wait > 0)]);
    const [first, second] = bank.arrivals as [Arrival, Arrival];
    expect([second.url, second.method, second.body]).toEqual([first.url, first.method, first.body]);
    expect(Object.fromEntries(second.headers)).toEqual(Object.fromEntries(first.headers));
  });

  test.each([400, 403, 404, 405, 409, 410, 413, 422, 425, 500, 501, 505, 511])(
    'T3 not status %i',
    async (code) => {
      bank.answer(status(code, { 'retry-after': '0' }));
      const wired = bridgeOverHttp();

      expect(await drive(wired.ask(READ))).toEqual(FAILED);

      expect(bank.arrivals).toHaveLength(1);
      expect(wired.error).toMatchObject({ code: 'HTTP', details: { status: code } });
    },
  );

  test.each([
    ['a failure of the network', broken],
    ['an answer that breaks off', brokenOff],
  ])('T3 %s', async (_what, answer) => {
    bank.answerWith(answer, ok);

    expect(await drive(bridgeOverHttp().ask(READ))).toEqual({ ok: true });

    expect(waits()).toEqual([expect.toSatisfy((wait) => wait > 0)]);
  });

  test.each([
    ['a status', status(503)],
    ['a failure of the network', broken],
    ['an answer that breaks off', brokenOff],
  ])('T3 not a command that is not safe to repeat: %s', async (_what, answer) => {
    bank.answer(answer);

    expect(await drive(bridgeOverHttp().ask(WRITE))).toEqual(FAILED);

    expect(bank.arrivals).toHaveLength(1);
  });
});

describe('T3 retry.types', () => {
  const cases: [string, readonly string[] | undefined, string, boolean][] = [
    ['by default', undefined, 'getInsights', true],
    ['by default', undefined, 'get', true],
    ['by default', undefined, 'GetInsights', false],
    ['by default', undefined, 'forgetInsight', false],
    ['by default', undefined, 'generateInsights', false],
    ['by default', undefined, 'deleteAccountByInstituionLoginId', false],
    ['a whole name', ['refreshTime'], 'refreshTime', true],
    ['a whole name', ['refreshTime'], 'refreshTimes', false],
    ['a whole name', ['refreshTime'], 'refresh', false],
    ['the default is replaced', ['refreshTime'], 'getInsights', false],
    ['a prefix', ['get*', 'refresh*'], 'refreshTime', true],
    ['a star within is none', ['get*s'], 'getInsights', false],
    ['a star alone', ['*'], 'anything', true],
    ['no patterns but these', ['get.*'], 'getInsights', false],
    ['none', [], 'getInsights', false],
  ];

  test.each(cases)('T3 %s: %j, %s → %s', async (_what, types, type, isRepeated) => {
    bank.answerWith(status(503), ok);
    const { ask } = bridgeOverHttp({ retry: { types } });

    expect(await drive(ask({ type }))).toEqual(isRepeated ? { ok: true } : FAILED);

    expect(bank.arrivals).toHaveLength(isRepeated ? 2 : 1);
  });

  test.each([
    ['its text names the type', '{"type":"getInsights"}', 2],
    ['its text is no JSON', 'getInsights', 1],
    ['it names none', { command: 'getInsights' }, 1],
    ['its type is no text', { type: ['getInsights'] }, 1],
  ])('T3 what the body names: %s', async (_what, body, count) => {
    bank.answer(status(503));
    const { bridge } = bridgeOverHttp({ retry: { types: ['*'], limit: 1 } });

    await expect(drive(bridge.send('pserver', body))).rejects.toMatchObject({ code: 'HTTP' });

    expect(bank.arrivals).toHaveLength(count);
  });
});

describe('T3 retry.limit', () => {
  test.each([
    [undefined, 3],
    [0, 1],
    [1, 2],
    [4, 5],
  ])('T3 %s: sent %i times at most', async (limit, count) => {
    bank.answer(status(503));
    const wired = bridgeOverHttp({ retry: { limit } });

    expect(await drive(wired.ask(READ))).toEqual(FAILED);

    expect(bank.arrivals).toHaveLength(count);
    expect(wired.error).toMatchObject({ code: 'HTTP', details: { status: 503 } });
  });

  test('T3 the last failure is reported', async () => {
    bank.answerWith(status(503), status(429), broken);
    const wired = bridgeOverHttp();

    expect(await drive(wired.ask(READ))).toEqual(FAILED);

    expect(wired.error.code).toBe('NETWORK');
    expect(wired.error.details).not.toHaveProperty('status');
  });

  test('T3 a server that stays down is asked less and less often', async () => {
    bank.answer(status(503));
    const { ask } = bridgeOverHttp({ retry: { limit: 4 } });
    vi.spyOn(Math, 'random').mockReturnValue(0.5);

    await drive(ask(READ));

    expect(waits()).toHaveLength(4);
    expect(waits()).toEqual(waits().sort((a, b) => a - b));
    expect(new Set(waits())).toHaveProperty('size', 4);
  });

  test('T3 clients of a server that was down do not come back all at once', async () => {
    const waited: unknown[] = [];
    for (const chance of [0, 0.999]) {
      bank.answerWith(status(503), ok);
      const { ask } = bridgeOverHttp();
      vi.spyOn(Math, 'random').mockReturnValue(chance);
      await drive(ask(READ));
      waited.push(...waits());
      bank.forget();
    }

    expect(waited).toHaveLength(2);
    expect(waited[0]).not.toBe(waited[1]);
  });

  test('T3 a repeat that is refused its token is replayed, and has its repeats again', async () => {
    bank.answerWith(status(503), status(401), status(503), ok);
    const { ask } = bridgeOverHttp({
      authToken: ({ rejected }) => (rejected ? 'fresh' : 'stale'),
      retry: { limit: 1 },
    });

    expect(await drive(ask(READ))).toEqual({ ok: true });

    expect(bank.arrivals.map(({ headers }) => headers.get('authToken'))).toEqual([
      'stale',
      'stale',
      'fresh',
      'fresh',
    ]);
  });
});

describe('T3 never past the deadline, never after the end', () => {
  test('T3 no retry that would begin after the deadline: it fails at once', async () => {
    bank.answer(status(503, { 'retry-after': '30' }));
    const wired = bridgeOverHttp({}, { timeout: 30_000 });

    expect(await wired.ask(READ)).toEqual(FAILED);

    expect(bank.arrivals).toHaveLength(1);
    expect(wired.error).toMatchObject({ code: 'HTTP', details: { status: 503 } });
  });

  test('T3 what is left of the time counts, and not the timeout', async () => {
    bank.answerWith(status(503, { 'retry-after': '6' }), status(503, { 'retry-after': '6' }), ok);
    const wired = bridgeOverHttp({}, { timeout: 10_000 });

    expect(await drive(wired.ask(READ))).toEqual(FAILED);

    expect(bank.arrivals).toHaveLength(2);
    expect(wired.error.code).toBe('HTTP');
  });

  test('T3 a timeout during the repeat ends it there', async () => {
    bank.answer((arrival, count) => (count === 1 ? status(503)() : silence(arrival)));
    const wired = bridgeOverHttp({}, { timeout: 5_000 });

    expect(await drive(wired.ask(READ))).toEqual(FAILED);

    expect(wired.error.code).toBe('TIMEOUT');
    await until(() => bank.arrival.signal.aborted);
    expect(bank.arrivals).toHaveLength(2);
  });

  test.each(['abort', 'dispose', 'detach'] as const)('T3 none after %s while it waits', async (end) => {
    bank.answer(status(503, { 'retry-after': '5' }));
    const leaver = new AbortController();
    const { bridge, outcomes } = bridgeOverHttp({}, { timeout: false });
    const detach = bridge.attach({ handlePServerResponse() {} }, {});
    if (end === 'abort') bridge.send('pserver', READ, { signal: leaver.signal }).catch(() => {});
    else bridge.delegate.sendRequestToPServer(null, READ, '1');
    await until(() => vi.getTimerCount() === 1);

    if (end === 'abort') leaver.abort();
    else if (end === 'dispose') bridge.dispose();
    else detach();
    await quiet();

    expect(outcomes).toEqual(['failure']);
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(60_000);
    await quiet();
    expect(bank.arrivals).toHaveLength(1);
  });

  test('T3 none after an abort while the answer is awaited', async () => {
    bank.answer(silence);
    const leaver = new AbortController();
    const { bridge } = bridgeOverHttp({}, { timeout: false });
    const asking = bridge.send('pserver', READ, { signal: leaver.signal });
    const refused = expect(asking).rejects.toMatchObject({ code: 'ABORTED' });
    await until(() => bank.arrivals.length === 1);

    leaver.abort();
    await refused;
    await until(() => bank.arrival.signal.aborted);

    await quiet();
    expect(vi.getTimerCount()).toBe(0);
    expect(bank.arrivals).toHaveLength(1);
  });
});
