import { attempt, invalidCall, isFunction, isObject } from '../check.ts';
import { type BanksideError, redactedCause, SERVER_NAMES, type ServerName } from '../errors.ts';
import { type SortedHeaders, wellFormedHeaders } from '../http/widget-headers.ts';
import { isTooLong, LONGEST_ID, shownId } from '../text/request-id.ts';
import { SENDERS, type WidgetRequest } from '../transport/transport.ts';
import { type CommandFields, commandOf, isBody, type SentBody, toSentBody } from './sent-body.ts';

type RequestId = string | number;
type Callback = (response: never) => unknown;

/** Who waits for the outcome of a request. */
export interface Waiter {
  /** `onSuccess` and `onError`, one function for both, or none. */
  readonly callbacks: readonly Callback[];
  /** Whether the answer goes to the widget's reply function. */
  wantsReply?: boolean | undefined;
  /** Whether the page itself waits. Its callbacks get the parsed reply, or the error. */
  readonly isPage?: boolean;
}

/** A call that wants a server's answer. */
export interface RequestCall extends Waiter {
  readonly request: WidgetRequest;
  /** The id of the call, if it is too long for a request. */
  readonly longId?: RequestId | undefined;
  /** The names of its malformed headers. */
  readonly dropped?: readonly string[] | undefined;
  /** Set if the call has no known shape: it is answered with this error and never sent. */
  readonly error?: BanksideError<'INVALID_CALL'>;
  /** In ms; default: the bridge's. */
  readonly timeout?: number | false | undefined;
  /** Aborts the request, also before it is sent. */
  readonly signal?: AbortSignal | undefined;
}

/** A call of no known shape that cannot be answered. */
interface RefusedCall {
  readonly error: BanksideError<'INVALID_CALL'>;
}

/** A call that wants no answer: session events, navigation and the like. */
export interface NoticeCall {
  readonly name: string;
  readonly args: readonly unknown[];
}

export type WidgetCall = RequestCall | RefusedCall | NoticeCall;

const NO_HEADERS: SortedHeaders = { passed: {}, dropped: [] };

/**
 * Reads a call of one of the senders: shapes a, b, c, e and f. The widget's layouts disagree on the order of
 * the arguments, so each is recognised by its type:
 *
 * 1. Functions are callbacks: two are `onSuccess` and `onError` (e), a single one takes any answer (f).
 * 2. Of two objects, the first is the headers (a).
 * 3. Of two strings, the one that is the JSON of an object or array is the body; if that does not decide, the
 *    first is the id (c).
 * 4. A single string is the id, unless there are callbacks and nothing else can be the body.
 */
export function readCall(server: ServerName, args: readonly unknown[]): WidgetCall {
  const callbacks = args.filter(isFunction);
  const expected = '(requestHeaders, body, requestId) or (body, onSuccess, onError)';
  return readOrRefuse(SENDERS[server], server, args, callbacks, expected, () => {
    const objects = args.filter(isObject);
    const ids = args.filter(isId);
    const [first, second] = ids;
    if (!isBody(second) || (commandOf(first) && !commandOf(second))) ids.reverse();
    const object = objects[objects.length - 1];
    const text = second !== undefined || (callbacks[0] && !object) ? ids.pop() : undefined;
    const body = callbacks[0] ? (object ?? text) : (text ?? object);
    const headers = objects.find((other) => other !== body);
    const isKnown = !(callbacks[2] || objects[2] || ids[1]);
    return isKnown && toCall(server, ids[0], body, headers, callbacks);
  });
}

/** Reads the message of the React and Angular layouts: shape d. @param call The function that got it, for errors. */
export function readMessage(message: unknown, call = 'handlePersoEvent'): WidgetCall {
  const name = attempt(() => (message as CommandFields).requestString) as string;
  const server = serverOf(name);
  const expected = '{ requestString, requestId, json: { requestData } }';
  return readOrRefuse(call, server, [message], [], expected, () => {
    const { requestHeaders, json, requestData } = message as CommandFields;
    const body = commandOf(json)?.requestData ?? requestData;
    if (server) return toCall(server, idOf(message), body, requestHeaders, []);
    return typeof name === 'string' && { name, args: [body ?? message] };
  });
}

