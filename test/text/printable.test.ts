import { describe, expect, it } from 'vitest';
import { printable } from '../../src/text/printable.ts';

describe('S4 a string for a log or a report', () => {
  it.each([
    ['line breaks', 'a\r\nb', 'a\ufffd\ufffdb'],
    ['other line breaks', 'a\u0085b\u2028c\u2029d\u000be\u000cf', 'a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf'],
    ['what colours a terminal', '\u001b[31mred\u009b0m', '\ufffd[31mred\ufffd0m'],
    ['what turns the direction', '\u202egnp.exe\u2066x\u200f', '\ufffdgnp.exe\ufffdx\ufffd'],
    ['what nobody sees', 'a\u200bb\ufeffc\u00add\u0000', 'a\ufffdb\ufffdc\ufffdd\ufffd'],
    ['half a character', '\ud83d!', '\ufffd!'],
  ])('has none of %s', (_what, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('is what it was else', () => {
    const text = 'Crédit Élan, 日本語 🏦 — “x” {"a":1} <b>';
    expect(printable(text)).toBe(text);
  });
});
