import { attempt, type Fields, invalidCall } from '../check.ts';
import type { BanksideError } from '../errors.ts';
import { readMessage, serverOf, type WidgetCall } from '../requests/calls.ts';
import { stringify } from '../text/stringify.ts';

/** The event of a WebView, in React Native. */
interface MessageEvent {
  readonly nativeEvent?: { readonly data?: unknown; readonly url?: unknown };
}

/** A message of a WebView, and the address of the page that posted it, if known. */
export interface PageMessage {
  /** Parsed, if it is JSON text. */
  readonly content: unknown;
  readonly isText: boolean;
  readonly url: unknown;
}

/** @param given The text of a message, or the event that carries it. */
export function parseMessage(given: unknown): PageMessage {
  const event = attempt(() => (given as MessageEvent).nativeEvent);
  const content = event ? attempt(() => event.data) : given;
  const isText = typeof content === 'string';
  const parsed: unknown = isText ? attempt(() => JSON.parse(content)) : undefined;
  return { content: parsed ?? content, isText, url: attempt(() => event?.url) };
}

/**
 * Whether a message is for the host. Other libraries post messages in the same WebView: those are ignored. Text that is
 * not JSON counts if it contains one of the widget's names. Anything but text is a mistake of the app, to be reported.
 */
export function isForHost({ content, isText }: PageMessage): boolean {
  if (!isText) return true;
  if (typeof content === 'string') return /"request(String|Data)"/.test(content);
  const { requestString, requestData } = content as Fields;
  return requestString !== undefined || requestData !== undefined;
}

/** The origin of the page that posted a message, if the event says so. */
export function originOf({ url }: PageMessage): string | undefined {
  return typeof url === 'string' ? /^[^:/?#]+:\/\/[^/?#\\]*/.exec(url)?.[0] : undefined;
}

/** Why a message is refused: its page has none of the given origins. The error shows only the origin. */
export function refuseOrigin(
  message: PageMessage,
  origins: readonly string[] | undefined,
): BanksideError<'INVALID_CALL'> | undefined {
  const origin = originOf(message);
  if (!origins || origins.includes(origin ?? '')) return undefined;
  // Characters that no browser writes in an origin are not shown.
  const shown = origin
    ?.replace(/\/\/.*@/s, '//')
    .slice(0, 256)
    .replace(/[^!-~]/g, '\ufffd');
  const received = shown ? `one of ${shown}` : 'one without an origin';
  return invalidCall('onMessage', `the event of a page of ${origins.join(', ')}`, received);
}

/** Reads a message of the React Native layout. */
export function readHostMessage({ content }: PageMessage): WidgetCall {
  return readAs('onMessage', '{ requestString, requestData, requestId } as JSON text', content, content);
}

/**
 * Reads the parameters of a call as in the vendor's documents: the body, with the `requestId` in it, or `{ requestId,
 * requestData, requestHeaders }`. They are a Map, an object, or JSON text.
 */
export function readHostCall(sender: string, params: unknown): WidgetCall {
  const isText = typeof params === 'string';
  const fields = attempt((): Fields => JSON.parse(isText ? params : stringify(params, mapAsObject)));
  const { requestData, requestId, requestHeaders, requestString } = fields ?? {};
  // The called function decides the server. A `requestString` that is no sender marks a notice.
  const name = typeof requestString === 'string' && !serverOf(requestString) ? requestString : sender;
  const body = requestData ?? (isText ? params : fields);
  const message = { requestString: name, requestId, requestHeaders, requestData: body };
  const expected = '(webView, requestBodyParams) with a requestId in a Map or an object';
  return readAs(sender, expected, message, params);
}

/** JSON has no Maps. */
function mapAsObject(value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value;
}

/** Reads a message. Its error names the function that the app called, except for too long an id. */
function readAs(name: string, expected: string, message: unknown, received: unknown): WidgetCall {
  const call = readMessage(message, name);
  if (!('error' in call) || !call.error || ('longId' in call && call.longId !== undefined)) return call;
  return { ...call, error: invalidCall(name, expected, [received], call.error.cause) };
}
