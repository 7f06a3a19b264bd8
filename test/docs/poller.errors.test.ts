import { describe, expect, it } from 'vitest';
import type { ErrorCode, QueuePoller, QueuePollerOptions } from '../../src/index.ts';
import type { Fault } from '../../src/testing/index.ts';
import { bankside } from './fixtures/built.ts';
import { pageOf } from './fixtures/pages.ts';
import { queueTests } from './fixtures/queue-tests.ts';

const stage = queueTests();
const { inTime, pass } = stage;

const [table] = pageOf('docs/poller.md').tables.filter(({ heading }) => heading === 'Errors of the poller');
const rows = (table?.rows ?? [])
  .slice(1)
  .map(([code = '', , goesOn = '']) => [code.replaceAll('`', ''), goesOn]);

function pollerWith(options: Partial<QueuePollerOptions> = {}): QueuePoller {
  return new bankside.QueuePoller({
    baseUrl: 'https://gateway.bank.example/linxo',
    accessToken: () => stage.sandbox.issueAccessToken(),
    storage: false,
    timeout: 2_000,
    ...options,
  });
}

/** Lets a poller meet something from its start on. Returns the first code that it tells, and whether it goes on by itself. */
async function meet(prepare: () => void, options?: Partial<QueuePollerOptions>): Promise<[string, boolean]> {
  const poller = pollerWith(options);
  const told: [code: string, goesOn: boolean][] = [];
  poller.on('failure', ({ error, retryIn }) => told.push([error.code, retryIn !== undefined]));
  prepare();
  const started = poller.start().catch(({ code }) => code);
  await pass(60_000);
  const { status } = poller;
  await poller.stop();
  const [[code, goesOn] = ['nothing', false]] = told;
  expect(status).toBe(goesOn ? 'polling' : 'failed');
  expect(await started).toBe(goesOn ? undefined : code);
  return [code, goesOn];
}

const faulty = (fault: Fault) => meet(() => stage.sandbox.fault({ server: 'linxo', ...fault }));

/** The way to each code, and what comes of it. */
const ways: Partial<Record<ErrorCode, () => Promise<[string, boolean]>>> = {
  NETWORK: () => faulty({ kind: 'network' }),
  TIMEOUT: () => faulty({ kind: 'never', type: 'queue' }),
  HTTP: () => faulty({ kind: 'error', status: 500 }),
  INVALID_RESPONSE: () => faulty({ kind: 'garbage', type: 'queue' }),
  QUEUE_EXPIRED: () => faulty({ kind: 'gone', type: 'queue', count: 2 }),
  UNAUTHORIZED: () => faulty({ kind: 'stale-token', count: 2 }),
  INVALID_OPTIONS: () => meet(() => {}, { accessToken: () => '' }),
  async INVALID_CALL() {
    const poller = pollerWith();
    await inTime(poller.start());
    const code = await poller.whenSynced('').catch((error) => error.code);
    expect(() => poller.track('')).toThrow(expect.objectContaining({ code }));
    const { status } = poller;
    await poller.stop();
    return [code, status === 'polling'];
  },
  async DISPOSED() {
    const poller = pollerWith();
    const waiting = [poller.start(), poller.whenSynced('connection-1')].map((one) =>
      one.catch(({ code }) => code),
    );
    await poller.stop();
    const [code, other] = await Promise.all(waiting);
    expect(other).toBe(code);
    return [code as string, false];
  },
};

describe('the table of the errors of a poller', () => {
  it('has those that there is a way to', () => {
    expect(rows.map(([code]) => code).sort()).toEqual(Object.keys(ways).sort());
  });

  it.each(rows)('says whether the poller continues after %s: %s', async (code, goesOn) => {
    const met = await ways[code as ErrorCode]?.();
    expect(met).toEqual([code, goesOn?.startsWith('yes')]);
  });

  it.each([
    [
      'HTTP',
      'a subscription that is refused with 400',
      () => faulty({ kind: 'error', status: 400, type: 'subscribe' }),
    ],
    [
      'INVALID_RESPONSE',
      'a Location that cannot be read',
      () => meet(() => stage.sandbox.linxo.configure({ location: 'missing' })),
    ],
    ['NETWORK', 'a function that throws goes on', () => meet(() => {}, { accessToken: failingOnce() })],
  ] as const)('says when it is otherwise: %s of %s', async (code, words, way) => {
    expect(await way()).toEqual([code, words.endsWith('goes on')]);
  });

  it('says what a wait that is too long gives, and that nothing else comes of it', async () => {
    const poller = pollerWith();
    await inTime(poller.start());
    const { code, details } = await inTime(
      poller.whenSynced('connection-1', { timeout: 5_000 }).catch((error) => error),
    );
    expect([code, details.server, details.type, details.requestId]).toEqual([
      'TIMEOUT',
      'queue',
      'whenSynced',
      'connection-1',
    ]);
    expect(poller.status).toBe('polling');
    await poller.stop();
  });
});

it('the pauses after failures grow from about 2 s to about a minute', async () => {
  const poller = pollerWith();
  const pauses: number[] = [];
  poller.on('failure', ({ retryIn = 0 }) => pauses.push(retryIn));
  stage.sandbox.fault({ kind: 'network', server: 'linxo', probability: 1 });
  void poller.start().catch(() => {});
  await pass(3_600_000);
  await poller.stop();
  const later = pauses.slice(6);
  const mean = later.reduce((sum, pause) => sum + pause, 0) / later.length;
  expect(Math.abs((pauses[0] ?? 0) - 2_000)).toBeLessThanOrEqual(1_000);
  expect(Math.abs(mean - 60_000)).toBeLessThan(15_000);
});

/** A function for a token that throws the first time. */
function failingOnce(): () => string {
  let hasFailed = false;
  return () => {
    if (hasFailed) return stage.sandbox.issueAccessToken();
    hasFailed = true;
    throw new Error('The session does not answer');
  };
}
