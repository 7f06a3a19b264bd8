import { attempt, type Fields, isFunction, isObject, isPlain } from '../../check.ts';
import { SERVER_NAMES } from '../../errors.ts';
import { stringify } from '../../text/stringify.ts';
import type { WidgetRequest } from '../transport.ts';

/**
 * The protocol between `portTransport`, the client, and `servePort`, the host.
 *
 * 1. Each message has the version of this protocol. A side that gets another version answers `bye` in its own version and
 *    closes, so that the other side learns that version. This must stay so in all versions.
 * 2. The messages of one turn of the event loop are sent as one array, in order: an event costs more than a message.
 * 3. The client sends `request` and `notice`. The host answers with `reply` or `failure` under the id of the request, and before
 *    that with `dropped`, if its transport does not send some of the headers, and with `insecure`, if others can read what it
 *    sends. The ids of one client count up from 1, with gaps. The host ignores an id that is not larger than all before.
 * 4. The client sends `abort` when nobody waits for the answer any more. It gets no answer.
 * 5. `bye` closes the channel. All pending requests fail. The side that sends it closes the port.
 * 6. Between windows, the client sends `knock` to the host's window, with a port of a new channel. The host answers `welcome`
 *    through that port, and all further messages go there. The client sends nothing before the welcome.
 * 7. A host that starts sends `ready` to the client's window. The client then knocks, unless this host has welcomed it already.
 *    So either side may start first, and a client finds a host that was loaded again.
 *
 * Bodies and replies are sent as JSON strings. A clone would lose the `toJSON` of an object, or fail, and is slower.
 */
export const VERSION = 1;

/** How many headers a request may have. */
export const MOST_HEADERS = 100;

interface Versioned {
  readonly bankside: typeof VERSION;
}

/** `body` is JSON. The other fields are those of the request, without `type`: the host reads that from the body. */
export interface RequestMessage extends Versioned, Omit<WidgetRequest, 'body' | 'type'> {
  readonly request: number;
  readonly body: string;
  /** In ms, above 0; `Infinity` without a timeout. Not a deadline, as the clocks of two windows differ. */
  readonly timeLeft: number;
}

interface AbortMessage extends Versioned {
  readonly abort: number;
}

export interface NoticeMessage extends Versioned {
  readonly notice: string;
  /** JSON; `undefined` for what JSON cannot express. */
  readonly data: string | undefined;
}

interface ReplyMessage extends Versioned {
  readonly reply: number;
  /** The reply as a string. `undefined`: it will come to the entry point on the client's page. */
  readonly response: string | undefined;
}

interface FailureMessage extends Versioned {
  readonly failure: number;
  /** What `writeError` returned. */
  readonly error: unknown;
  /** The server's own error reply (`ok: false`), for the widget. */
  readonly response: string | undefined;
}

/** Names of headers that the host's transport does not send. */
interface DroppedMessage extends Versioned {
  /** The id of the request. */
  readonly of: number;
  readonly dropped: readonly string[];
}

/** The host's page came over plain HTTP, and its transport sends the request there. */
interface InsecureMessage extends Versioned {
  /** The id of the request. */
  readonly of: number;
  /** The origin of the page. */
  readonly insecure: string;
}

interface ByeMessage extends Versioned {
  readonly bye: true;
}

interface KnockMessage extends Versioned {
  readonly knock: true;
}

/** `welcome` is the random name of this host, like `ready`. */
interface WelcomeMessage extends Versioned {
  readonly welcome: string;
}

interface ReadyMessage extends Versioned {
  readonly ready: string;
}

export type ClientMessage = RequestMessage | AbortMessage | NoticeMessage;
export type HostMessage = WelcomeMessage | ReplyMessage | FailureMessage | DroppedMessage | InsecureMessage;
export type Message = ClientMessage | HostMessage | ByeMessage | KnockMessage | ReadyMessage;

/** The version of a message; `undefined` for a message that is not of this protocol. */
export function versionOf(data: unknown): number | undefined {
  const version = fieldOf(data, 'bankside');
  return typeof version === 'number' ? version : undefined;
}

export function isRequest(data: unknown): data is RequestMessage {
  if (!isObject(data)) return false;
  const { request, requestId, server, headers, body, timeLeft } = data;
  return (
    Number.isSafeInteger(request) &&
    (typeof requestId === 'string' || Number.isFinite(requestId)) &&
    (SERVER_NAMES as readonly unknown[]).includes(server) &&
    typeof body === 'string' &&
    typeof timeLeft === 'number' &&
    timeLeft > 0 &&
    isObject(headers) &&
    isPlain(headers) &&
    Object.values(headers).every((value) => typeof value === 'string')
  );
}

export function isAbort(data: unknown): data is AbortMessage {
  return typeof fieldOf(data, 'abort') === 'number';
}

export function isNotice(data: unknown): data is NoticeMessage {
  return typeof fieldOf(data, 'notice') === 'string' && isOptionalString(fieldOf(data, 'data'));
}

export function isReply(data: unknown): data is ReplyMessage {
  return typeof fieldOf(data, 'reply') === 'number' && isOptionalString(fieldOf(data, 'response'));
}

export function isFailure(data: unknown): data is FailureMessage {
  return typeof fieldOf(data, 'failure') === 'number' && isOptionalString(fieldOf(data, 'response'));
}

export function isDropped(data: unknown): data is DroppedMessage {
  const names = fieldOf(data, 'dropped');
  return (
    Array.isArray(names) &&
    names.length <= MOST_HEADERS &&
    names.every((name) => typeof name === 'string') &&
    typeof fieldOf(data, 'of') === 'number'
  );
}

export function isInsecure(data: unknown): data is InsecureMessage {
  return typeof fieldOf(data, 'insecure') === 'string' && typeof fieldOf(data, 'of') === 'number';
}

export function isBye(data: unknown): boolean {
  return fieldOf(data, 'bye') === true;
}

export function isKnock(data: unknown): boolean {
  return fieldOf(data, 'knock') === true;
}

export function isWelcome(data: unknown): data is WelcomeMessage {
  return typeof fieldOf(data, 'welcome') === 'string';
}

export function isReady(data: unknown): data is ReadyMessage {
  return typeof fieldOf(data, 'ready') === 'string';
}

/** A reply as a string; `undefined` if it cannot be one. A `Response` is not a reply: its body has not been read. */
export function writeReply(response: unknown): string | undefined {
  if (typeof response === 'string') return response;
  if (typeof response !== 'object') return undefined;
  return attempt(() => (isFunction((response as Response | null)?.text) ? undefined : stringify(response)));
}

function isOptionalString(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function fieldOf(data: unknown, name: string): unknown {
  return (data as Fields | null | undefined)?.[name];
}
