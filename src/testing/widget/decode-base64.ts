const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * Reads Base64 of UTF-8 as build 21.5 does: characters of one to three bytes, with or without padding. The two
 * characters of the URL-safe alphabet are taken for other ones, without an error.
 *
 * @throws TypeError for what is no text.
 * @throws SyntaxError for a character of four bytes, a line break, a quote, or any other character outside of Base64.
 */
export function decodeBase64(input: unknown): string {
  return decodeUtf8(bytesOf(input as string));
}

function bytesOf(input: string): number[] {
  if (typeof input?.charAt !== 'function') throw new TypeError('this._input.charAt is not a function');
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const character of input.replace(/={1,2}$/, '')) {
    bits = (bits << 6) | sextetOf(character);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push((bits >> count) & 0xff);
    bits &= (1 << count) - 1;
  }
  return bytes;
}

function sextetOf(character: string): number {
  if (character === '-') return 63; // the URL-safe form of 62
  if (character === '_') return 62; // the URL-safe form of 63
  const value = ALPHABET.indexOf(character);
  if (value < 0) throw new SyntaxError(`Not a character of Base64: ${JSON.stringify(character)}`);
  return value;
}

function decodeUtf8(bytes: readonly number[]): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOf(bytes[at] ?? 0);
    text += String.fromCharCode(codeOf(bytes.slice(at, at + length)));
    at += length;
  }
  return text;
}

/** How many bytes a character has, by its first one. */
function lengthOf(first: number): number {
  if (first >= 0xf0) throw new SyntaxError('A character of four bytes, where this decoder knows three');
  if (first < 0x80) return 1;
  return first < 0xe0 ? 2 : 3;
}

function codeOf([first = 0, second = 0, third = 0]: readonly number[]): number {
  if (first < 0x80) return first;
  if (first < 0xe0) return ((first & 0x1f) << 6) | (second & 0x3f);
  return ((first & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f);
}
