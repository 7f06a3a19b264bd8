import { attempt, isFunction, isThenable } from '../check.ts';
import { decodeBase64 } from '../text/base64.ts';
import { decodeUtf8 } from '../text/decode-utf8.ts';
import type { ReadReply } from '../transport/transport.ts';

/** The forms of a reply that can be read, for errors. */
export const REPLY_FORMS = 'an object, JSON text or Base64 of UTF-8 JSON';

/**
 * Reads a reply in any of its forms. A reply without a body is a success: the widget reads `ok` and `status` alone, and
 * would read an empty object as a failure.
 *
 * @throws What the parsers throw, for anything else. The message may quote the reply, so it must not become the `cause`
 *   of an error.
 */
export function readReply(given: unknown): ReadReply {
  if (typeof given === 'string') return readText(given.trim());
  if (given === undefined || given === null) return readText('');
  // A fetch Response is an object too, but nobody has read its body, nor has anybody waited for a promise.
  if (typeof given !== 'object' || isFunction((given as Response).text) || isThenable(given)) {
    throw new SyntaxError();
  }
  return { response: given };
}

function readText(given: string): ReadReply {
  // A new object each time, since the widget may change it.
  if (given === '') return { response: { ok: true, status: '200' } };
  const { response, text } = attempt(() => readJson(given)) ?? readJson(readBase64(given));
  if (response === null) return readText('');
  // Some gateways and shells encode the text as JSON twice, also an empty one.
  if (typeof response === 'string') return readText(response.trim());
  if (typeof response !== 'object') throw new SyntaxError();
  return { response, text };
}

function readJson(text: string): ReadReply {
  return { response: JSON.parse(text), text };
}

/** @throws for anything but the Base64 of an object, an array or null. */
function readBase64(text: string): string {
  const decoded = decodeUtf8(decodeBase64(text)).trim(); // also without a byte order mark
  // Many words are valid Base64 ('OK' decodes to '8'), but do not decode to an object.
  if (!/^([{[]|null$)/.test(decoded)) throw new SyntaxError();
  return decoded;
}
