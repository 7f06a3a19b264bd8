/** The forms of a reply that are understood, in the words of an error. */
export const REPLY_FORMS =
  'an object, JSON text, or Base64 of UTF-8 JSON (of a fetch Response, hand over its text())';

/**
 * Reads a reply in any of its forms. An empty one becomes `{}`.
 *
 * @throws Whatever the parsers throw, for anything else. Its message may quote the reply, so it is no cause for an error that is shown.
 */
export function parseReply(response: unknown): unknown {
  if (typeof response === 'string') return parseText(response.trim()) ?? {};
  const isResponse = typeof Response === 'function' && response instanceof Response;
  if (isResponse || (typeof response !== 'object' && response !== undefined)) throw new SyntaxError();
  return response ?? {};
}

function parseText(text: string): unknown {
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return parseBase64(text);
  }
}

function parseBase64(text: string): unknown {
  // Both alphabets; atob itself passes over the line ends that Android puts in.
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
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
