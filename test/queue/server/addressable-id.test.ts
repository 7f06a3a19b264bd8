import { expect, it } from 'vitest';
import { isAddressableId } from '../../../src/queue/server/addressable-id.ts';

it.each(['1', '__proto__', '...', 'é 日本 %2e', '\u{1f600}', 'i'.repeat(2_048)])('Q1 %j is an id', (id) => {
  expect(isAddressableId(id)).toBe(true);
});

it.each([
  ['a number', 7],
  ['an empty string', ''],
  ['a path segment that leads to another address', '..'],
  ['a lone surrogate', 'a\ud83d'],
  ['an id that is too long for an address', 'i'.repeat(2_049)],
  ['a string with a line break, which forges a line of a log', 'q1\nERROR: forged'],
  ['a string that reverses the text after it', 'q1\u202e'],
])('S4 %s is not an id', (_what, id) => {
  expect(isAddressableId(id)).toBe(false);
});
