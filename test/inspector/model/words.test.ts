import { describe, expect, test } from 'vitest';
import { detailsOf, explain } from '../../../src/inspector/model/details.ts';
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
