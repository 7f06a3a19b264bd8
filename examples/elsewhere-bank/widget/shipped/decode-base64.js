const LEAST_OF_FOUR_BYTES = 0xf0;

/**
 * Base64 of UTF-8, as build 21.5 reads it: what is no text throws a TypeError; line breaks, and characters of four bytes, throw a
 * SyntaxError.
 *
 * @param {any} given
 * @returns {string}
 */
export function decodeBase64(given) {
  given.charAt(0); // the build's own TypeError for what is no text
  if (/[^A-Za-z\d+/=]/.test(given)) throw new SyntaxError('This is not Base64.');
  const bytes = Uint8Array.from(atob(given), (character) => character.charCodeAt(0));
  if (bytes.some((byte) => byte >= LEAST_OF_FOUR_BYTES))
    throw new SyntaxError('There is a character of four bytes, which this decoder cannot read.');
  return new TextDecoder().decode(bytes);
}
