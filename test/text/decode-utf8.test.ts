import { afterEach, describe, expect, it, vi } from 'vitest';
import { decodeUtf8 } from '../../src/text/decode-utf8.ts';

const { TextDecoder, TextEncoder } = globalThis;

afterEach(() => {
  vi.unstubAllGlobals();
});

/** As in some apps: it does not know the option `fatal`. */
class SimpleDecoder {
  constructor(_encoding?: string, options: TextDecoderOptions = {}) {
    if (options.fatal)
      throw new RangeError("Failed to construct 'TextDecoder': the 'fatal' option is unsupported.");
  }
}

/** As in other apps: it ignores the options, and reads what it cannot decode as something else. */
class LossyDecoder extends TextDecoder {
  constructor(encoding?: string) {
    super(encoding);
  }
}

/** It knows nothing of options, nor tells which it has. */
class BareDecoder {
  decode(bytes: Uint8Array): string {
    return String.fromCharCode(...bytes);
  }
}

/** It reports what it cannot decode, and drops a byte order mark. */
class MarkDroppingDecoder extends TextDecoder {
  constructor(encoding?: string, { fatal }: TextDecoderOptions = {}) {
    super(encoding, { fatal: fatal === true });
  }
}

class UnreadableDecoder extends BareDecoder {
  get fatal(): boolean {
    throw new TypeError('Illegal invocation');
  }
}

describe.each([
  ['with a TextDecoder', TextDecoder],
  ['without one', undefined],
  ['with one that does not know the option fatal', SimpleDecoder],
  ['with one that ignores the option fatal', LossyDecoder],
  ['with one that has no options', BareDecoder],
  ['with one that ignores the option ignoreBOM', MarkDroppingDecoder],
  ['with one whose options cannot be read', UnreadableDecoder],
])('B11 S2 UTF-8, %s', (_, decoder) => {
  function decoded(bytes: Iterable<number>): string {
    vi.stubGlobal('TextDecoder', decoder);
    return decodeUtf8(Uint8Array.from(bytes));
  }

  it.each([
    '',
    'ASCII, 100% of it: %41 %zz\u0000\u007f',
    'Zoë, żółć',
    '30 €, 日本語',
    '🏦👩‍👩‍👧 \u{10ffff}',
    '\ufeffwith a byte order mark',
    'a\u0000\u07ff\u0800\ud7ff\ue000\uffff\u{10000}',
  ])('B11 reads %j', (text) => {
    expect(decoded(new TextEncoder().encode(text))).toBe(text);
  });

  it('B11 reads every character', () => {
    const text = Array.from({ length: 0x1_1000 }, (_character, code) =>
      code >= 0xd800 && code < 0xe000 ? '' : String.fromCodePoint(code),
    ).join('');

    expect(decoded(new TextEncoder().encode(text)) === text).toBe(true);
  });

  it.each([
    ['a second byte alone', [0x80]],
    ['a first byte alone', [0xc3]],
    ['a first byte before ASCII', [0xc3, 0x28]],
    ['three bytes that break off', [0xe2, 0x82]],
    ['four bytes that break off', [0xf0, 0x9f, 0x8f]],
    ['a longer form of a slash', [0xc0, 0xaf]],
    ['a longer form of a euro', [0xf0, 0x82, 0x82, 0xac]],
    ['half a surrogate pair', [0xed, 0xa0, 0x80]],
    ['a number above all characters', [0xf4, 0x90, 0x80, 0x80]],
    ['five bytes', [0xf8, 0x88, 0x80, 0x80, 0x80]],
    ['no byte of UTF-8', [0xff]],
  ])('B11 refuses %s', (_what, bytes) => {
    expect(() => decoded([0x61, ...bytes, 0x61])).toThrow();
    expect(() => decoded(bytes)).toThrow();
  });
});
