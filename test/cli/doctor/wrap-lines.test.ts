import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrapLines } from '../../../src/cli/doctor/wrap-lines.ts';

describe('lines', () => {
  it('break between words, and are indented as far as the first', () => {
    expect(wrapLines('one two three', 12, '  a  ')).toEqual(['  a  one two', '     three']);
  });

  it('keep a number with its unit', () => {
    expect(wrapLines('after 10 s at most', 8)).toEqual(['after', '10 s at', 'most']);
  });

  it('are no longer than the width, but for a word that is, and keep every word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[t-z]{1,12}$/), { minLength: 1 }),
        fc.integer({ min: 5, max: 40 }),
        (words, width) => {
          const lines = wrapLines(words.join(' '), width, '  ');
          expect(lines.flatMap((line) => line.trim().split(' '))).toEqual(words);
          for (const line of lines) expect(line.length <= width || !line.trim().includes(' ')).toBe(true);
        },
      ),
    );
  });
});
