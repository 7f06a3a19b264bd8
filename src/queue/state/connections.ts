import { isObject } from '../../check.ts';
import { shortText } from '../../text/printable.ts';
import {
  type ChannelStatus,
  type ConnectionStatus,
  isAction,
  type RequiredActionType,
  waitsForUser,
} from '../server/event-types.ts';
import { type Channel, type Connection, connectionOf, type QueueEvent } from '../server/events.ts';

/** What the user has to do before a channel can go on. */
export interface RequiredAction {
  /** What it is. */
  readonly type: RequiredActionType;
  /** The channel that waits for the user; an empty string if no channel is known. */
  readonly channelDefinitionId: string;
  /** Since when, in unix seconds. */
  readonly since: number;
}

/** Scraping, or PSD2 API. */
export type ChannelKind = 'EMBEDDED' | 'REDIRECT';

export const CHANNEL_KINDS: readonly ChannelKind[] = ['EMBEDDED', 'REDIRECT'];

/** What is known of a channel of a connection. Times in unix seconds. */
export interface ChannelState {
  /** The channel's `channel_definition_id`. */
  readonly id: string;
  /** As the option `channelKind` says; never guessed. */
  readonly kind: ChannelKind | undefined;
  /** Any other than `RUNNING` means that the channel has ended. */
  readonly status: ChannelStatus;
  /** What the user has to do for it. */
  readonly action: RequiredAction | undefined;
  /** When the user's consent ends. */
  readonly expiresAt: number | undefined;
  /** When it last ended with success. */
  readonly lastSuccessAt: number | undefined;
  /** When it last ended, with success or not. */
  readonly lastEndAt: number | undefined;
}

/** What is known of a connection. A change makes a new object. Times in unix seconds. */
export interface ConnectionState {
  /** The connection's id. */
  readonly id: string;
  /** The id of the institution. */
  readonly providerId: string | undefined;
  /** The name for the user. */
  readonly name: string | undefined;
  /** From the statuses of the channels; if these do not decide it, from the server. */
  readonly status: ConnectionStatus;
  /** Whether a channel is running; if no channel is known, whether the connection is. */
  readonly syncing: boolean;
  /** By their ids, in the order of the server. */
  readonly channels: ReadonlyMap<string, ChannelState>;
  /** What the user has to do: the oldest action of the channels. Withdrawn when it is resolved. */
  readonly action: RequiredAction | undefined;
  /** When its newest event was made, or when it was last read. */
  readonly updatedAt: number;
}

/** Returns the kind of a channel, if the page knows it. */
export type ChannelKindOf = (channelDefinitionId: string) => ChannelKind | undefined;

/**
 * The state of a connection after an event; undefined if the event is not about a connection.
 *
 * 1. `resource` lists the channels, and the status of each. Fields that are missing there stay as they were.
 * 2. The type says what has just happened to the channel that the event names: it started, ended, or needs the user. If the
 *    event names no channel, a start or an end applies to all of them.
 * 3. An event about an unknown channel does not add that channel.
 *
 * @param at When the event was made, in unix seconds.
 */
export function applyEvent(
  before: ConnectionState | undefined,
  event: QueueEvent,
  at: number,
  kindOf?: ChannelKindOf,
): ConnectionState | undefined {
  const connection = connectionOf(event);
  if (!connection) return undefined;
  const { event_type: type, channel_definition_id: named } = event;
  const channels = channelsOf(before, connection, at, kindOf).map((channel) =>
    !named || named === channel.id ? afterEvent(channel, event, connection, at) : channel,
  );
  if (channels.length) return toState(before, connection, channels, connection.status, at);
  // No channel is known: the type then says the status of the connection.
  const action = isAction(type) ? { type, channelDefinitionId: named ?? '', since: at } : undefined;
  return toState(before, connection, [], statusByType(type) ?? connection.status, at, action);
}

/** The state of a connection after it was read. @param at When it was read, in unix seconds. */
export function applyReading(
  before: ConnectionState | undefined,
  connection: Connection,
  at: number,
  kindOf?: ChannelKindOf,
): ConnectionState {
  const channels = channelsOf(before, connection, at, kindOf, true);
  return toState(before, connection, channels, connection.status, at);
}

