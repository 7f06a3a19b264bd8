const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Replaces a character from the URL-safe alphabet. It is unknown which wrong characters the widget gets. */
const WRONG = '\uffff';

interface Byte {
  readonly value: number;
  /** Whether a `-` or `_` is a part of it. */
  readonly isWrong: boolean;
}

/**
 * Decodes Base64 of UTF-8 like build 21.5: characters of one to three bytes, with or without padding. A character that
 * contains `-` or `_` of the URL-safe alphabet becomes a wrong one, without an error.
 *
 * @throws TypeError if the input is not a string.
 * @throws SyntaxError for a character of four bytes, a line break, a quote, or any other character outside of Base64.
 */
export function decodeBase64(input: unknown): string {
  return decodeUtf8(bytesOf(input as string));
}

function bytesOf(input: string): Byte[] {
  if (typeof input?.charAt !== 'function') throw new TypeError('this._input.charAt is not a function');
  const bytes: Byte[] = [];
  let bits = 0;
  let count = 0;
  let isWrong = false;
  for (const character of input.replace(/={1,2}$/, '')) {
    bits = (bits << 6) | sextetOf(character);
    count += 6;
    const isUrlSafe = character === '-' || character === '_';
    isWrong ||= isUrlSafe;
    if (count < 8) continue;
    count -= 8;
    bytes.push({ value: (bits >> count) & 0xff, isWrong });
    bits &= (1 << count) - 1;
    isWrong = isUrlSafe && count > 0; // the remaining bits belong to the next byte
  }
  return bytes;
}

function sextetOf(character: string): number {
  if (character === '-') return 62;
  if (character === '_') return 63;
  const value = ALPHABET.indexOf(character);
  if (value < 0) throw new SyntaxError(`Not a character of Base64: ${JSON.stringify(character)}`);
  return value;
}

function decodeUtf8(bytes: readonly Byte[]): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOf(bytes[at]?.value ?? 0);
    const parts = bytes.slice(at, at + length);
    const isWrong = parts.some((part) => part.isWrong);
    text += isWrong ? WRONG : String.fromCharCode(codeOf(parts.map(({ value }) => value)));
    at += length;
  }
  return text;
}

/** The number of bytes of a character, by its first byte. */
function lengthOf(first: number): number {
  if (first >= 0xf0) throw new SyntaxError('A character of four bytes is not supported');
  if (first < 0x80) return 1;
  return first < 0xe0 ? 2 : 3;
}

function codeOf([first = 0, second = 0, third = 0]: readonly number[]): number {
  if (first < 0x80) return first;
  if (first < 0xe0) return ((first & 0x1f) << 6) | (second & 0x3f);
  return ((first & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f);
}
