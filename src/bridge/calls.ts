import { type BanksideError, describe, invalidCall, type ServerName } from '../errors.ts';
import type { WidgetRequest } from '../transport/transport.ts';

type RequestId = string | number;
type Callback = (response: unknown) => void;

/** A call that wants a server's answer. */
export interface RequestCall {
  readonly kind: 'request';
  /** `undefined` in callback shapes that give none. */
  readonly requestId: RequestId | undefined;
  readonly server: ServerName;
  readonly type: string | undefined;
  readonly body: unknown;
  readonly headers: WidgetRequest['headers'];
  /** Present in the callback shapes (e, f). In f both are the one callback. */
  readonly callbacks: { readonly onSuccess: Callback; readonly onError: Callback } | undefined;
  /** Whether the answer goes to the widget's reply function. */
  readonly replies: boolean;
}

/** A call that wants no answer: session events, navigation and the like. */
export interface MessageCall {
  readonly kind: 'message';
  readonly name: string;
  readonly data: unknown;
}

/** A call of no known shape. It is answered where it can be. */
export interface InvalidCall {
  readonly kind: 'invalid';
  readonly error: BanksideError<'INVALID_CALL'>;
  /** The sender's own; the widget's main server where a message names no sender. */
  readonly server: ServerName;
  readonly requestId: RequestId | undefined;
  readonly onError: Callback | undefined;
}

export type Call = RequestCall | MessageCall | InvalidCall;

/** The widget's three senders, and the server that each one means. */
export const SENDERS: ReadonlyMap<string, ServerName> = /* @__PURE__ */ new Map<string, ServerName>([
  ['sendRequestToPServer', 'pserver'],
  ['sendRequestToEnrichServer', 'enrich'],
  ['sendRequestToOBServer', 'ob'],
]);

/** The fields that a widget's objects may have, wherever they come from. */
type Fields = {
  readonly [K in
    | 'json'
    | 'requestData'
    | 'requestHeaders'
    | 'requestId'
    | 'requestString'
    | 'type']?: unknown;
};

/**
 * Reads a call of one of the senders: shapes a, b, c, e and f. The widget's layouts disagree on the order of the arguments, so each is known by its kind:
 *
 * 1. Functions are callbacks: two are `onSuccess` and `onError` (e), a single one takes any answer (f).
 * 2. Of two objects, the first is the headers (a).
 * 3. Of two texts, the one that is the JSON of an object or array is the body; if that does not decide, the first is the id (c).
 * 4. A single text is the id, unless callbacks came and nothing else can be the body.
 */
export function readCall(sender: string, server: ServerName, args: readonly unknown[]): Call {
  const callbacks = args.filter(isCallback);
  const fail = (cause?: unknown): Call =>
    invalid(sender, server, '(requestHeaders, body, requestId) or (body, onSuccess, onError)', args, cause);
  try {
    return readArguments(server, args, callbacks) ?? fail();
  } catch (error) {
    return fail(error); // a getter that throws
  }
}

function readArguments(
  server: ServerName,
  args: readonly unknown[],
  callbacks: readonly Callback[],
): Call | undefined {
  const objects = args.filter(isObject);
  const texts = args.filter(isText);
  const hasCallback = callbacks.length > 0;
  const [requestId, text] = splitTexts(texts, hasCallback && objects.length === 0);
  if (
    texts.length > 2 ||
    callbacks.length > 2 ||
    objects.length > 2 ||
    !(hasCallback || requestId !== undefined)
  )
    return;
  const textIsBody = text !== undefined && !(hasCallback && objects.length > 0);
  const body = textIsBody ? text : objects.at(-1);
  const headers = textIsBody || objects.length === 2 ? objects[0] : undefined;
  return isBody(body) ? toCall({ server, requestId, body, headers, callbacks }) : undefined;
}

/** The id, and the text that can be a body. */
function splitTexts(texts: readonly RequestId[], needsBody: boolean): (RequestId | undefined)[] {
  const [first, second] = texts;
  if (second === undefined) return needsBody ? [undefined, first] : [first];
  return typeof second === 'number' || (isJsonText(first) && !isJsonText(second))
    ? [second, first]
    : [first, second];
}

