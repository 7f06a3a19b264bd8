import { attempt, invalidCall, isFunction, isObject } from '../check.ts';
import { type BanksideError, redactedCause, type ServerName } from '../errors.ts';
import { type SortedHeaders, wellFormedHeaders } from '../http/widget-headers.ts';
import { isTooLong, LONGEST_ID, toldId } from '../text/request-id.ts';
import type { WidgetRequest } from '../transport/transport.ts';
import { type SentBody, sentObject, sentText } from './sent-body.ts';

type RequestId = string | number;
type Callback = (response: never) => unknown;

/** Who waits for the answer to a request. */
export interface Asker {
  /** `onSuccess` and `onError`, one function for both, or none. */
  readonly callbacks: readonly Callback[];
  /** Whether the answer goes to the widget's reply function. */
  replies?: boolean | undefined;
  /** The page itself, whose callbacks take the reply as parsed, or the error. */
  readonly isPage?: boolean;
}

/** A call that wants a server's answer. */
export interface RequestCall extends Asker {
  readonly request: WidgetRequest;
  /** The id that it came with, where that is too long to be that of a request. */
  readonly longId?: string | number | undefined;
  /** The names of its malformed headers. */
  readonly dropped?: readonly string[] | undefined;
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

const NO_HEADERS: SortedHeaders = { passed: {}, dropped: [] };

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

/** Reads the message of the React and Angular layouts: shape d. @param call Who was called with it, for an error. */
export function readMessage(message: unknown, call = 'handlePersoEvent'): WidgetCall {
  const name = attempt(() => (message as Fields).requestString) as string;
  const server = SENDERS.get(name);
  const expected = '{ requestString, requestId, json: { requestData } }';
  return readOrRefuse(call, server, [message], [], expected, () => {
    const { requestHeaders, json, requestData } = message as Fields;
    const body = commandOf(json)?.requestData ?? requestData;
    if (server) return toCall(server, idOf(message), body, requestHeaders, []);
    return typeof name === 'string' && { name, args: [body ?? message] };
  });
}

/** What can be the body of a request. */
export function isBody(value: unknown): value is string | object {
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
  { body, type }: Partial<SentBody>,
  headers: WidgetRequest['headers'] = {},
): WidgetRequest {
  return { requestId: id ?? `bankside-${Math.random().toString(36).slice(2)}`, server, type, body, headers };
}

/** What is neither text nor a number is as malformed as a line break; what is missing was not given. */
function readHeaders(headers: unknown): SortedHeaders {
  if (!headers) return NO_HEADERS; // as mostly
  const entries = Object.entries(commandOf(headers) ?? {});
  const texts = entries.filter(([, value]) => isId(value)).map(([name, value]) => [name, `${value}`]);
  const others = entries.filter(([, value]) => !isId(value) && value !== undefined && value !== null);
  const { passed, dropped } = wellFormedHeaders(Object.fromEntries(texts));
  return { passed, dropped: [...others.map(([name]) => name), ...dropped] };
}

function toCall(
  server: ServerName,
  givenId: RequestId | undefined,
  given: unknown,
  givenHeaders: unknown,
  callbacks: readonly Callback[],
): WidgetCall | false {
  const command = commandOf(given);
  const notice = readNotice(command);
  if (notice) return notice;
  if (!isBody(given)) return false;
  const sent = typeof given === 'string' ? sentText(given, command) : sentObject(given);
  // Once more, as what will be sent may say another thing than the widget's object has just said.
  const sentNotice = sent.command !== command && readNotice(sent.command);
  if (sentNotice) return sentNotice;
  const id = givenId ?? (callbacks[0] && idOf(sent.command));
  if ((callbacks[0] ?? id) === undefined) return false;
  const { passed, dropped } = readHeaders(givenHeaders);
  const replies = id !== undefined && !callbacks[1];
  return { request: toRequest(server, id, sent, passed), dropped, callbacks, replies };
}

/** The senders also carry what is no request at all, and that must never reach a server. */
function readNotice(command: Fields | undefined): MessageCall | undefined {
  const name = command?.requestString;
  return typeof name === 'string' && !SENDERS.has(name) ? { name, args: [command] } : undefined;
}

/** Reads a call. One of no known shape, or whose id is too long, is answered where there is a way to. */
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
    if (known) return 'request' in known ? checkId(call, known) : known;
  } catch (thrown) {
    cause = redactedCause(thrown); // no object at all, or one with a getter that throws
  }
  const error = invalidCall(call, expected, args, cause);
  // A text is an id where ids are arguments; in the place of a message it is none.
  const id = args.map((arg) => (isObject(arg) || SENDERS.has(call) ? idOf(arg) : undefined)).find(isId);
  if ((callbacks[0] ?? id) === undefined) return { error };
  const request = toRequest(server, id, {});
  return checkId(call, { error, request, callbacks, replies: !callbacks[0] });
}

/** Of a call whose id is too long, nothing is kept but what it takes to answer it. */
function checkId(call: string, read: RequestCall): RequestCall {
  const { request, callbacks, replies } = read;
  const { requestId, server } = request;
  if (!isTooLong(requestId)) return read;
  const { length } = `${requestId}`;
  const expected = `a requestId of at most ${LONGEST_ID} characters`;
  const error = invalidCall(call, expected, `one of ${length}`);
  return { error, request: toRequest(server, toldId(requestId), {}), longId: requestId, callbacks, replies };
}

/** The id that an argument is, or holds. */
function idOf(value: unknown): RequestId | undefined {
  const command = commandOf(value);
  const id = command ? attempt(() => command.requestId ?? commandOf(command.json)?.requestId) : value;
  return isId(id) ? id : undefined;
}

/** What can be an id. A string can be a body as well. */
function isId(value: unknown): value is RequestId {
  return typeof value === 'string' || Number.isFinite(value);
}
