import { describe, expect, test, vi } from 'vitest';
import { bridgeOverHttp, FAILED, READ } from '../fixtures/bridge-over-http.ts';
import { drive, quiet, until, useClock } from '../fixtures/clock.ts';
import { ok, status, useBank } from '../fixtures/use-bank.ts';

const bank = useBank();
useClock();

const DAY = 24 * 60 * 60 * 1_000;

/** Asks for what is refused at first, and is back once the one timer of this request, that of its repeat, is set. */
async function refused(retryAfter: string, code = 503, more: Readonly<Record<string, string>> = {}) {
  bank.answerWith(status(code, { 'retry-after': retryAfter, ...more }), ok);
  const { ask } = bridgeOverHttp({}, { timeout: false });
  const asking = ask(READ);
  await until(() => vi.getTimerCount() === 1);
  return { asking };
}

/** Moves the clock, and returns how often the request has been sent. */
async function sentAfter(ms: number): Promise<number> {
  vi.advanceTimersByTime(ms);
  await quiet();
  return bank.arrivals.length;
}

/** As a server writes it, with a resolution of one second. */
const inMs = (ms: number): string => new Date(Date.now() + ms).toUTCString();

describe('T3 Retry-After', () => {
  test.each([408, 429, 502, 503, 504])('T3 in seconds, with status %i: not before', async (code) => {
    const { asking } = await refused('12', code);

    expect(await sentAfter(11_999)).toBe(1);

    expect(await drive(asking)).toEqual({ ok: true });
    expect(bank.arrival.at).toBeLessThan(20_000);
  });

  test('T3 as a date: not before', async () => {
    vi.setSystemTime('2026-03-01T12:00:00Z');
    const { asking } = await refused(inMs(12_000));

    expect(await sentAfter(11_999)).toBe(1);

    expect(await drive(asking)).toEqual({ ok: true });
    expect(bank.arrival.at).toBeLessThan(20_000);
  });

  test.each([
    ['seconds', '30'],
    ['a date', 'Sun, 01 Mar 2026 12:00:30 GMT'],
    ['more seconds than a number holds', '9'.repeat(400)],
    ['a date beyond all plans', 'Fri, 31 Dec 9999 23:59:59 GMT'],
  ])('T3 beyond the deadline, as %s: it fails at once', async (_form, retryAfter) => {
    vi.setSystemTime('2026-03-01T12:00:00Z');
    bank.answer(status(429, { 'retry-after': retryAfter }));
    const wired = bridgeOverHttp({}, { timeout: 20_000 });

    expect(await wired.ask(READ)).toEqual(FAILED);

    expect(bank.arrivals).toHaveLength(1);
    expect(wired.error).toMatchObject({ code: 'HTTP', details: { status: 429 } });
  });

  test.each([
    ['40 days', `${(40 * DAY) / 1_000}`],
    ['unix milliseconds', '1772366405000'],
  ])('T3 without a deadline, %s are at most 15 minutes', async (_what, retryAfter) => {
    vi.setSystemTime('2026-03-01T12:00:00Z');
    const { asking } = await refused(retryAfter);

    expect(await sentAfter(899_999)).toBe(1);
    expect(await sentAfter(1)).toBe(2);

    expect(await asking).toEqual({ ok: true });
  });

  test.each([
    ['a fraction', '12.0', {}],
    ['a header that came twice', '12, 12', {}],
    ['a unix time', '1772366412', {}],
    [
      "a date by the server's clock",
      'Sun, 01 Mar 2026 09:30:12 GMT',
      { date: 'Sun, 01 Mar 2026 09:30:00 GMT' },
    ],
    ["a unix time by the server's clock", '1772357412', { date: 'Sun, 01 Mar 2026 09:30:00 GMT' }],
  ])('T3 %s: not before', async (_what, retryAfter, more) => {
    vi.setSystemTime('2026-03-01T12:00:00Z');
    const { asking } = await refused(retryAfter, 503, more);

    expect(await sentAfter(11_999)).toBe(1);

    expect(await drive(asking)).toEqual({ ok: true });
    expect(bank.arrival.at).toBeLessThan(20_000);
  });

  test.each([
    ['0', '0'],
    ['a date in the past', 'Sun, 01 Mar 2020 12:00:00 GMT'],
    ['a word', 'soon'],
    ['a negative number', '-5'],
    ['a number and a unit', '12s'],
    ['two numbers', '12, 15'],
    ['hexadecimal', '0x0f'],
    ['an exponent', '1e9'],
    ['a date without a day', '01 Mar 2099'],
    ['an ISO date', '2099-03-01T12:00:00Z'],
    ['nothing', ''],
  ])('T3 of no use (%s): the usual pause', async (_what, retryAfter) => {
    const { asking } = await refused(retryAfter);

    expect(await sentAfter(0)).toBe(1);

    expect(await drive(asking)).toEqual({ ok: true });
    expect(bank.arrival.at).toBeGreaterThan(0);
    expect(bank.arrival.at).toBeLessThan(5_000);
  });

  test('T3 hidden by CORS it has no effect', async () => {
    // What a page sees of an answer from another origin that exposes nothing.
    let count = 0;
    const { ask } = bridgeOverHttp({
      fetch: async () => (++count === 1 ? new Response(null, { status: 503 }) : ok()),
    });

    expect(await drive(ask(READ))).toEqual({ ok: true });
    expect(performance.now()).toBeLessThan(5_000);
  });

  test('T3 with a status that is not repeated it means nothing', async () => {
    bank.answer(status(500, { 'retry-after': '1' }));

    expect(await bridgeOverHttp().ask(READ)).toEqual(FAILED);

    expect(bank.arrivals).toHaveLength(1);
  });
});