/** Reads the message of the React and Angular layouts: shape d. */
export function readMessage(message: unknown): Call {
  const fail = (cause?: unknown): Call =>
    invalid(
      'handlePersoEvent',
      'pserver',
      '{ requestString, requestId, json: { requestData } }',
      [message],
      cause,
    );
  try {
    return (isObject(message) && readEnvelope(message)) || fail();
  } catch (error) {
    return fail(error);
  }
}

function readEnvelope(message: Fields): Call | undefined {
  const name = message.requestString;
  if (typeof name !== 'string') return;
  const body = (isObject(message.json) ? message.json.requestData : undefined) ?? message.requestData;
  const server = SENDERS.get(name);
  if (!server) return { kind: 'message', name, data: body ?? message };
  const requestId = idOf(message);
  if (requestId === undefined || !isBody(body)) return;
  return toCall({ server, requestId, body, headers: message.requestHeaders, callbacks: [] });
}

interface Parts {
  readonly server: ServerName;
  readonly requestId: RequestId | undefined;
  readonly body: unknown;
  readonly headers: unknown;
  readonly callbacks: readonly Callback[];
}

function toCall({ server, requestId, body, headers, callbacks }: Parts): Call {
  const command = commandOf(body);
  const { requestString, type } = command;
  // The senders also carry what is no request at all, and that must never reach a server.
  if (typeof requestString === 'string' && !SENDERS.has(requestString)) {
    return { kind: 'message', name: requestString, data: command };
  }
  const [onSuccess, onError = onSuccess] = callbacks;
  const id = requestId ?? idOf(command);
  return {
    kind: 'request',
    requestId: id,
    server,
    type: asName(type),
    body,
    headers: readHeaders(headers),
    callbacks: onSuccess && onError && { onSuccess, onError },
    replies: callbacks.length === 0 || (callbacks.length === 1 && id !== undefined),
  };
}

function readHeaders(headers: unknown): Record<string, string> {
  const entries = isObject(headers) ? Object.entries(headers) : [];
  return Object.fromEntries(
    entries.filter(([, value]) => isText(value)).map(([name, value]) => [name, String(value)]),
  );
}

function invalid(
  call: string,
  server: ServerName,
  expected: string,
  args: readonly unknown[],
  cause: unknown,
): InvalidCall {
  const [onSuccess, onError = onSuccess] = args.filter(isCallback);
  return {
    kind: 'invalid',
    error: invalidCall(call, expected, `(${args.map(describe).join(', ')})`, cause),
    server,
    requestId: args.map(findId).find((id) => id !== undefined),
    onError,
  };
}

/** The id that an argument of a call of no known shape may be, or hold. */
function findId(arg: unknown): RequestId | undefined {
  if (isText(arg)) return isJsonText(arg) ? undefined : arg;
  try {
    return isObject(arg) ? idOf(arg) : undefined;
  } catch {
    return undefined;
  }
}

function idOf({ requestId, json }: Fields): RequestId | undefined {
  return [requestId, isObject(json) && json.requestId].find(isText);
}

function isCallback(value: unknown): value is Callback {
  return typeof value === 'function';
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

/** What can be an id. A string can be a body as well. */
function isText(value: unknown): value is RequestId {
  return typeof value === 'string' || Number.isFinite(value);
}

/** The command object of a body, which may be its JSON text. */
function commandOf(body: unknown): Fields {
  return (typeof body === 'string' ? parseObject(body) : (body as object)) ?? {};
}

/** The command or Open Banking function that a body names. */
export function typeOf(body: unknown): string | undefined {
  return asName(commandOf(body).type);
}

function asName(type: unknown): string | undefined {
  return typeof type === 'string' ? type : undefined;
}

export function isBody(value: unknown): boolean {
  return typeof value === 'string' || isObject(value);
}

function isJsonText(value: unknown): boolean {
  return typeof value === 'string' && parseObject(value) !== undefined;
}

/** Parses the JSON text of an object or array; anything else is `undefined`. */
function parseObject(text: string): object | undefined {
  try {
    return /^\s*[{[]/.test(text) ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
