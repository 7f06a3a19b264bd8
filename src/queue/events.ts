import { attempt } from '../attempt.ts';
import type { StandardSchemaV1 } from '../standard-schema.ts';

/** What only the user can mend, as a status of a channel and as the type of an event. */
export type RequiredActionType =
  | 'AUTH_FAILED'
  | 'TOKEN_EXPIRED'
  | 'PASSWORD_CHANGE_REQUIRED'
  | 'USER_ACTION_REQUIRED'
  | 'CHALLENGE_REQUIRED';

/** Status of a connection: those that are known, and whatever else a server may say. */
export type ConnectionStatus =
  | 'RUNNING'
  | 'SUCCESS'
  | 'PARTIAL_SUCCESS'
  | 'FAILED'
  | 'CLOSED'
  | 'NONE'
  | (string & {});

/** Status of a channel: those that are known, and whatever else a server may say; `UNKNOWN` if it said none. */
export type ChannelStatus = 'RUNNING' | 'SUCCESS' | 'UNKNOWN' | RequiredActionType | (string & {});

/**
 * A channel of a connection as the server writes it. Times in unix seconds.
 *
 * @see The connection resource of Linxo Connect's documents.
 */
export interface Channel {
  /** The channel's id. */
  readonly channel_definition_id: string;
  /** How it is; see {@link ChannelStatus}. */
  readonly status?: ChannelStatus | null | undefined;
  /** When the user's consent ends. */
  readonly expires?: number | null | undefined;
  /** When it last ended well. */
  readonly last_success_date?: number | null | undefined;
  /** When it last ended, well or not. */
  readonly last_end_date?: number | null | undefined;
  readonly [field: string]: unknown;
}

/** A connection as the server writes it. Any field but the `id` may be missing. Times in unix seconds. */
export interface Connection {
  /** The connection's id. */
  readonly id: string;
  /** The institution that it leads to. */
  readonly provider_id?: string | null | undefined;
  /** What the user may know it by. */
  readonly name?: string | null | undefined;
  /** How it is as a whole; its channels say it more exactly. */
  readonly status?: ConnectionStatus | null | undefined;
  /** When it was made. */
  readonly creation_date?: number | null | undefined;
  /** Its ways to the institution. */
  readonly channels?: readonly Channel[] | null | undefined;
  readonly [field: string]: unknown;
}

/** The types of events that the documents name. All are about connections. */
export type ConnectionEventType =
  | RequiredActionType
  | 'SYNC_ALL_STARTED'
  | 'LIST_ACCOUNTS'
  | 'SYNC_ALL_SUCCESS';

/** An event of the queue as the server writes it. */
export interface QueueEvent<Type extends string = string, Resource = unknown> {
  /** The same when the event comes again. */
  readonly id: string;
  /** What has happened; upper-case. */
  readonly event_type: Type;
  /** A type that some servers write here instead. */
  readonly event_status?: string | null | undefined;
  /** What `resource` is: `CONNECTION` in all documented events. */
  readonly resource_type?: string | null | undefined;
  /** When it was made, in unix seconds. */
  readonly creation_date?: number | null | undefined;
  /** Where it comes from: one of the connection's channels, or an id that only the server knows. */
  readonly channel_definition_id?: string | null | undefined;
  /** What it is about, as it was then. */
  readonly resource?: Resource | null | undefined;
  readonly [field: string]: unknown;
}

/** An event about a connection, which is in `resource` as it was then. */
export type ConnectionEvent<Type extends string = ConnectionEventType> = QueueEvent<Type, Connection>;

/** What an event must be, for errors. */
export const EVENT_FORM = 'an event with an id, an event_type, and a resource that is a connection';

const ACTIONS =
  /^(AUTH_FAILED|TOKEN_EXPIRED|PASSWORD_CHANGE_REQUIRED|USER_ACTION_REQUIRED|CHALLENGE_REQUIRED)$/;
const PROGRESS = /^(SYNC_ALL_STARTED|LIST_ACCOUNTS|SYNC_ALL_SUCCESS)$/;

type Fields = Readonly<Record<string, unknown>>;

/** Reads a channel of a connection. Ids that came as numbers become texts; unknown fields pass. */
export const channelSchema: StandardSchemaV1<unknown, Channel> = {
  '~standard': standard(
    (value) => read<Channel>(isChannel, value, 'channel_definition_id'),
    'a channel with an id',
  ),
};

/**
 * Reads a connection, as `GET /connections/{id}` answers and as events carry it. Ids that came as numbers
 * become texts; unknown fields pass.
 */
export const connectionSchema: StandardSchemaV1<unknown, Connection> = {
  '~standard': standard(readConnection, 'a connection with an id'),
};