/** The state of a connection that the server does not know any more. */
export function applyRemoval(before: ConnectionState, at: number): ConnectionState {
  const nothing = { channels: new Map<string, ChannelState>(), action: undefined };
  return { ...before, ...nothing, status: 'CLOSED', syncing: false, updatedAt: at };
}

/** The channels whose status or action has changed. */
export function changedChannels(
  before: ConnectionState | undefined,
  after: ConnectionState,
): { readonly previous: ChannelState | undefined; readonly channel: ChannelState }[] {
  const changed: { previous: ChannelState | undefined; channel: ChannelState }[] = [];
  for (const channel of after.channels.values()) {
    const previous = before?.channels.get(channel.id);
    const isSame = previous?.status === channel.status && isAlike(previous.action, channel.action);
    if (!isSame) changed.push({ previous, channel });
  }
  return changed;
}

/** Whether two states differ in more than their time. */
export function differ(before: ConnectionState | undefined, after: ConnectionState): boolean {
  return !before || !isAlike(before, after, 'updatedAt');
}

/** When the last synchronisation ended, in unix seconds. */
export function endOf({ channels, updatedAt }: ConnectionState): number {
  return Math.max(0, ...[...channels.values()].map(({ lastEndAt = 0 }) => lastEndAt)) || updatedAt;
}

/**
 * The channels of the list; if there is no list, the known ones. A channel without a status is `RUNNING` while the connection
 * is; otherwise its status stays.
 *
 * @param isNow Whether the connection was read now, and is not the state of an earlier event. If the connection has ended,
 *   channels that are `RUNNING` and have no new status have then ended too.
 */
function channelsOf(
  before: ConnectionState | undefined,
  { status: declared, channels }: Connection,
  at: number,
  kindOf: ChannelKindOf | undefined,
  isNow = false,
): ChannelState[] {
  const isRunning = declared === 'RUNNING';
  const hasEnded = isNow && declared && !isRunning;
  const known = before?.channels ?? new Map<string, ChannelState>();
  if (!channels && !hasEnded) return [...known.values()];
  const listed: readonly Channel[] =
    channels ?? [...known.keys()].map((id) => ({ channel_definition_id: id }));
  return listed.map((channel) => {
    const id = channel.channel_definition_id;
    const was = known.get(id);
    const endsNow = hasEnded && was?.status === 'RUNNING';
    const fallback = isRunning ? declared : endsNow ? undefined : was?.status;
    return toChannel(was, id, channel, fallback, at, kindOf);
  });
}

function toChannel(
  before: ChannelState | undefined,
  id: string,
  { status, expires, last_success_date, last_end_date }: Channel,
  fallback: ChannelStatus | undefined,
  at: number,
  kindOf: ChannelKindOf | undefined,
): ChannelState {
  const statusNow = statusText(status ?? fallback ?? 'UNKNOWN');
  const hasNewEnd = (last_end_date ?? 0) > (before?.lastEndAt ?? 0);
  // An end without a date gets the date of the event or the reading.
  const endsUndated = before?.status === 'RUNNING' && statusNow !== 'RUNNING' && !hasNewEnd;
  // The user has to act since the new end, unless the synchronisation still waits for an answer.
  const since = (hasNewEnd && !waitsForUser(statusNow) && last_end_date) || at;
  return keepIfSame(before, {
    id,
    kind: before ? before.kind : kindOf?.(id),
    status: statusNow,
    action: before?.status === statusNow ? before.action : actionOf(statusNow, id, since),
    expiresAt: expires ?? before?.expiresAt,
    lastSuccessAt: last_success_date ?? before?.lastSuccessAt,
    lastEndAt: endsUndated ? at : (last_end_date ?? before?.lastEndAt),
  });
}

