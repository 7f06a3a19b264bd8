import { describe, expect, it } from 'vitest';
import { recordingWords } from '../../../src/inspector/model/recording-words.ts';

describe('the words of a recording', () => {
  it('say before it begins that values are replaced', () => {
    expect(recordingWords({ state: 'offered' })).toMatch(/Each value that may be personal is replaced\./);
  });

  it.each([
    [0, 0, 'Recording: 0 s, 0 bytes'],
    [1_999, 999, 'Recording: 1 s, 999 bytes'],
    [59_999, 1_000, 'Recording: 59 s, 1.0 kB'],
    [60_000, 999_949, 'Recording: 1:00 min, 999.9 kB'],
    [61_000, 999_950, 'Recording: 1:01 min, 1.0 MB'],
  ])('give the time in whole seconds, and the size: %i ms, %i bytes', (duration, bytes, expected) => {
    expect(recordingWords({ state: 'running', duration, bytes })).toBe(expected);
  });

  it.each([
    ['button', false, 'Recorded: 2 s, 10 bytes.'],
    ['button', true, 'Recorded: 2 s, 10 bytes. It reached its limit of size: what came after is missing.'],
    [
      'observe',
      false,
      'Recorded: 2 s, 10 bytes. It ended because the inspector shows another bridge or poller.',
    ],
    ['removed', false, 'Recorded: 2 s, 10 bytes. It ended because the inspector left the page.'],
  ] as const)('say why it ended: %s, cut %s', (end, isCut, expected) => {
    expect(recordingWords({ state: 'ended', duration: 2_000, bytes: 10, end, isCut })).toBe(expected);
  });

  it('say why it could not start', () => {
    expect(recordingWords({ state: 'failed', why: 'No bridge.' })).toBe('No bridge.');
  });
});