/** The server of a sender; `undefined` for any other name. */
export function serverOf(sender: unknown): ServerName | undefined {
  return SERVER_NAMES.find((server) => SENDERS[server] === sender);
}

/** A request as the transport gets it. Without an id of the widget, it gets one that no widget or other bridge uses. */
export function toRequest(
  server: ServerName,
  id: RequestId | undefined,
  { body, type }: Partial<SentBody>,
  headers: WidgetRequest['headers'] = {},
): WidgetRequest {
  return { requestId: id ?? `bankside-${Math.random().toString(36).slice(2)}`, server, type, body, headers };
}

/** A value that is neither a string nor a number is malformed, like a line break. A missing value is no header. */
function readHeaders(headers: unknown): SortedHeaders {
  if (!headers) return NO_HEADERS; // the usual case
  const entries = Object.entries(commandOf(headers) ?? {});
  const texts = entries.filter(([, value]) => isId(value)).map(([name, value]) => [name, `${value}`]);
  const others = entries.filter(([, value]) => !isId(value) && value !== undefined && value !== null);
  const { passed, dropped } = wellFormedHeaders(Object.fromEntries(texts));
  return { passed, dropped: [...others.map(([name]) => name), ...dropped] };
}

function toCall(
  server: ServerName,
  givenId: RequestId | undefined,
  body: unknown,
  givenHeaders: unknown,
  callbacks: readonly Callback[],
): WidgetCall | false {
  const command = commandOf(body);
  const notice = readNotice(command);
  if (notice) return notice;
  if (!isBody(body)) return false;
  const sent = toSentBody(body, command);
  // Read again: the copy that is sent may differ from what the widget's object has just shown.
  const sentNotice = sent.command !== command && readNotice(sent.command);
  if (sentNotice) return sentNotice;
  const id = givenId ?? (callbacks[0] && idOf(sent.command));
  if ((callbacks[0] ?? id) === undefined) return false;
  const { passed, dropped } = readHeaders(givenHeaders);
  const wantsReply = id !== undefined && !callbacks[1];
  return { request: toRequest(server, id, sent, passed), dropped, callbacks, wantsReply };
}

/** The senders also carry notices, which must never reach a server. */
function readNotice(command: CommandFields | undefined): NoticeCall | undefined {
  const name = command?.requestString;
  return typeof name === 'string' && !serverOf(name) ? { name, args: [command] } : undefined;
}

/** Reads a call. If its shape is unknown, or its id too long, it becomes an error, which is answered if possible. */
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
    cause = redactedCause(thrown); // not an object, or one with a getter that throws
  }
  const error = invalidCall(call, expected, args, cause);
  // A string is an id among the arguments of a sender, but not in place of a message.
  const id = args.map((arg) => (isObject(arg) || serverOf(call) ? idOf(arg) : undefined)).find(isId);
  if ((callbacks[0] ?? id) === undefined) return { error };
  const request = toRequest(server, id, {});
  return checkId(call, { error, request, callbacks, wantsReply: !callbacks[0] });
}

/** Of a call with too long an id, keeps only what is needed to answer it. */
function checkId(call: string, read: RequestCall): RequestCall {
  const { request, callbacks, wantsReply } = read;
  const { requestId, server } = request;
  if (!isTooLong(requestId)) return read;
  const expected = `a requestId of at most ${LONGEST_ID} characters`;
  const error = invalidCall(call, expected, `one of ${`${requestId}`.length}`);
  const shortened = toRequest(server, shownId(requestId), {});
  return { error, request: shortened, longId: requestId, callbacks, wantsReply };
}

/** The id that an argument is, or contains. */
function idOf(value: unknown): RequestId | undefined {
  const command = commandOf(value);
  const id = command ? attempt(() => command.requestId ?? commandOf(command.json)?.requestId) : value;
  return isId(id) ? id : undefined;
}

/** Whether a value can be an id. A string can also be a body. */
function isId(value: unknown): value is RequestId {
  return typeof value === 'string' || Number.isFinite(value);
}