/**
 * Reads one event of the queue. Unknown types and fields pass. A type that is only in `event_status`, where
 * the documents write that of the end, is in `event_type` as well in what comes out.
 *
 * @example
 * ```ts
 * import { queueEventSchema } from 'bankside';
 *
 * const result = await queueEventSchema['~standard'].validate({ id: '1', event_type: 'LIST_ACCOUNTS' });
 * if (!result.issues) console.log(result.value.event_type);
 * ```
 */
export const queueEventSchema: StandardSchemaV1<unknown, QueueEvent> = {
  '~standard': standard(readEvent, EVENT_FORM),
};

/** Whether a channel's status, or an event's type, asks for the user. */
export function isAction(status: string): status is RequiredActionType {
  return ACTIONS.test(status);
}

/** An event, if it is one: the same object, unless something in it has to be mended. */
export function readEvent(value: unknown): QueueEvent | undefined {
  const came = read<QueueEvent>(isEvent, value, 'id', 'channel_definition_id');
  const isEnd = came?.event_status === 'SYNC_ALL_SUCCESS';
  const type = isEnd ? came.event_status : came?.event_type || came?.event_status;
  if (!came || !type) return undefined;
  const typed = type === came.event_type ? came : { ...came, event_type: type };
  if (!connectionOf(typed)) return typed;
  const resource = readConnection(typed.resource);
  return resource === typed.resource ? typed : resource && { ...typed, resource };
}

/** A connection, if it is one: the same object, unless something in it has to be mended. */
export function readConnection(value: unknown): Connection | undefined {
  const came = read<Connection>(isConnection, value, 'id', 'provider_id');
  const listed = came?.channels ?? [];
  const channels = listed
    .map((one) => withId(one, 'channel_definition_id'))
    .filter((one) => one !== undefined);
  if (!came || !canBeAsked(came.id) || channels.length < listed.length) return undefined;
  return channels.every((one, index) => one === listed[index]) ? came : { ...came, channels };
}

/**
 * What fits, and has the id that it needs; the other one it may have. It is only checked, and delivered as it came:
 * to copy it would cost as much as to parse it.
 */
function read<T>(
  fits: (fields: Fields) => boolean,
  value: unknown,
  id: keyof T,
  other?: keyof T,
): T | undefined {
  const came = isObject(value) && fits(value) ? withId(value as T, id) : undefined;
  return came && other ? withId(came, other, true) : came;
}

function isEvent({ event_type, event_status, resource_type, creation_date }: Fields): boolean {
  return [event_type, event_status, resource_type].every(mayBeText) && mayBeTime(creation_date);
}

function isConnection({ name, status, creation_date, channels }: Fields): boolean {
  const list = channels ?? [];
  const areChannels = Array.isArray(list) && list.every((one) => isObject(one) && isChannel(one));
  return areChannels && mayBeText(name) && mayBeText(status) && mayBeTime(creation_date);
}

function isChannel({ status, expires, last_success_date, last_end_date }: Fields): boolean {
  return mayBeText(status) && [expires, last_success_date, last_end_date].every(mayBeTime);
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function mayBeText(value: unknown): boolean {
  return typeof (value ?? '') === 'string';
}

function mayBeTime(value: unknown): boolean {
  return Number.isFinite(value ?? 0);
}

/** Ids are texts in the documents, but a number is no reason to lose what it names: it becomes a text. */
function withId<T>(came: T, key: keyof T, mayBeMissing = false): T | undefined {
  const id: unknown = came[key];
  if (typeof id === 'number') return { ...came, [key]: String(id) };
  return (typeof id === 'string' && id) || (mayBeMissing && (id === undefined || id === null))
    ? came
    : undefined;
}

/** Whether it is an id that can be asked for by address: dots lead elsewhere there, and half a character nowhere. */
export function canBeAsked(id: unknown): id is string {
  return typeof id === 'string' && !/^\.{0,2}$/.test(attempt(() => encodeURIComponent(id)) ?? '');
}

/** The connection that an event is about. */
export function connectionOf({ event_type, resource_type, resource }: QueueEvent): Connection | undefined {
  const isOne = resource_type
    ? resource_type === 'CONNECTION'
    : isAction(event_type) || PROGRESS.test(event_type);
  return isOne && resource ? (resource as Connection) : undefined;
}

function standard<T>(
  read: (value: unknown) => T | undefined,
  expected: string,
): StandardSchemaV1<unknown, T>['~standard'] {
  return {
    version: 1,
    vendor: 'bankside',
    validate(value) {
      const result = read(value);
      return result === undefined ? { issues: [{ message: `Expected ${expected}` }] } : { value: result };
    },
  };
}
