import { describe, expect, test } from 'vitest';
import { explain } from '../../../src/inspector/model/details.ts';
import { reportOf } from '../../../src/inspector/model/report.ts';
import { formatTime, wordsOf } from '../../../src/inspector/model/words.ts';
import { lanesOf } from '../../../src/inspector/view/picture-layout.ts';
import type { LifeEvent } from '../../../src/monitoring.ts';
import { doubt, entriesIn, event, logOf, START } from '../fixtures/log-of.ts';

const channel = event('queue.channel', 0, {
  connectionId: 'connection-1',
  channelDefinitionId: '8701',
  channelKind: 'REDIRECT',
  status: 'RUNNING',
  previous: undefined,
  source: 'event',
});

function wordsAbout(change: LifeEvent) {
  const [entry] = entriesIn(logOf(change));
  return entry && { ...wordsOf(entry), meaning: explain(entry) };
}

describe('a connection in doubt', () => {
  test('Q4 is in doubt from when to when', () => {
    const { doubts } = logOf(doubt(10, true), doubt(20, true), doubt(500, false), doubt(900, true));
    expect(doubts.of('connection-1')).toEqual([
      { from: START + 10, to: START + 500 },
      { from: START + 900, to: undefined },
    ]);
    expect(doubts.of('connection-2')).toEqual([]);
  });

  test('Q4 is shown with its lanes and in a report once the doubt has lasted for a second', () => {
    const log = logOf(channel, doubt(10, true));
    const noteAt = (after: number) => lanesOf(log, false, START + after)[0]?.note;
    const report = (after: number) => {
      return reportOf(log, [], {
        now: START + after,
        nextPollIn: undefined,
        failure: undefined,
        browser: '',
      });
    };
    expect(noteAt(70)).toBe('REDIRECT · connection-1');
    expect(noteAt(1_010)).toBe('in doubt · REDIRECT · connection-1');
    expect(report(70)).toMatch(/^channel connection-1 \/ 8701: RUNNING$/m);
    expect(report(1_010)).toContain(
      `channel connection-1 / 8701: RUNNING, in doubt since ${formatTime(START + 10)}`,
    );
    log.add(doubt(2_000, false));
    expect(noteAt(2_001)).toBe('REDIRECT · connection-1');
  });

  test('Q4 has words for the beginning, the end, and what comes in between', () => {
    const begun = wordsAbout(doubt(0, true));
    expect(begun).toMatchObject({ title: 'connection in doubt', state: 'RUNNING' });
    expect(begun?.meaning).toMatch(/may be lost, or came late/);
    expect(wordsAbout(doubt(0, false))).toMatchObject({ title: 'connection read again' });
    const between = { ...doubt(0, true), wasDoubtful: true } as LifeEvent;
    expect(wordsAbout(between)).toMatchObject({ title: 'connection', state: 'in doubt: RUNNING' });
    const sure = { ...doubt(0, false), wasDoubtful: undefined } as LifeEvent;
    expect(wordsAbout(sure)).toMatchObject({ title: 'connection', state: 'RUNNING', meaning: '' });
  });

  test('Q4 is over once no connection is in doubt any more, even if no event says so', () => {
    const log = logOf(
      channel,
      doubt(10, true),
      doubt(20, true, 'connection-2'),
      doubt(30, false, 'connection-2'),
    );
    log.doubts.end(START + 500);
    expect(log.doubts.of('connection-1')).toEqual([{ from: START + 10, to: START + 500 }]);
    expect(log.doubts.of('connection-2')).toEqual([{ from: START + 20, to: START + 30 }]);
    expect(log.doubts.lasting(START + 60_000)).toEqual([]);
    log.add(doubt(700, true));
    expect(log.doubts.lasting(START + 60_000)).toEqual([START + 700]);
  });

  test('is remembered in bounds, and a copy does not change', () => {
    const log = logOf();
    const copy = log.copy();
    for (let number = 0; number < 1_000; number += 1) {
      log.add(doubt(2 * number, true));
      log.add(doubt(2 * number + 1, false));
    }
    expect(log.doubts.of('connection-1')).toHaveLength(100);
    expect(copy.doubts.of('connection-1')).toEqual([]);
  });

  test('Q4 is shown of whichever connection, however many others were in doubt before', () => {
    const log = logOf(doubt(0, true, 'connection-1'), doubt(1, true, 'connection-2'));
    for (let number = 3; number <= 1_000; number += 1) {
      log.add(doubt(2 * number, true, `connection-${number}`));
      log.add(doubt(2 * number + 1, false, `connection-${number}`));
    }
    log.add(doubt(3_000, false, 'connection-2'));
    log.add(doubt(3_001, true, 'connection-1001'));
    expect(log.doubts.lasting(START + 10_000)).toEqual([START, START + 3_001]);
    // The one whose doubt ended first is forgotten first.
    expect(log.doubts.of('connection-902')).toEqual([]);
    expect(log.doubts.of('connection-904')).toHaveLength(1);
    expect(log.doubts.of('connection-2')).toHaveLength(1);
  });

  test('is not shown of more than a hundred connections at once', () => {
    const log = logOf();
    for (let number = 1; number <= 101; number += 1) log.add(doubt(number, true, `connection-${number}`));
    expect(log.doubts.lasting(START + 10_000)).toHaveLength(100);
    expect(log.doubts.of('connection-101')).toEqual([]);
    log.add(doubt(200, false, 'connection-50'));
    log.add(doubt(201, true, 'connection-102'));
    expect(log.doubts.of('connection-102')).toEqual([{ from: START + 201, to: undefined }]);
    expect(log.doubts.of('connection-50')).toEqual([]);
  });
});

describe('a poller whose polls fail', () => {
  const log = logOf(event('queue.status', 0, { status: 'polling', previous: 'idle' }));
  const failure = { code: 'HTTP', status: 503 } as const;
  const report = (nextPollIn: number | undefined) => {
    return reportOf(log, [], { now: START, nextPollIn, failure, browser: '' });
  };

  test('Q4 is reported with the reason and the time until the next try', () => {
    expect(report(12_000)).toContain('queue: polling, polls fail: HTTP 503, next try in 12.0 s');
    expect(report(undefined)).toMatch(/^queue: polling, polls fail: HTTP 503$/m);
  });
});
