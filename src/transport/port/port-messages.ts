import { attempt, isFunction } from '../../check.ts';
import { stringify } from '../../text/stringify.ts';
import type { WidgetRequest } from '../transport.ts';

/**
 * The protocol between `portTransport` (near) and `servePort` (far).
 *
 * 1. Each message names the version of this protocol. Who hears another version says `bye` in its own and closes, so
 *    that the other side hears that version in turn. That must stay so in all versions.
 * 2. What one side says within a turn goes as one array, in order: the event costs more than what is in it.
 * 3. `request` and `notice` go to the far side; `reply` or `failure` comes back under the id of the request, and before
 *    that `dropped`, if headers of it are left out there. Ids of one near side count up from 1; some may be missing. The
 *    far side takes none that is not above all it has taken.
 * 4. `abort` goes to the far side when nobody waits for the answer any more. It is not answered.
 * 5. `bye` ends the channel, and all that is pending on it. The side that says it closes the port.
 * 6. Between windows, the near side sends `knock` to the far window, with a port of a new channel. The far side answers
 *    `welcome` through that port, and everything else goes there. Nothing is sent before the welcome.
 * 7. A far side that starts sends `ready` to the near window, which then knocks, unless it has been welcomed by that
 *    very far side. So it does not matter who is there first, and a far side that was loaded again is found.
 *
 * Bodies and replies cross as text: as JSON they are what they would be on their way to a server, where a clone of an
 * object would forget its `toJSON`, or be impossible; and it is faster.
 */
export const VERSION = 1;

/** That a request may have. */
export const MOST_HEADERS = 100;

interface Versioned {
  readonly bankside: typeof VERSION;
}

/** The body is JSON, the rest is as the request has it. Its type is left out: the far side reads it from the body. */
export interface RequestMessage extends Versioned, Omit<WidgetRequest, 'body' | 'type'> {
  readonly request: number;
  readonly body: string;
  /** In ms, above 0, as the clocks of two windows begin at different times; `Infinity` without a timeout. */
  readonly timeLeft: number;
}

export interface AbortMessage extends Versioned {
  readonly abort: number;
}

export interface NoticeMessage extends Versioned {
  readonly notice: string;
  /** As JSON; `undefined` for what cannot be written so. */
  readonly data: string | undefined;
}

export interface ReplyMessage extends Versioned {
  readonly reply: number;
  /** In any form that a reply has as text. `undefined`: it will come to the entry point. */
  readonly response: string | undefined;
}

export interface FailureMessage extends Versioned {
  readonly failure: number;
  /** As `writeError` writes it. */
  readonly error: unknown;
  /** The server's own error reply (`ok: false`), for the widget. */
  readonly response: string | undefined;
}

/** Which of its headers the transport of the far side leaves out. */
export interface DroppedMessage extends Versioned {
  /** The request. */
  readonly of: number;
  readonly dropped: readonly string[];
}

interface ByeMessage extends Versioned {
  readonly bye: true;
}

interface KnockMessage extends Versioned {
  readonly knock: true;
}

/** Both tell the random name of the far side. */
export interface WelcomeMessage extends Versioned {
  readonly welcome: string;
}

export interface ReadyMessage extends Versioned {
  readonly ready: string;
}

export type NearMessage = RequestMessage | AbortMessage | NoticeMessage;
export type FarMessage = WelcomeMessage | ReplyMessage | FailureMessage | DroppedMessage;
export type Message = NearMessage | FarMessage | ByeMessage | KnockMessage | ReadyMessage;

type Fields = { readonly [name: string]: unknown };

/** The version that a message speaks, or `undefined` where it is none of this protocol's. */
export function versionOf(data: unknown): number | undefined {
  const version = fieldOf(data, 'bankside');
  return typeof version === 'number' ? version : undefined;
}

export function isRequest(data: unknown): data is RequestMessage {
  const { request, requestId, server, headers, body, timeLeft } = Object(data) as Fields;
  return (
    Number.isSafeInteger(request) &&
    (typeof requestId === 'string' || Number.isFinite(requestId)) &&
    (server === 'pserver' || server === 'enrich' || server === 'ob') &&
    typeof body === 'string' &&
    typeof timeLeft === 'number' &&
    timeLeft > 0 &&
    isPlain(headers) &&
    Object.values(headers).every((value) => typeof value === 'string')
  );
}

export function isAbort(data: unknown): data is AbortMessage {
  return typeof fieldOf(data, 'abort') === 'number';
}

export function isNotice(data: unknown): data is NoticeMessage {
  return typeof fieldOf(data, 'notice') === 'string' && isOptionalText(fieldOf(data, 'data'));
}

export function isReply(data: unknown): data is ReplyMessage {
  return typeof fieldOf(data, 'reply') === 'number' && isOptionalText(fieldOf(data, 'response'));
}

export function isFailure(data: unknown): data is FailureMessage {
  return typeof fieldOf(data, 'failure') === 'number' && isOptionalText(fieldOf(data, 'response'));
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

/** A reply as text; `undefined` for one that cannot be written so. A `Response`, whose body has not been read, is none. */
export function writeReply(response: unknown): string | undefined {
  if (typeof response === 'string') return response;
  if (typeof response !== 'object' || isFunction((response as Response | null)?.text)) return undefined;
  return attempt(() => stringify(response));
}

/** What is written as { … }, be it of another frame. */
function isPlain(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null) return false;
  const parent: unknown = Object.getPrototypeOf(value);
  return parent === null || Object.getPrototypeOf(parent) === null;
}

function isOptionalText(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function fieldOf(data: unknown, name: string): unknown {
  return (data as Fields | null | undefined)?.[name];
}
