import { describe, expect, test, vi } from 'vitest';
import type { AnyBanksideError } from '../../../src/index.ts';
import { bridgeOverHttp, FAILED, READ, WRITE } from '../fixtures/bridge-over-http.ts';
import { drive, until, useClock } from '../fixtures/clock.ts';
import { broken, brokenOff, silence, status, useBank } from '../fixtures/use-bank.ts';

const bank = useBank();
useClock();

/** Answers after a time on the clock of the test. */
const later = (ms: number, answer: () => Response) => () =>
  new Promise<Response>((resolve) => setTimeout(() => resolve(answer()), ms));

const about = { server: 'pserver', type: 'rateInsight', requestId: 'id-1' };
/** A time on the test's clock, which goes on in steps. */
const around = (ms: number) => expect.toSatisfy((value: number) => value >= ms && value <= ms + 100);

describe('T4 an error has code, server, type, requestId, HTTP status and elapsed ms', () => {
  test.each([
    ['an error status', status(500), 'HTTP', 500],
    ['a refused token', status(401), 'UNAUTHORIZED', 401],
    ['a redirect', status(302), 'HTTP', 302],
    ['a status that would be repeated for a safe command', status(503), 'HTTP', 503],
    ['no network', broken, 'NETWORK', undefined],
    ['half an answer', brokenOff, 'NETWORK', undefined],
    ['an answer that is none', () => new Response('<!doctype html>'), 'INVALID_RESPONSE', undefined],
  ])('T4 %s', async (_what, answer, code, httpStatus) => {
    bank.answer(later(700, answer));
    const wired = bridgeOverHttp();

    expect(await drive(wired.ask(WRITE))).toEqual(FAILED);

    expect(wired.outcomes).toEqual(['failure']);
    expect(wired.error).toMatchObject({ code, details: { ...about, elapsed: around(700) } });
    expect((wired.error.details as { status?: number }).status).toBe(httpStatus);
    expect(wired.error.message).toContain('rateInsight to pserver');
  });

  test('T4 a timeout', async () => {
    bank.answer(silence);
    const wired = bridgeOverHttp({}, { timeout: 1_500 });

    await drive(wired.ask(WRITE));

    expect(wired.error).toMatchObject({
      code: 'TIMEOUT',
      details: { ...about, timeout: 1_500, elapsed: 1_500 },
    });
  });

  test('T4 an abort', async () => {
    bank.answer(silence);
    const { bridge } = bridgeOverHttp();
    const leaver = new AbortController();
    const asking = bridge.send('pserver', WRITE, { signal: leaver.signal });
    const rejected = expect(asking).rejects.toMatchObject({
      code: 'ABORTED',
      details: { ...about, requestId: expect.any(String), elapsed: 250 },
      cause: 'gone',
    });
    await until(() => bank.arrivals.length === 1);

    vi.advanceTimersByTime(250);
    leaver.abort('gone');

    await rejected;
  });

  test('T4 all tries count as elapsed', async () => {
    bank.answer(later(1_000, status(503)));
    const wired = bridgeOverHttp({ retry: { limit: 1 } });

    await drive(wired.ask(READ));

    expect(bank.arrivals).toHaveLength(2);
    const { elapsed } = wired.error.details as { elapsed: number };
    expect(elapsed).toBeGreaterThan(2_000);
    expect(elapsed).toBeLessThan(4_000);
  });

  test('T4 a body that names no type', async () => {
    bank.answer(status(500));
    const wired = bridgeOverHttp();

    await wired.ask({ command: 'getInsights' });

    expect(wired.error.details).toMatchObject({ server: 'pserver', type: undefined, requestId: 'id-1' });
    expect(wired.error.message).not.toContain('undefined');
  });

  test.each([
    ['pserver', 'sendRequestToPServer'],
    ['enrich', 'sendRequestToEnrichServer'],
    ['ob', 'sendRequestToOBServer'],
  ] as const)('T4 the server is the one that was meant: %s', async (server, sender) => {
    bank.answer(status(500));
    const endpoints = { [server]: 'https://bank.example/any' };
    const wired = bridgeOverHttp({ endpoints });

    wired.bridge.delegate[sender](null, READ, 7 as never);
    await until(() => wired.failures.length === 1);

    expect(wired.error.details).toMatchObject({ server, requestId: 7 });
  });

  test('T4 `send` rejects with the error of the failure event', async () => {
    bank.answer(status(500));
    const { bridge, failures } = bridgeOverHttp();

    const error: AnyBanksideError = await bridge.send<never>('pserver', WRITE).catch((error) => error);

    expect(failures).toHaveLength(1);
    expect(failures[0]?.error).toBe(error);
    expect(error.details).toMatchObject({ requestId: failures[0]?.request?.requestId });
  });
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['a string', 'ok'],
  ['a look-alike', { ok: true, status: 200 }],
])('T5 a fetch of the page’s own that gives %s has not failed: INVALID_RESPONSE', async (_what, given) => {
  const wired = bridgeOverHttp({ fetch: async () => given as never, retry: { limit: 0 } });

  expect(await wired.ask(READ)).toEqual(FAILED);

  expect(wired.error.code).toBe('INVALID_RESPONSE');
});

test('T4 a fetch of the page’s own that throws instead of rejecting is a failed network', async () => {
  const wired = bridgeOverHttp({
    fetch: () => {
      throw new TypeError('offline');
    },
    retry: { limit: 0 },
  });

  expect(await wired.ask(READ)).toEqual(FAILED);

  expect(wired.error.code).toBe('NETWORK');
});

test.each([
  ['a status that no Response can be made with', 999, 'HTTP'],
  ['a redirect that a browser hides', 0, 'HTTP'],
  ['no content', 204, undefined],
  ['an error', 500, 'HTTP'],
])('T5 an answer of a stand-in for fetch, which is no Response: %s', async (_what, code, error) => {
  const ok = code === 204;
  const answer = { ok, status: code, headers: { get: () => null }, text: async () => (ok ? '' : '{}') };
  const wired = bridgeOverHttp({ fetch: async () => answer as never });

  await wired.ask(READ);

  expect(wired.failures.map(({ error }) => error.code)).toEqual(error ? [error] : []);
  if (error) expect(wired.error.details).toMatchObject({ status: code });
});
