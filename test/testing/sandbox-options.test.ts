import { getResponse } from 'msw';
import { afterEach, expect, test, vi } from 'vitest';
import { createSandbox, type SandboxOptions } from '../../src/testing/index.ts';
import { asking, until } from './fixtures/ask.ts';

// In this order, so that a spied function of the fake clock is restored to the fake one.
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test.each([
  [{ seed: Number.NaN }, '"seed" must be a finite number, not NaN.'],
  [{ tokenLifetime: 0 }, '"tokenLifetime" must be a number above 0, not 0.'],
  [{ tokenLifetime: '5' }, '"tokenLifetime" must be a number above 0, not "5".'],
  [{ liveTokens: 1.5 }, '"liveTokens" must be a whole number above 0, not 1.5.'],
  [
    { latency: -1 },
    '"latency" must be 0 or more milliseconds, or a range of them, such as [50, 200], not -1.',
  ],
  [{ latency: [5, 1] }, '"latency" must be a range from low to high, not a list.'],
  [
    { latency: '5' },
    '"latency" must be 0 or more milliseconds, or a range of them, such as [50, 200], not "5".',
  ],
  [{ latency: [5, 'x'] }, '"latency.1" must be a number of milliseconds, 0 or more, not "x".'],
  [{ faults: { kind: 'never' } }, '"faults" must be a list, not an object.'],
  [{ faults: [{ kind: 'never' }, { kind: 'slow', ms: -1 }] }, '"faults.1.ms" must be a whole number from 0'],
  [{ baseUrl: 7 }, '"baseUrl" must be a string, not 7.'],
  [{ onPush: 'page' }, '"onPush" must be a function, not "page".'],
  [{ now: 5 }, '"now" must be a function, not 5.'],
  [{ linxo: [] }, '"linxo" must be an object, not an empty list.'],
  [null, '"options" must be an object, not null.'],
])('%j is rejected with the name of the option, what was expected and what was received', (options, why) => {
  expect(() => createSandbox(options as SandboxOptions)).toThrow(TypeError);
  expect(() => createSandbox(options as SandboxOptions)).toThrow(`createSandbox: ${why}`);
});

test.each([
  [
    { zone: 7 },
    'zone',
    'seed, baseUrl, tokenLifetime, liveTokens, latency, faults, now, linxo, replay, onPush',
  ],
  [JSON.parse('{ "__proto__": { "seed": 7 } }'), '__proto__', 'seed, '],
  [{ constructor: 7 }, 'constructor', 'seed, '],
  [{ faults: [{ kind: 'never', ms: 5 }] }, 'faults.0.ms', 'kind, server, type, count, probability'],
])('S5 an unknown option is rejected, and the known ones are named: %j', (options, name, known) => {
  const why = `createSandbox: "${name}" is not known. Known are ${known}`;
  expect(() => createSandbox(options as SandboxOptions)).toThrow(why);
  expect(() => createSandbox(options as SandboxOptions)).toThrow(TypeError);
});

test.each([
  [{ sede: 7 }, 'sede', 'seed'],
  [{ Seed: undefined }, 'Seed', 'seed'],
  [{ latencies: [1, 2] }, 'latencies', 'latency'],
  [{ faults: [{ kind: 'slow', probabilty: 1 }] }, 'faults.0.probabilty', 'probability'],
  [{ linxo: { endMarker: 'both' } }, 'linxo.endMarker', 'endMarkers'],
  [{ linxo: { cors: { origin: ['*'], origins: ['*'] } } }, 'linxo.cors.origin', 'origins'],
])('S5 a slip names the nearest option: %j', (options, name, nearest) => {
  const why = `createSandbox: "${name}" is not known. Did you mean "${nearest}"?`;
  expect(() => createSandbox(options as SandboxOptions)).toThrow(why);
});

test('an option that is undefined counts as missing, at every level', () => {
  const cors = { origins: ['*'], maxAge: undefined };
  const linxo = { reads: undefined, lifetime: undefined, cors };
  const faults = [
    { kind: 'slow', ms: undefined },
    { kind: 'never', ms: undefined },
  ];
  const options = { seed: undefined, now: undefined, faults, linxo };
  expect(createSandbox(options as unknown as SandboxOptions).linxo).toMatchObject({
    settings: { reads: 'destructive', lifetime: 900_000, cors: { maxAge: 600 } },
  });
});

test('a message shows no long text', () => {
  const secret = 'token-'.repeat(20);
  const refused = () => createSandbox({ seed: secret } as unknown as SandboxOptions);
  expect(refused).toThrow('createSandbox: "seed" must be a finite number, not a long text.');
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

test('faults from the options apply like those that are added later, until they are cleared', async () => {
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

test('every answer waits for the latency, within its range', async () => {
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

test('a token and a queue can have no expiry', () => {
  const forever = Number.POSITIVE_INFINITY;
  expect(() => createSandbox({ tokenLifetime: forever, linxo: { lifetime: forever } })).not.toThrow();
});
