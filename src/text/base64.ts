const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * The bytes of Base64 in either alphabet. Line ends, which Android inserts, are ignored. Also where an engine has no `atob`: some
 * that run an app's own JavaScript.
 *
 * @throws for anything but Base64.
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const base64 = text.replace(/-/g, '+').replace(/_/g, '/');
  return typeof atob === 'function'
    ? bytesOf(atob(base64))
    : decodeDigits(base64.replace(/[\t\n\f\r ]/g, ''));
}

function bytesOf(binary: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(binary.length);
  // Not Uint8Array.from with a function: that takes seconds for the megabytes that native code may send.
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** Each digit has six bits, and four digits are three bytes. */
function decodeDigits(padded: string): Uint8Array<ArrayBuffer> {
  const digits = padded.length % 4 === 0 ? padded.replace(/==?$/, '') : padded;
  if (digits.length % 4 === 1) throw new SyntaxError();
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let bits = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = DIGITS.indexOf(digits.charAt(at));
    if (digit < 0) throw new SyntaxError();
    bits = (bits << 6) | digit; // the bits of older digits are shifted out
    // The first of four digits completes no byte, and each of the others completes one.
    if (at % 4 > 0) bytes[Math.floor((at * 3) / 4)] = bits >> (6 - 2 * (at % 4));
  }
  return bytes;
}

/** Writes ASCII text as Base64. Also where an engine has no `btoa`. */
export function encodeBase64(ascii: string): string {
  return typeof btoa === 'function' ? btoa(ascii) : encodeCharacters(ascii);
}

function encodeCharacters(ascii: string): string {
  let base64 = '';
  for (let at = 0; at < ascii.length; at += 3) {
    // Beyond the end, a code is not a number, which counts as 0.
    const bits = (ascii.charCodeAt(at) << 16) | (ascii.charCodeAt(at + 1) << 8) | ascii.charCodeAt(at + 2);
    for (const shift of [18, 12, 6, 0]) base64 += DIGITS.charAt((bits >> shift) & 63);
  }
  const padding = (3 - (ascii.length % 3)) % 3;
  return base64.slice(0, base64.length - padding) + '=='.slice(0, padding);
}
