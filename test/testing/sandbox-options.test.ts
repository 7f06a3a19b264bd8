import { getResponse } from 'msw';
import { afterEach, expect, test, vi } from 'vitest';
import { createSandbox, type SandboxOptions } from '../../src/testing/index.ts';
import { asking, until } from './ask.ts';

afterEach(() => vi.useRealTimers());

test.each([
  [{ seed: Number.NaN }, 'seed'],
  [{ tokenLifetime: 0 }, 'tokenLifetime'],
  [{ liveTokens: 1.5 }, 'liveTokens'],
  [{ latency: -1 }, 'latency'],
  [{ faults: { kind: 'never' } }, 'faults'],
  [{ latency: [5, 1] }, 'latency'],
  [{ baseUrl: 7 }, 'baseUrl'],
  [{ onPush: 'page' }, 'onPush'],
])('%j is refused by the name of the option', (options, name) => {
  expect(() => createSandbox(options as SandboxOptions)).toThrow(`"${name}" must be`);
});

test('an origin as base address keeps the sandbox to that origin', async () => {
  const { handlers, issueToken } = createSandbox({ baseUrl: 'https://widget.bank.example' });
  const send = (origin: string) =>
    getResponse(
      handlers,
      new Request(`${origin}/pserver/execute`, {
        method: 'POST',
        headers: { authToken: issueToken() },
        body: '{"type":"getInsights"}',
      }),
    );

  expect((await send('https://widget.bank.example'))?.status).toBe(200);
  expect(await send('https://other.example')).toBeUndefined();
});

test('faults that are given strike like those that are added later, until they are cleared', async () => {
  const sandbox = createSandbox({
    faults: [
      { kind: 'error', status: 503, server: 'enrich', count: 1 },
      { kind: 'error', status: 500, server: 'pserver', count: 9 },
    ],
  });
  const ask = asking(sandbox);
  const statuses = async (server: 'enrich' | 'pserver') => {
    const answers = [await ask(server, { type: 'getInsights' }), await ask(server, { type: 'getInsights' })];
    return answers.map(({ status }) => status);
  };
  expect((await statuses('enrich'))[0]).toBe(503);
  expect(await statuses('pserver')).toEqual([500, 500]);
  sandbox.clearFaults();
  expect(await statuses('pserver')).toEqual([200, 200]);
  expect(() => createSandbox({ faults: [{ kind: 'nothing' } as never] })).toThrow(TypeError);
});

test('every answer waits for the latency, and a range stays in its bounds', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const timer = vi.spyOn(globalThis, 'setTimeout');
  const ask = asking(createSandbox({ latency: [100, 200] }));

  for (let count = 0; count < 20; count += 1) {
    const answer = ask('pserver', { type: 'getInsights' });
    await until(() => vi.getTimerCount() === 1);
    vi.advanceTimersByTime(200);
    expect((await answer).status).toBe(200);
  }
  let refused: Response | undefined;
  void ask('pserver', { type: 'getInsights' }, { headers: { authToken: 'stale' } }).then((answer) => {
    refused = answer;
  });
  await until(() => vi.getTimerCount() === 1);
  expect(refused).toBeUndefined();
  vi.advanceTimersByTime(200);
  await until(() => refused?.status === 401);

  const delays = timer.mock.calls.map(([, delay]) => Number(delay));
  expect(delays).toHaveLength(21);
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(100);
  expect(new Set(delays).size).toBeGreaterThan(5);
});