/** A channel after the type of an event is applied. */
function afterEvent(
  channel: ChannelState,
  { event_type: type, channel_definition_id: named }: QueueEvent,
  { channels }: Connection,
  at: number,
): ChannelState {
  const { id, status, action } = channel;
  if (named && isAction(type)) return { ...channel, status: type, action: actionOf(type, id, at) };
  if (type === 'SYNC_ALL_STARTED' && (named || !channels)) {
    return keepIfSame(channel, { ...channel, status: 'RUNNING', action: undefined });
  }
  // If the same event lists the channel with an action, the channel has not succeeded.
  const succeeds = status === 'RUNNING' || (named && !(channels && action));
  if (type !== 'SYNC_ALL_SUCCESS' || !succeeds) return channel;
  const listed = channels?.find((other) => other.channel_definition_id === id);
  const isDated = listed?.status !== 'RUNNING' && listed?.last_end_date;
  const lastEndAt = isDated ? channel.lastEndAt : Math.max(channel.lastEndAt ?? 0, at);
  return keepIfSame(channel, { ...channel, status: 'SUCCESS', action: undefined, lastEndAt });
}

function toState(
  before: ConnectionState | undefined,
  { id, provider_id, name }: Connection,
  channels: readonly ChannelState[],
  declared: ConnectionStatus | null | undefined,
  at: number,
  action?: RequiredAction,
): ConnectionState {
  const status = statusText(statusOf(channels, declared, before));
  const known = before?.channels;
  const isSame =
    known?.size === channels.length && channels.every((channel) => known.get(channel.id) === channel);
  return {
    id,
    providerId: provider_id ?? before?.providerId,
    name: name ?? before?.name,
    status,
    syncing: status === 'RUNNING',
    channels: isSame ? known : new Map(channels.map((channel) => [channel.id, channel])),
    action: oldestAction(channels) ?? action,
    updatedAt: at,
  };
}

function oldestAction(channels: readonly ChannelState[]): RequiredAction | undefined {
  let oldest: RequiredAction | undefined;
  for (const { action } of channels) if (action && !(oldest && oldest.since <= action.since)) oldest = action;
  return oldest;
}

/**
 * A running channel decides, then a channel with an action, and then the status that the server declares. Any other status of a
 * channel, such as `EMPTY`, counts as an end without success.
 */
function statusOf(
  channels: readonly ChannelState[],
  declared: ConnectionStatus | null | undefined,
  before: ConnectionState | undefined,
): ConnectionStatus {
  if (!channels.length) return declared ?? before?.status ?? 'NONE';
  const statuses = channels.map(({ status }) => status);
  if (statuses.includes('RUNNING')) return 'RUNNING';
  if (channels.some(({ action }) => action)) return 'FAILED';
  if (declared && declared !== 'RUNNING') return declared;
  if (statuses.every((status) => status === 'UNKNOWN')) return 'NONE';
  if (statuses.every((status) => status === 'SUCCESS')) return 'SUCCESS';
  return statuses.includes('SUCCESS') ? 'PARTIAL_SUCCESS' : 'FAILED';
}

function statusByType(type: string): ConnectionStatus | undefined {
  if (isAction(type)) return 'FAILED';
  if (type === 'SYNC_ALL_STARTED') return 'RUNNING';
  return type === 'SYNC_ALL_SUCCESS' ? 'SUCCESS' : undefined;
}

function actionOf(
  status: ChannelStatus,
  channelDefinitionId: string,
  since: number,
): RequiredAction | undefined {
  return isAction(status) ? { type: status, channelDefinitionId, since } : undefined;
}

/** Returns the former object if nothing has changed, since stores and views compare by identity. */
function keepIfSame(before: ChannelState | undefined, after: ChannelState): ChannelState {
  return before && isAlike(before, after) ? before : after;
}

/** Compares by value, since tabs send each other copies. */
function isAlike(a: unknown, b: unknown, except?: string): boolean {
  if (a instanceof Map && b instanceof Map)
    return a.size === b.size && isAlike([...a.values()], [...b.values()]);
  if (!isObject(a) || !isObject(b)) return a === b;
  for (const key in a) {
    // Most fields are identical. Not comparing those in depth halves the time that events take.
    if (key !== except && a[key] !== b[key] && !isAlike(a[key], b[key])) return false;
  }
  return true;
}

const LONGEST_STATUS = 100;
/** All documented statuses look like this. */
const PLAIN_STATUS = /^\w{0,100}$/;

/** A status in one line and not too long, since pages log and show it. Events have it exactly as the server wrote it. */
export function statusText(status: string): string {
  return PLAIN_STATUS.test(status) ? status : shortText(status, LONGEST_STATUS);
}
