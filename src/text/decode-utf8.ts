import { attempt } from '../check.ts';

/**
 * Decodes UTF-8. Also where an engine has no TextDecoder, or one that does not report what it cannot decode: some that run an
 * app's own JavaScript.
 *
 * @throws for anything but UTF-8.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  const decoder = attempt(strictDecoder);
  return decoder ? decoder.decode(bytes) : decodeURIComponent(escapes(bytes));
}

/** `undefined` if the engine's own ignores an option: it would read what is not UTF-8, or drop a byte order mark. */
function strictDecoder(): TextDecoder | undefined {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return decoder.fatal === true && decoder.ignoreBOM === true ? decoder : undefined;
}

/** Each byte as in an address, from where the language itself can decode it. */
function escapes(bytes: Uint8Array): string {
  let escaped = '';
  for (const byte of bytes) escaped += byte < 16 ? `%0${byte.toString(16)}` : `%${byte.toString(16)}`;
  return escaped;
}
