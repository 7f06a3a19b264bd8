import { attempt, isFunction } from '../check.ts';
import type { AnyBanksideError } from '../errors.ts';
import { stringify } from '../text/stringify.ts';
import { errorReplyOf, NETWORK_ERROR, type ReadReply, type WidgetRequest } from '../transport/transport.ts';
import { functionThrew, type RequestSettings } from './request-options.ts';

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
  // A fetch Response is an object too, but nobody has read its body.
  if (typeof given !== 'object' || isFunction((given as Response).text)) throw new SyntaxError();
  return { response: given };
}

function readText(given: string): ReadReply {
  // A new object each time, since the widget may change it.
  if (given === '') return { response: { ok: true, status: '200' } };
  const { response, text } = attempt(() => readJson(given)) ?? readJson(decodeBase64(given));
  if (response === null) return readText('');
  // Some gateways and shells encode the text as JSON twice, also an empty one.
  if (typeof response === 'string') return readText(response.trim());
  if (typeof response !== 'object') throw new SyntaxError();
  return { response, text };
}

function readJson(text: string): ReadReply {
  return { response: JSON.parse(text), text };
}

/** @throws SyntaxError for anything but the Base64 of an object, an array or null. */
function decodeBase64(text: string): string {
  // Both alphabets of Base64. atob itself ignores the line ends that Android inserts.
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  const bytes = new Uint8Array(binary.length);
  // Not Uint8Array.from with a function: that takes seconds for the megabytes that native code may send.
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  const decoded = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
  // Many words are valid Base64 ('OK' decodes to '8'), but do not decode to an object.
  if (!/^([{[]|null$)/.test(decoded)) throw new SyntaxError();
  return decoded;
}

/** The default failure reply: a new object each time, since the widget may change it. */
function networkErrorReply(): unknown {
  return { ok: false, ...NETWORK_ERROR };
}

/**
 * What the widget gets for an outcome, and the error to report, if any. If `failureReply` throws, the widget gets the
 * default failure reply. If `reply` throws, the widget gets that failure reply as an object.
 */
export function formReply(
  { reply, failureReply = networkErrorReply }: Pick<RequestSettings, 'reply' | 'failureReply'>,
  request: WidgetRequest,
  error: AnyBanksideError | undefined,
  answer: ReadReply,
): [reply: unknown, error: AnyBanksideError | undefined] {
  let plain = answer;
  let problem = error;
  try {
    if (error) plain = errorReplyOf(error) ?? { response: failureReply(error, request) };
  } catch (thrown) {
    problem = functionThrew('failureReply', thrown);
    plain = { response: networkErrorReply() };
  }
  const { response, text } = plain;
  try {
    return [reply ? reply(response, text) : response, problem];
  } catch (thrown) {
    return [networkErrorReply(), functionThrew('reply', thrown)];
  }
}

/**
 * Gives the widget JSON text, as the vendor's documents say.
 *
 * @param response The reply, as parsed.
 * @param text The JSON text that the server wrote, if it wrote one. It is passed on unchanged, so that numbers keep
 *   digits that JavaScript cannot hold.
 * @example
 * ```ts
 * import { asJson, type Transport, WidgetBridge } from 'bankside';
 *
 * declare const transport: Transport;
 * const bridge = new WidgetBridge({ transport, reply: asJson });
 * ```
 */
export function asJson(response: unknown, text?: string): string {
  return typeof text === 'string' ? text : stringify(response);
}

/**
 * Gives the widget Base64 of JSON, as native hosts do.
 *
 * Writes characters beyond ASCII as `\uXXXX`: shipped widgets decode UTF-8 of up to three bytes, and break at emoji.
 *
 * @param response The reply, as parsed.
 * @param text The JSON text that the server wrote, if it wrote one: see {@link asJson}.
 */
export function asBase64(response: unknown, text?: string): string {
  return btoa(escapeInJson(asJson(response, text) ?? '', /[\u0080-\uffff]/g));
}

/** Writes characters as `\uXXXX`. @param characters Characters that JSON has only inside strings. */
export function escapeInJson(json: string, characters: RegExp): string {
  return json.replace(characters, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
