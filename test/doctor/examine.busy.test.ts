import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Diagnosis, examine } from '../../src/doctor/examine.ts';
import { LINXO, PSERVER } from './fixtures/examined.ts';
import { type Change, FakeSender, type FakeSenderOptions, type Said } from './fixtures/fake-sender.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const { signal } = new AbortController();

/** The first requests are answered with a busy status, the others as a right server would. */
function busyFor(count: number, make: (right: Said) => Change): { sender: FakeSender; times: number[] } {
  const times: number[] = [];
  const change: FakeSenderOptions['change'] = (_probe, right) => {
    times.push(Date.now());
    return times.length <= count ? make(right) : {};
  };
  return { sender: new FakeSender({ change }), times };
}

function busy(status: number, retryAfter?: string): (right: Said) => Change {
  return ({ headers }) => ({
    status,
    headers: retryAfter === undefined ? headers : { ...headers, 'retry-after': retryAfter },
  });
}

async function diagnosed(sender: FakeSender, subjects = [PSERVER]): Promise<Diagnosis> {
  const ended = examine({ subjects, sender, signal });
  await vi.runAllTimersAsync();
  expect(vi.getTimerCount()).toBe(0);
  return ended;
}

const pauses = (times: readonly number[]): readonly number[] =>
  times.slice(1).map((time, at) => time - (times[at] ?? 0));

describe('a server that is busy', () => {
  it.each([429, 503])('gets the request again when it asks for it: %s', async (status) => {
    const { sender, times } = busyFor(1, busy(status, '3'));
    const { findings, checks } = await diagnosed(sender);

    expect(findings).toEqual([]);
    expect(checks.map(({ result }) => result)).not.toContain('skipped');
    expect(pauses(times)[0]).toBe(3000);
    expect(sender.names[1]).toBe(sender.names[0]);
  });

  it('gets it again and again, for 10 s at most', async () => {
    const { sender, times } = busyFor(99, busy(429, '4'));
    const { findings, checks } = await diagnosed(sender);

    expect(pauses(times)).toEqual([4000, 4000]);
    expect(findings).toEqual([]);
    const reason = 'the server is busy: its status is 429, and it asks to wait 4 s';
    expect(checks).toEqual([
      { subject: 'pserver', name: 'a token that is not valid', result: 'skipped', reason },
      { subject: 'pserver', name: 'all further requests', result: 'skipped', reason },
    ]);
  });

  it('is not waited for if it asks for more', async () => {
    const { sender, times } = busyFor(99, busy(503, '3600'));
    const { findings } = await diagnosed(sender);

    expect(times).toHaveLength(1);
    expect(findings).toEqual([]);
  });

  it('that ends the examination of this server, and the next is examined', async () => {
    const sender = new FakeSender({
      change: ({ subject }, right) => (subject === 'pserver' ? busy(429, '60')(right) : {}),
    });
    const { checks } = await diagnosed(sender, [PSERVER, LINXO]);

    expect(checks.filter(({ subject }) => subject === 'pserver')).toHaveLength(2);
    expect(
      checks.filter(({ subject, result }) => subject === 'linxo' && result === 'fine').length,
    ).toBeGreaterThan(8);
  });

  it('is asked again later and later, if it does not say when', async () => {
    const { sender, times } = busyFor(99, busy(429));
    const { findings } = await diagnosed(sender);

    expect(pauses(times)).toEqual([250, 500, 1000, 2000, 4000]);
    expect(findings).toMatchObject([
      { id: 'rate-limit-form', seen: 'The answer with 429 has no header Retry-After.' },
    ]);
  });

  it('is out of order, if that is 503 without a time', async () => {
    const { sender } = busyFor(99, busy(503));
    const { findings } = await diagnosed(sender);
    expect(findings.map(({ id }) => id)).toEqual(['rate-limit-form', 'server-error']);
  });
});

describe('Retry-After', () => {
  it.each(['3', '3.0', '3, 3', '0', 'Mon, 30 Nov 2026 12:00:00 GMT', '1772366520'])(
    'is understood: %s',
    async (value) => {
      vi.setSystemTime('2026-11-30T11:59:58Z');
      const { sender } = busyFor(1, busy(429, value));
      const { findings } = await diagnosed(sender);
      expect(findings).toEqual([]);
    },
  );

  it.each([
    ['soon', 'a value of 4 characters'],
    ['-5', '"-5"'],
    ['120, 60', '"120, 60"'],
    ['2026-03-01T12:02:00Z', '"2026-03-01T12:02:00Z"'],
    ['', 'empty'],
  ])('is not understood: %s', async (value, shown) => {
    const { sender } = busyFor(1, busy(429, value));
    const { findings } = await diagnosed(sender);
    expect(findings).toMatchObject([
      { id: 'rate-limit-form', seen: `Retry-After is ${shown}, which is not understood.` },
    ]);
  });

  it('is not shown where it is neither an amount nor a date', async () => {
    const { sender } = busyFor(1, busy(429, `\u202e${'x'.repeat(1000)}`));
    const { findings } = await diagnosed(sender);
    expect(findings[0]?.seen).toBe('Retry-After is a value of 1001 characters, which is not understood.');
  });

  it('is hidden', async () => {
    const { sender } = busyFor(1, (right) => ({ ...busy(429, '1')(right), exposed: ['location', 'date'] }));
    const { findings } = await diagnosed(sender);
    expect(findings).toMatchObject([{ id: 'retry-after-hidden', request: sender.names[0] }]);
  });

  it('is hidden or missing, as far as a page can see', async () => {
    const sent: string[] = [];
    const sender = new FakeSender({
      isPage: true,
      change: ({ name }, right) => (sent.push(name) === 1 ? busy(429)(right) : {}),
    });
    const { findings } = await diagnosed(sender);
    const seen =
      'This page may read no header Retry-After of the answer with 429: it is missing, or not exposed.';
    expect(findings.map((found) => [found.id, found.seen])).toEqual([['retry-after-hidden', seen]]);
  });

  it('is found once, and not as advice too, where many answers hide it', async () => {
    const seen = new Set<string>();
    const sender = new FakeSender({
      change({ name }, right) {
        const isFirst = !seen.has(name);
        seen.add(name);
        const exposed = ['date', 'location'];
        return isFirst ? { ...busy(429, '1')(right), exposed } : { exposed };
      },
    });
    const { findings } = await diagnosed(sender);
    expect(findings.map(({ id }) => id)).toEqual(['retry-after-hidden']);
    expect(findings[0]?.request).toMatch(/, and 4 others$/);
  });
});

it('an abort during the wait ends it at once, and leaves no timer', async () => {
  const controller = new AbortController();
  const { sender } = busyFor(99, busy(429, '5'));
  const ended = examine({ subjects: [PSERVER], sender, signal: controller.signal });
  const failure = expect(ended).rejects.toBe('enough');
  await vi.advanceTimersByTimeAsync(1000);

  controller.abort('enough');

  await failure;
  expect(vi.getTimerCount()).toBe(0);
  expect(sender.sent).toHaveLength(1);
});
