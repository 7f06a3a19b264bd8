import type { ServerName } from '../errors.ts';

/**
 * The messages between `portTransport` (near) and `servePort` (far).
 *
 * 1. Each names the version of this protocol. Who hears another version says `bye` in its own and closes, so
 *    that the other side hears that version in turn. That, and `bye`, must stay as they are in all versions.
 * 2. `request` and `notice` go to the far side, `reply` and `failure` come back under the id of their request.
 * 3. `abort` goes to the far side when nobody waits for the answer any more. It is not answered.
 * 4. `bye` ends the channel, and all that is pending on it. Whoever says it closes the port.
 * 5. Between windows, the near side sends `knock` to the far window, with a port of a new channel. The far side
 *    answers `welcome` through the port, and everything else goes there. Nothing is sent before the welcome.
 * 6. A far side that starts sends `ready` to the near window, which then knocks, unless it has been welcomed by
 *    that very far side. So it does not matter who is there first, and a far side that was loaded anew is found.
 */
export const VERSION = 1;

interface Message<Kind extends string> {
  readonly bankside: typeof VERSION;
  readonly kind: Kind;
}

export interface RequestMessage extends Message<'request'> {
  readonly id: number;
  readonly requestId: string | number;
  readonly server: ServerName;
  readonly type: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** The text of the body, or the JSON of an object. */
  readonly body: string;
  readonly isText: boolean;
  /** In ms, as the clocks of two windows begin at different times; `Infinity` without a timeout. */
  readonly timeLeft: number;
}

export interface AbortMessage extends Message<'abort'> {
  readonly id: number;
}

export interface NoticeMessage extends Message<'notice'> {
  readonly id: number;
  readonly name: string;
  /** As JSON; without it, there was nothing that can be written so. */
  readonly data: string | undefined;
}

export interface ReplyMessage extends Message<'reply'> {
  readonly id: number;
  readonly response: unknown;
}

export interface FailureMessage extends Message<'failure'> {
  readonly id: number;
  /** As `writeError` writes it. */
  readonly error: unknown;
  /** The server's own error reply (`ok: false`), for the widget. */
  readonly reply?: unknown;
}

export type ByeMessage = Message<'bye'>;

export type KnockMessage = Message<'knock'>;

export interface WelcomeMessage extends Message<'welcome'> {
  /** Tells this far side from one that was there before. */
  readonly instance: string;
}

export interface ReadyMessage extends Message<'ready'> {
  readonly instance: string;
}

type Fields = { readonly [name: string]: unknown };

/** The version that a message speaks, or `undefined` where it is none of this protocol's. */
export function versionOf(data: unknown): number | undefined {
  const version = (data as Fields | null | undefined)?.['bankside'];
  return typeof version === 'number' ? version : undefined;
}

export function isRequest(data: unknown): data is RequestMessage {
  const { requestId, server, type, headers, body, isText, timeLeft } = data as Fields;
  return (
    hasId(data, 'request') &&
    (typeof requestId === 'string' || typeof requestId === 'number') &&
    (server === 'pserver' || server === 'enrich' || server === 'ob') &&
    (type === undefined || typeof type === 'string') &&
    isHeaders(headers) &&
    typeof body === 'string' &&
    typeof isText === 'boolean' &&
    typeof timeLeft === 'number'
  );
}

export function isAbort(data: unknown): data is AbortMessage {
  return hasId(data, 'abort');
}

export function isNotice(data: unknown): data is NoticeMessage {
  const { name, data: json } = data as Fields;
  return (
    hasId(data, 'notice') && typeof name === 'string' && (json === undefined || typeof json === 'string')
  );
}

export function isReply(data: unknown): data is ReplyMessage {
  return hasId(data, 'reply');
}

export function isFailure(data: unknown): data is FailureMessage {
  return hasId(data, 'failure');
}

export function isBye(data: unknown): data is ByeMessage {
  return isOfKind(data, 'bye');
}

export function isKnock(data: unknown): data is KnockMessage {
  return isOfKind(data, 'knock');
}

export function isWelcome(data: unknown): data is WelcomeMessage {
  return isOfKind(data, 'welcome') && typeof (data as Fields)['instance'] === 'string';
}

export function isReady(data: unknown): data is ReadyMessage {
  return isOfKind(data, 'ready') && typeof (data as Fields)['instance'] === 'string';
}

function isOfKind(data: unknown, kind: string): boolean {
  return (data as Fields | null | undefined)?.['kind'] === kind;
}

function hasId(data: unknown, kind: string): boolean {
  return isOfKind(data, kind) && typeof (data as Fields)['id'] === 'number';
}

function isHeaders(headers: unknown): boolean {
  return (
    typeof headers === 'object' &&
    headers !== null &&
    Object.values(headers).every((value) => typeof value === 'string')
  );
}
