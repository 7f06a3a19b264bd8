import { describe, expect, test } from 'vitest';
import { CHOICES, type Choice, filtered } from '../../../src/inspector/model/filter.ts';
import { wordsOf } from '../../../src/inspector/model/words.ts';
import { smallLog } from '../fixtures/small-log.ts';

const log = smallLog();

describe('a filter', () => {
  const shown = (choice: Choice, text = '') =>
    filtered(log.entries, { choice, text }).map((entry) => wordsOf(entry).title);

  test.each([
    ['all', ['getInsights', 'getAccounts', 'poller: polling', 'poll', 'events may be lost']],
    ['requests', ['getInsights', 'getAccounts']],
    ['pending', ['getInsights']],
    ['trouble', ['getAccounts', 'events may be lost']],
    ['queue', ['poller: polling', 'poll', 'poll', 'events may be lost']],
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
