import { type AnyBanksideError, misfit } from '../errors.ts';
import { isFunction } from '../is-function.ts';
import { errorReplyOf, requestError, type SentRequest, type WidgetRequest } from '../transport/transport.ts';
import { type BridgeSettings, functionThrew } from './bridge-options.ts';

/** The forms of a reply that are understood, in the words of an error. */
export const REPLY_FORMS = 'an object, JSON text or Base64 of UTF-8 JSON';

/**
 * Reads a reply in any of its forms. An empty one becomes `{}`.
 *
 * @throws Whatever the parsers throw, for anything else. Its message may quote the reply, so it is no cause
 *   for an error that is shown.
 */
export function parseReply(response: unknown): unknown {
  const given = response ?? {};
  if (typeof given === 'string') return parseText(given.trim() || 'null') ?? {};
  // A fetch Response is an object too, but its body has not been read.
  if (typeof given !== 'object' || isFunction((given as Response).text)) throw new SyntaxError();
  return given;
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Either alphabet of Base64; atob itself passes over the line ends that Android puts in.
    const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
    const bytes = new Uint8Array(binary.length);
    // Not Uint8Array.from with a function: that takes seconds for the megabytes that a native side may answer.
    for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
    const decoded = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // Many a word is the Base64 of something ('OK' is that of '8'), but of no object.
    if (!/^\s*([{[]|null\s*$)/.test(decoded)) throw new SyntaxError();
    return JSON.parse(decoded);
  }
}

/** A reply, or what it holds, is not what was expected. */
export function unfitReply(sent: SentRequest, expected: string, received: string): AnyBanksideError {
  const mismatch = { expected, received };
  return requestError('INVALID_RESPONSE', misfit('The reply', mismatch), sent, mismatch);
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
  response: unknown,
): [reply: unknown, error: AnyBanksideError | undefined] {
  let plain = response;
  let problem = error;
  try {
    if (error) plain = errorReplyOf(error) ?? failureReply(error, request);
  } catch (cause) {
    problem = functionThrew('failureReply', cause);
    plain = networkErrorReply();
  }
  try {
    return [reply ? reply(plain) : plain, problem];
  } catch (cause) {
    return [networkErrorReply(), functionThrew('reply', cause)];
  }
}

/**
 * Form of a reply for widgets that want JSON text, as the vendor's documents say.
 *
 * @example
 * ```ts
 * import { asJson, type Transport, WidgetBridge } from 'bankside';
 *
 * declare const transport: Transport;
 * const bridge = new WidgetBridge({ transport, reply: asJson });
 * ```
 */
export function asJson(response: unknown): string {
  return JSON.stringify(response);
}

/** Form of a reply for widgets that want Base64 of UTF-8 JSON, as native hosts hand it over. */
export function asBase64(response: unknown): string {
  let binary = '';
  const bytes = new TextEncoder().encode(asJson(response));
  // In pieces: a whole large reply as arguments would overflow the stack.
  for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(binary);
}
