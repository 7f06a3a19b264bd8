import { expect, it } from 'vitest';
import { forgetLastMatch } from '../../src/text/forget-last-match.ts';

type Last = Record<
  'input' | 'lastMatch' | 'lastParen' | 'leftContext' | 'rightContext' | '$1' | '$9',
  string
>;

it('B9 leaves nothing of the last match in the static fields of RegExp', () => {
  const last = RegExp as unknown as Last;
  const fields = ['input', 'lastMatch', 'lastParen', 'leftContext', 'rightContext', '$1', '$9'] as const;
  expect(/(sec)(r)(e)(t)(-)(t)(o)(k)(en)/.test('a secret-token b')).toBe(true);
  expect(last.input).toContain('secret-token');

  forgetLastMatch();

  expect(fields.map((name) => last[name])).toEqual(fields.map(() => ''));
});
