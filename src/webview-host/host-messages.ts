import { readMessage, SENDERS, type WidgetCall } from '../bridge/calls.ts';
import { attempt, invalidCall } from '../check.ts';
import type { BanksideError } from '../errors.ts';
import { stringify } from '../text/stringify.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a WebView's event may hold, as React Native names it. */
interface MessageEvent {
  readonly nativeEvent?: { readonly data?: unknown; readonly url?: unknown };
}

/** A WebView's message, and the address of the page that it came from, where that is known. */
export interface HostMessage {
  /** As parsed, where it is JSON text. */
  readonly content: unknown;
  readonly isText: boolean;
  readonly url: unknown;
}

/** Takes the text of a message, or the event that carries it. */
export function openMessage(given: unknown): HostMessage {
  const event = attempt(() => (given as MessageEvent).nativeEvent);
  const content = event ? event.data : given;
  const isText = typeof content === 'string';
  return {
    content: isText ? (attempt(() => JSON.parse(content)) ?? content) : content,
    isText,
    url: event?.url,
  };
}

/**
 * Whether a message is the widget's: other libraries use the same WebView. A text that cannot be read is the widget's
 * if it holds one of the widget's names; what is no text is a mistake of the app's, not to be passed over either.
 */
export function isWidgets({ content, isText }: HostMessage): boolean {
  if (!isText) return true;
  if (typeof content === 'string') return /"request(String|Data)"/.test(content);
  const { requestString, requestData } = content as Fields;
  return requestString !== undefined || requestData !== undefined;
}

/** The origin of the page that a message came from, where its event tells that. */
export function originOf({ url }: HostMessage): string | undefined {
  return typeof url === 'string' ? /^[^:/?#]+:\/\/[^/?#\\]*/.exec(url)?.[0] : undefined;
}

/** Why a page's message is not taken: it is none of the given origins'. The error tells no more than the origin. */
export function refuseStranger(
  message: HostMessage,
  origins: readonly string[] | undefined,
): BanksideError<'INVALID_CALL'> | undefined {
  const origin = originOf(message);
  if (!origins || origins.includes(origin ?? '')) return undefined;
  // What a browser would never write of an origin is not told either.
  const told = origin
    ?.replace(/\/\/.*@/s, '//')
    .slice(0, 256)
    .replace(/[^!-~]/g, '\ufffd');
  const received = told ? `one of ${told}` : 'one that does not say whose it is';
  return invalidCall('onMessage', `the event of a page of ${origins.join(', ')}`, received);
}

/** Reads a message as the React Native layout posts it. */
export function readHostMessage({ content }: HostMessage): WidgetCall {
  return readAs('onMessage', '{ requestString, requestData, requestId } as JSON text', content, content);
}

/**
 * Reads the parameters of a call in the documents' form: the body, with the `requestId` in it, or `{ requestId,
 * requestData, requestHeaders }`; as a Map, as an object, or as JSON text.
 */
export function readHostCall(sender: string, params: unknown): WidgetCall {
  const isText = typeof params === 'string';
  const fields = attempt((): Fields => JSON.parse(isText ? params : stringify(params, mapAsObject)));
  const { requestData, requestId, requestHeaders, requestString } = fields ?? {};
  // The name of the called function says which server; any other name, that it is no request.
  const name = typeof requestString === 'string' && !SENDERS.has(requestString) ? requestString : sender;
  const body = requestData ?? (isText ? params : fields);
  const message = { requestString: name, requestId, requestHeaders, requestData: body };
  return readAs(
    sender,
    '(webView, requestBodyParams) with a requestId in a Map or an object',
    message,
    params,
  );
}

/** JSON knows no Maps. */
function mapAsObject(value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value;
}

/** Reads a message. The error of one that has no known shape is told as one of the call that the app knows. */
function readAs(name: string, expected: string, message: unknown, received: unknown): WidgetCall {
  const call = readMessage(message, name);
  if (!('error' in call) || !call.error || ('longId' in call && call.longId !== undefined)) return call;
  return { ...call, error: invalidCall(name, expected, [received], call.error.cause) };
}
