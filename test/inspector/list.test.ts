import { describe, expect, test } from 'vitest';
import { detailsOf } from '../../src/inspector/model/details.ts';
import { explain } from '../../src/inspector/model/explain.ts';
import { CHOICES, type Choice, filtered } from '../../src/inspector/model/filter.ts';
import { queueAge } from '../../src/inspector/model/queue-age.ts';
import { reportOf } from '../../src/inspector/model/report.ts';
import { ticks, timeScale } from '../../src/inspector/model/time-scale.ts';
import { clock, lasting, wordsOf } from '../../src/inspector/model/words.ts';
import { errorCodes } from './error-codes.ts';
import { attempt, entriesIn, event, failure, logOf, request, START } from './log-of.ts';

const log = logOf(
  event('request', 0, request(1, 'getInsights')),
  event('request', 1, request(2, 'getAccounts')),
  failure(2, 5, 'HTTP'),
  event('queue.status', 6, { status: 'polling', previous: 'idle' }),
  event('queue.poll', 7, { events: 0, duration: 3 }),
  event('queue.poll', 8, { events: 2, duration: 3 }),
  event('queue.gap', 9, { reason: 'network' }),
);

describe('a filter', () => {
  const shown = (choice: Choice, text = '') =>
    filtered(log.entries, { choice, text }).map((entry) => wordsOf(entry).title);

  test.each([
    ['all', ['getInsights', 'getAccounts', 'poller: polling', 'read', 'events may be lost']],
    ['requests', ['getInsights', 'getAccounts']],
    ['pending', ['getInsights']],
    ['trouble', ['getAccounts', 'events may be lost']],
    ['queue', ['poller: polling', 'read', 'read', 'events may be lost']],
  ] as const)('of %s', (choice, titles) => {
    expect(shown(choice)).toEqual(titles);
  });

  test('has each choice in words', () => {
    expect(Object.keys(CHOICES)).toEqual(['all', 'requests', 'pending', 'trouble', 'queue']);
  });

  test('finds all words, in any order and case', () => {
    expect(shown('all', 'HTTP  getacc')).toEqual(['getAccounts']);
    expect(shown('all', 'id-1')).toEqual(['getInsights']);
    expect(shown('all', 'getInsights http')).toEqual([]);
  });
});

describe('an explanation', () => {
  test.each(errorCodes)('there is one for %s', (code) => {
    const [entry] = entriesIn(logOf(event('request', 0, request(1)), failure(1, 1, code)));
    expect(entry && explain(entry)).toMatch(/\S.*\.$/);
  });

  test('there is none for a code that nobody knows, whatever it is called', () => {
    const [entry] = entriesIn(logOf(event('request', 0, request(1)), failure(1, 1, 'constructor' as never)));
    expect(entry && explain(entry)).toBe('');
  });

  test.each([
    ['waits for a token', [attempt(1, 1, 'token', 0)], /has not been sent/],
    ['is at the server', [attempt(1, 1, 'sent', 1)], /at the server/],
    ['is with a transport that tells nothing', [], /does not tell/],
    ['waits for its repeat', [attempt(1, 1, 'sent', 1), attempt(1, 2, 'retry', 1, 503)], /next one waits/],
  ] as const)('a request that %s', (_how, steps, text) => {
    const [entry] = entriesIn(logOf(event('request', 0, request(1)), ...steps));
    expect(entry && explain(entry)).toMatch(text);
  });
});

describe('words', () => {
  test.each([
    [0.4, '0 ms'],
    [999.4, '999 ms'],
    [999.6, '1.0 s'],
    [59_949, '59.9 s'],
    [59_950, '1:00 min'],
    [125_400, '2:05 min'],
  ])('%d ms is %s', (ms, text) => {
    expect(lasting(ms)).toBe(text);
  });

  test('every event has some', () => {
    for (const entry of entriesIn(log))
      expect(Object.values(wordsOf(entry)).join('')).not.toMatch(/undefined/);
  });
});

describe('headers that were left out', () => {
  const names = ['x-forwarded-user', 'transfer-encoding'];
  const [entry] = entriesIn(logOf(event('droppedHeaders', 0, { ...request(1), names })));

  test('are named, with the server that they were for', () => {
    expect(entry && wordsOf(entry)).toEqual({
      title: '2 headers were left out',
      place: 'PServer',
      state: 'x-forwarded-user, transfer-encoding',
    });
    expect(entry && detailsOf(entry, START)).toContainEqual(['names', 'x-forwarded-user, transfer-encoding']);
    expect(entry && explain(entry)).toMatch(/widgetHeaders/);
  });

  test('are one header, where it is one', () => {
    const [one] = entriesIn(logOf(event('droppedHeaders', 0, { ...request(1), names: ['host'] })));
    expect(one && wordsOf(one).title).toBe('1 header was left out');
  });
});

describe('the picture’s time', () => {
  test('ends a little after now, or where it was moved to', () => {
    const live = timeScale(START, 60_000, undefined, 600);
    expect(live.x(START)).toBeCloseTo(600 - 36);
    expect(live.to).toBe(START + 3_600);
    const moved = timeScale(START, 60_000, START - 60_000, 600);
    expect([moved.x(START - 120_000), moved.x(START - 60_000)]).toEqual([0, 600]);
  });

  test.each([15_000, 60_000, 300_000, 1_200_000])('has a few round times in %d ms', (span) => {
    const scale = timeScale(START, span, START, 900);
    const found = ticks(scale, 74);
    expect(found.length).toBeGreaterThan(2);
    for (const [index, at] of found.entries()) {
      const next = found[index + 1];
      expect(at % 1_000).toBe(0);
      if (next) expect(scale.x(next) - scale.x(at)).toBeGreaterThanOrEqual(74);
    }
  });

  test('Q5 a queue is as old as it was asked long ago', () => {
    const queue = { status: 'polling', queueId: 'q' } as const;
    expect(queueAge({ ...queue, askedAt: START }, START + 5_000)).toBe(5_000);
    expect(queueAge({ ...queue, askedAt: undefined }, START)).toBeUndefined();
  });
});

describe('a report', () => {
  const options = { now: START + 1_000, nextPollIn: 1_500, browser: 'A browser' };

  test('says how things are, and what happened', () => {
    const text = reportOf(log, filtered(log.entries, { choice: 'all', text: '' }), options);
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        'made 2026-01-05T09:00:01.000Z, times below are the page’s own',
        'browser: A browser',
        'requests: 1 pending, 0 answered, 1 failed; 0 late or stray replies',
        'queue: polling, asked 995 ms ago of 15:00 min, read next in 1.5 s',
        'entries: 5',
        `${clock(START)}  PServer  getInsights  in flight`,
        '    pending for: 1.0 s',
        `${clock(START + 1)}  PServer  getAccounts  failed: HTTP`,
        `${clock(START + 9)}  Queue  events may be lost  gap: network`,
      ]),
    );
  });

  test('has no more lines than a ticket takes, and says so', () => {
    const long = logOf();
    for (let call = 1; call <= 2_000; call += 1)
      long.take(event('queue.poll', call, { events: 1, duration: 1 }));
    const text = reportOf(long, entriesIn(long), options);
    expect(text).toContain('entries: 500, the last of 2000');
    expect(text.split('\n').length).toBeLessThan(520);
  });
});
