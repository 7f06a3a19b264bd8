import { describe, expect, test } from 'vitest';
import { filtered } from '../../../src/inspector/model/filter.ts';
import { reportOf } from '../../../src/inspector/model/report.ts';
import { formatTime } from '../../../src/inspector/model/words.ts';
import { entriesIn, event, logOf, START } from '../fixtures/log-of.ts';
import { smallLog } from '../fixtures/small-log.ts';

const log = smallLog();

describe('a report', () => {
  const options = { now: START + 1_000, nextPollIn: 1_500, failure: undefined, browser: 'A browser' };

  test('describes the current state and the entries', () => {
    const text = reportOf(log, filtered(log.entries, { choice: 'all', text: '' }), options);
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        'made 2026-01-05T09:00:01.000Z, times below are the page’s own',
        'browser: A browser',
        'requests: 1 pending, 0 answered, 1 failed; 0 late or stray replies',
        'queue: polling, polled 995 ms ago of 15:00 min, next poll in 1.5 s',
        'entries: 5',
        `${formatTime(START)}  PServer  getInsights  in flight`,
        '    pending for: 1.0 s',
        `${formatTime(START + 1)}  PServer  getAccounts  failed: HTTP`,
        `${formatTime(START + 9)}  Queue  events may be lost  gap: network`,
      ]),
    );
  });

  test('has a limited number of lines, and says so', () => {
    const long = logOf();
    for (let call = 1; call <= 2_000; call += 1)
      long.add(event('queue.poll', call, { events: 1, duration: 1 }));
    const text = reportOf(long, entriesIn(long), options);
    expect(text).toContain('entries: 500, the last of 2000');
    expect(text.split('\n').length).toBeLessThan(520);
  });
});
