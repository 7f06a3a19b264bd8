import { expect, it } from 'vitest';
import { canBeAsked } from '../../../src/queue/server/can-be-asked.ts';

it.each(['1', '__proto__', '...', 'é 日本 %2e', '\u{1f600}', 'i'.repeat(2_048)])('Q1 %j is an id', (id) => {
  expect(canBeAsked(id)).toBe(true);
});

it.each([
  ['what is no text', 7],
  ['nothing', ''],
  ['what leads to another address', '..'],
  ['half a character', 'a\ud83d'],
  ['what is longer than addresses are', 'i'.repeat(2_049)],
  ['a text of two lines, which would forge one where it is logged', 'q1\nERROR: forged'],
  ['a text that turns what follows round', 'q1\u202e'],
])('S4 %s is none', (_what, id) => {
  expect(canBeAsked(id)).toBe(false);
});
