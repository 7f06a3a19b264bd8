import { expect, it } from 'vitest';
import { paintFor } from '../../src/cli/colour.ts';

const RED = '\u001b[31mtext\u001b[39m';

it.each([
  ['a terminal', true, {}, [], RED],
  ['a pipe or a file', false, {}, [], 'text'],
  ['an output that does not say what it is', undefined, {}, [], 'text'],
  ['a terminal with NO_COLOR', true, { NO_COLOR: '1' }, [], 'text'],
  ['a terminal with an empty NO_COLOR, which counts as none', true, { NO_COLOR: '' }, [], RED],
  ['a terminal that knows no colours', true, { TERM: 'dumb' }, [], 'text'],
  ['a pipe with FORCE_COLOR', false, { FORCE_COLOR: '1' }, [], RED],
  ['a pipe with both, as Node does it', false, { FORCE_COLOR: '1', NO_COLOR: '1' }, [], RED],
  ['a terminal with FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, [], 'text'],
  ['a terminal with FORCE_COLOR=false', true, { FORCE_COLOR: 'false' }, [], 'text'],
  ['a terminal with --no-color', true, { FORCE_COLOR: '1' }, ['--port', '1', '--no-color'], 'text'],
] as const)('colours for %s', (_what, isTTY, env, args, text) => {
  const paint = paintFor({ write() {}, isTTY }, env, args);
  expect(paint('red', 'text')).toBe(text);
});
