import { afterEach, describe, expect, it, vi } from 'vitest';
import { decodeBase64, encodeBase64 } from '../../src/text/base64.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Bytes of every length, and with every value. */
const samples: readonly Uint8Array[] = [
  ...Array.from({ length: 9 }, (_, length) =>
    Uint8Array.from({ length }, (_byte, at) => (at * 77 + 3) % 256),
  ),
  Uint8Array.from({ length: 256 }, (_, byte) => byte),
  Uint8Array.from({ length: 3_000 }, (_, at) => (at * at) % 256),
];

describe.each([
  ['with', () => {}],
  [
    'without',
    () => {
      vi.stubGlobal('atob', undefined);
      vi.stubGlobal('btoa', undefined);
    },
  ],
])('B11 S2 Base64, %s functions of the engine', (_, prepare) => {
  it.each(samples.map((bytes) => [bytes.length, bytes] as const))('B11 reads %i bytes', (_length, bytes) => {
    const base64 = Buffer.from(bytes).toString('base64');
    prepare();

    expect(decodeBase64(base64)).toEqual(bytes);
    expect(decodeBase64(base64.replace(/=+$/, '')), 'without padding').toEqual(bytes);
    expect(decodeBase64(base64.replace(/\+/g, '-').replace(/\//g, '_')), 'of the URL alphabet').toEqual(
      bytes,
    );
    expect(decodeBase64(base64.replace(/.{7}/g, '$& \t\r\n\f')), 'in lines').toEqual(bytes);
  });

  it.each([
    ['one character too many', 'QUJDR'],
    ['padding inside', 'QU=JDRA='],
    ['too much padding', 'QQ==='],
    ['padding alone', '='],
    ['a sign', 'QUJ*'],
    ['a letter with an accent', 'QUJé'],
    ['an unpaired surrogate', 'QUJ\ud800'],
    ['a space that is none of ASCII', 'QUJD\u00a0'],
  ])('B11 refuses %s', (_what, text) => {
    prepare();

    expect(() => decodeBase64(text)).toThrow();
  });

  it.each(['', '{', '{}', '{ }', '{"text":"\\u00e9 \u007f"}', 'x'.repeat(1_000)])(
    'B11 writes %j',
    (ascii) => {
      const expected = Buffer.from(ascii).toString('base64');
      prepare();

      expect(encodeBase64(ascii)).toBe(expected);
    },
  );
});
