import { attempt } from '../attempt.ts';
import { type BanksideError, invalid, type ServerName } from '../errors.ts';
import { isFunction } from '../is-function.ts';
import type { WidgetRequest } from '../transport/transport.ts';

type RequestId = string | number;
type Callback = (response: never) => unknown;

/** Who waits for the answer to a request. */
export interface Asker {
  /** `onSuccess` and `onError`, one function for both, or none. */
  readonly callbacks: readonly Callback[];
  /** Whether the answer goes to the widget's reply function. */
  replies?: boolean;
  /** The page itself, whose callbacks take the reply as parsed, or the error. */
  readonly isPage?: boolean;
}

/** A call that wants a server's answer. */
export interface RequestCall extends Asker {
  readonly request: WidgetRequest;
  /** Why it is answered and not sent: it has no known shape. */
  readonly error?: BanksideError<'INVALID_CALL'>;
  /** In ms; default: the bridge's. */
  readonly timeout?: number | false | undefined;
  /** Gives the request up, before it is sent too. */
  readonly signal?: AbortSignal | undefined;
}

/** A call of no known shape, and nobody to answer. */
export interface RefusedCall {
  readonly error: BanksideError<'INVALID_CALL'>;
}

/** A call that wants no answer: session events, navigation and the like. */
export interface MessageCall {
  readonly name: string;
  readonly args: readonly unknown[];
}

export type WidgetCall = RequestCall | RefusedCall | MessageCall;

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
 * Reads a call of one of the senders: shapes a, b, c, e and f. The widget's layouts disagree on the order of
 * the arguments, so each is known by its kind:
 *
 * 1. Functions are callbacks: two are `onSuccess` and `onError` (e), a single one takes any answer (f).
 * 2. Of two objects, the first is the headers (a).
 * 3. Of two texts, the one that is the JSON of an object or array is the body; if that does not decide, the
 *    first is the id (c).
 * 4. A single text is the id, unless callbacks came and nothing else can be the body.
 */
export function readCall(sender: string, server: ServerName, args: readonly unknown[]): WidgetCall {
  const callbacks = args.filter(isFunction);
  const expected = '(requestHeaders, body, requestId) or (body, onSuccess, onError)';
  return readOrRefuse(sender, server, args, callbacks, expected, () => {
    const objects = args.filter(isObject);
    const texts = args.filter(isId);
    const [first, second] = texts;
    if (!isBody(second) || (commandOf(first) && !commandOf(second))) texts.reverse();
    const object = objects[objects.length - 1];
    const text = second !== undefined || (callbacks[0] && !object) ? texts.pop() : undefined;
    const body = callbacks[0] ? (object ?? text) : (text ?? object);
    const headers = objects.find((other) => other !== body);
    const isKnown = !(callbacks[2] || objects[2] || texts[1]);
    return isKnown && toCall(server, texts[0], body, headers, callbacks);
  });
}

/** Reads the message of the React and Angular layouts: shape d. */
export function readMessage(message: unknown): WidgetCall {
  const name = attempt(() => (message as Fields).requestString) as string;
  const server = SENDERS.get(name);
  const expected = '{ requestString, requestId, json: { requestData } }';
  return readOrRefuse('handlePersoEvent', server, [message], [], expected, () => {
    const { requestHeaders, json, requestData } = message as Fields;
    const body = commandOf(json)?.requestData ?? requestData;
    if (server) return toCall(server, idOf(message), body, requestHeaders, []);
    return typeof name === 'string' && { name, args: [body ?? message] };
  });
}

/** What can be the body of a request. */
export function isBody(value: unknown): boolean {
  return typeof value === 'string' || isObject(value);
}

/** The command object of a body, which may be its JSON text. */
export function commandOf(body: unknown): Fields | undefined {
  if (isObject(body)) return body;
  return attempt(() => (/^\s*[{[]/.test(body as string) ? JSON.parse(body as string) : undefined));
}

/**
 * A request as the transport gets it. Without an id of the widget's it gets one unlike any widget's, and any
 * other bridge's over the same transport.
 */
export function toRequest(
  server: ServerName,
  id: RequestId | undefined,
  body: unknown,
  command: Fields | undefined = commandOf(body),
  headers?: unknown,
): WidgetRequest {
  const type = command?.type;
  return {
    requestId: id ?? `bankside-${Math.random().toString(36).slice(2)}`,
    server,
    type: typeof type === 'string' ? type : undefined,
    body,
    headers: readHeaders(headers),
  };
}

function readHeaders(headers: unknown): Record<string, string> {
  if (!headers) return {}; // as mostly
  const entries = Object.entries(commandOf(headers) ?? {}).filter(([, value]) => isId(value));
  return Object.fromEntries(entries.map(([name, value]) => [name, `${value}`]));
}

function toCall(
  server: ServerName,
  givenId: RequestId | undefined,
  body: unknown,
  headers: unknown,
  callbacks: readonly Callback[],
): WidgetCall | false {
  const command = commandOf(body);
  const name = command?.requestString;
  // The senders also carry what is no request at all, and that must never reach a server.
  if (typeof name === 'string' && !SENDERS.has(name)) return { name, args: [command] };
  const id = givenId ?? (callbacks[0] && idOf(command));
  if (!isBody(body) || (callbacks[0] ?? id) === undefined) return false;
  const replies = id !== undefined && !callbacks[1];
  return { request: toRequest(server, id, body, command, headers), callbacks, replies };
}

/** Reads a call. One of no known shape is answered where there is a way to. */
function readOrRefuse(
  call: string,
  server: ServerName = 'pserver',
  args: readonly unknown[],
  callbacks: readonly Callback[],
  expected: string,
  read: () => WidgetCall | false,
): WidgetCall {
  let cause: unknown;
  try {
    const known = read();
    if (known) return known;
  } catch (thrown) {
    cause = thrown; // no object at all, or one with a getter that throws
  }
  const error = invalid('INVALID_CALL', call, expected, args, cause);
  // A text is an id where ids are arguments; in the place of a message it is none.
  const id = args.map((arg) => (isObject(arg) || SENDERS.has(call) ? idOf(arg) : undefined)).find(isId);
  if ((callbacks[0] ?? id) === undefined) return { error };
  return { error, request: toRequest(server, id, undefined), callbacks, replies: !callbacks[0] };
}

/** The id that an argument is, or holds. */
function idOf(value: unknown): RequestId | undefined {
  const command = commandOf(value);
  const id = command ? attempt(() => command.requestId ?? commandOf(command.json)?.requestId) : value;
  return isId(id) ? id : undefined;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

/** What can be an id. A string can be a body as well. */
function isId(value: unknown): value is RequestId {
  return typeof value === 'string' || Number.isFinite(value);
}
