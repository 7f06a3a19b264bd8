import { attempt, isFunction } from '../check.ts';
import type { AnyBanksideError } from '../errors.ts';
import { stringify } from '../text/stringify.ts';
import { errorReplyOf, type WidgetRequest } from '../transport/transport.ts';
import { type BridgeSettings, functionThrew } from './bridge-options.ts';

/** The forms of a reply that are understood, in the words of an error. */
export const REPLY_FORMS = 'an object, JSON text or Base64 of UTF-8 JSON';

/** A reply of the server's, in the two ways that widgets take it. */
export interface ReadReply {
  readonly response: unknown;
  /** The JSON text that the server wrote, if it wrote one: it holds numbers that JavaScript does not. */
  readonly text?: string | undefined;
}

/**
 * Reads a reply in any of its forms. One without a body is a success: an empty object would be a failure to the
 * widget, which looks at `ok` and `status` alone.
 *
 * @throws Whatever the parsers throw, for anything else. Its message may quote the reply, so it is no cause
 *   for an error that is shown.
 */
export function readReply(given: unknown): ReadReply {
  if (typeof given === 'string') return readText(given.trim());
  if (given === undefined || given === null) return { response: emptyReply() };
  // A fetch Response is an object too, but its body has not been read.
  if (typeof given !== 'object' || isFunction((given as Response).text)) throw new SyntaxError();
  return { response: given };
}

function emptyReply(): unknown {
  return { ok: true, status: '200' };
}

function readText(given: string): ReadReply {
  if (given === '') return { response: emptyReply() };
  const { response, text } = attempt(() => readJson(given)) ?? readJson(decodeBase64(given));
  if (response === null) return { response: emptyReply() };
  // Some gateways and shells write text as JSON once more, an empty answer too.
  if (typeof response === 'string') return readText(response.trim());
  if (typeof response !== 'object') throw new SyntaxError();
  return { response, text };
}

function readJson(text: string): ReadReply {
  return { response: JSON.parse(text), text };
}

/** @throws SyntaxError for what is not the Base64 of an object, an array or null. */
function decodeBase64(text: string): string {
  // Either alphabet of Base64; atob itself passes over the line ends that Android puts in.
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  const bytes = new Uint8Array(binary.length);
  // Not Uint8Array.from with a function: that takes seconds for the megabytes that a native side may answer.
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  const decoded = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
  // Many words are the Base64 of something ('OK' is that of '8'), but of no object.
  if (!/^([{[]|null$)/.test(decoded)) throw new SyntaxError();
  return decoded;
}

/** The failure reply that shipped pages give: seen in integration code that banks and vendors published. */
function networkErrorReply(): unknown {
  return {
    ok: false,
    status: '600',
    statusMessage: 'A network error occurred - check your network and try again.',
  };
}

/**
 * What the widget gets for an outcome, and the error that it is an outcome of. A function of the page's that
 * throws makes any outcome an error, with the plain failure reply; without its form, if that is what failed.
 */
export function formReply(
  { reply, failureReply = networkErrorReply }: Pick<BridgeSettings, 'reply' | 'failureReply'>,
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
 * Form of a reply for widgets that want JSON text, as the vendor's documents say.
 *
 * @param response The reply, as parsed.
 * @param text The JSON text that the server wrote, if it wrote one. It is handed on as it is, so that numbers keep
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
 * Form of a reply for widgets that want Base64 of JSON, as native hosts hand it over.
 *
 * Characters beyond ASCII go as `\uXXXX`: shipped widgets decode UTF-8 of up to three bytes, and break at emoji.
 *
 * @param response The reply, as parsed.
 * @param text The JSON text that the server wrote, if it wrote one: see {@link asJson}.
 */
export function asBase64(response: unknown, text?: string): string {
  return btoa(escapeInJson(asJson(response, text) ?? '', /[\u0080-\uffff]/g));
}

/** Writes characters as `\uXXXX`. They must be such that JSON has them in strings alone. */
export function escapeInJson(json: string, characters: RegExp): string {
  return json.replace(characters, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
