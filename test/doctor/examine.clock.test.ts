import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clockDifference } from '../../src/doctor/judge-clock.ts';
import { examined, LINXO, PSERVER } from './fixtures/examined.ts';
import type { FakeSenderOptions } from './fixtures/fake-sender.ts';

const NOON = Date.UTC(2026, 10, 30, 12);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOON });
});
afterEach(() => {
  vi.useRealTimers();
});

const at = (ms: number): string => new Date(NOON + ms).toUTCString();

/** All answers have this `Date`, and these headers. */
function dated(date: string, more: Readonly<Record<string, string>> = {}): FakeSenderOptions {
  return { change: (_probe, { headers }) => ({ headers: { ...headers, ...more, date } }) };
}

describe('the clock of the server', () => {
  it.each([
    ['ahead', 60_000, "The server's time is 60 s ahead of the clock of this machine."],
    ['behind', -60_000, "The server's time is 59 s behind the clock of this machine."],
  ])('is found once for all answers to POST, if it is far %s', async (_name, ms, seen) => {
    const { findings } = await examined([PSERVER], dated(at(ms)));

    expect(findings).toMatchObject([
      {
        id: 'clock',
        request: 'POST /pserver/execute, getInsights with a token that is not valid, and 4 others',
        seen,
      },
    ]);
  });

  it.each([-11_000, -10_000, 0, 10_000])(
    'is right within 10 s, and the second that Date leaves out: %s',
    async (ms) => {
      const { findings } = await examined([PSERVER], dated(at(ms)));
      expect(findings).toEqual([]);
    },
  );

  it('is not judged by an answer from a cache', async () => {
    const { found } = await examined([LINXO], {
      change: ({ method, token }, { headers }) =>
        method === 'GET' && token === 'valid'
          ? { headers: { ...headers, age: '300', date: at(-300_000) } }
          : {},
    });
    expect(found).toEqual(['linxo: cached-answer']);
  });

  it('is not judged by reads, which a cache may have answered that does not say so', async () => {
    const { found } = await examined([LINXO], {
      change: ({ method }, { headers }) =>
        method === 'GET' ? { headers: { ...headers, date: at(-300_000) } } : {},
    });
    expect(found).toEqual([]);
  });

  it.each(['', 'yesterday', '2026', '-5'])('is not judged by a Date that is none: %j', async (date) => {
    const { found } = await examined([PSERVER], dated(date));
    expect(found).toEqual([]);
  });
});

it.each([
  [0, 'a slow answer, dated when it was asked for'],
  [30_000, 'a slow answer, dated when it came'],
])('the way there and back is allowed for: %s', (date) => {
  const header = (name: string) => ({ value: name === 'date' ? at(date) : undefined, isReadable: true });
  const answer = {
    status: 200,
    header,
    seesAllHeaders: true,
    allowsPage: true,
    isSameOrigin: false,
    text: '',
    sentAt: NOON,
    answeredAt: NOON + 30_000,
  };
  expect(clockDifference(answer)).toBeUndefined();
});
