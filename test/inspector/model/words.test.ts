import { describe, expect, test } from 'vitest';
import { detailsOf, explain } from '../../../src/inspector/model/details.ts';
import { isTrouble } from '../../../src/inspector/model/entry.ts';
import { formatDuration, wordsOf } from '../../../src/inspector/model/words.ts';
import { entriesIn, event, logOf, request, START } from '../fixtures/log-of.ts';
import { smallLog } from '../fixtures/small-log.ts';

const log = smallLog();

describe('words', () => {
  test.each([
    [0.4, '0 ms'],
    [999.4, '999 ms'],
    [999.6, '1.0 s'],
    [59_949, '59.9 s'],
    [59_950, '1:00 min'],
    [125_400, '2:05 min'],
  ])('%d ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  test('every event has words', () => {
    for (const entry of entriesIn(log))
      expect(Object.values(wordsOf(entry)).join('')).not.toMatch(/undefined/);
  });
});

describe('headers that were not sent', () => {
  const names = ['x-forwarded-user', 'transfer-encoding'];
  const [entry] = entriesIn(logOf(event('droppedHeaders', 0, { ...request(1), names })));

  test('are named, with the server of the request', () => {
    expect(entry && wordsOf(entry)).toEqual({
      title: '2 headers were not sent',
      place: 'PServer',
      state: 'x-forwarded-user, transfer-encoding',
    });
    expect(entry && detailsOf(entry, START)).toContainEqual(['names', 'x-forwarded-user, transfer-encoding']);
    expect(entry && explain(entry)).toMatch(/widgetHeaders/);
  });

  test('are counted in the singular if there is one', () => {
    const [one] = entriesIn(logOf(event('droppedHeaders', 0, { ...request(1), names: ['host'] })));
    expect(one && wordsOf(one).title).toBe('1 header was not sent');
  });
});

describe('T1 a page over plain HTTP', () => {
  const host = 'dev.bank.example:5174';

  test.each([
    ['insecurePage', 'Bridge', 0],
    ['queue.insecurePage', 'Queue', 1],
  ] as const)('T1 %s is trouble, and says what to do', (kind, place, ofQueue) => {
    const insecure = logOf(event(kind, 0, { host }));
    const [entry] = entriesIn(insecure);

    expect(entry && wordsOf(entry)).toEqual({ title: 'a page over plain HTTP', place, state: host });
    expect(entry && detailsOf(entry, START)).toContainEqual(['host', host]);
    expect(entry && explain(entry)).toMatch(/over https.*allowInsecure: false/);
    expect(entry && isTrouble(entry)).toBe(true);
    expect(insecure.counts.queue).toBe(ofQueue);
  });
});
