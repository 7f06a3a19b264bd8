import { shortText } from '../../text/printable.ts';
import { type ChannelStatus, type ConnectionStatus, isAction, waitsForUser } from '../server/event-types.ts';
import { type Channel, type Connection, connectionOf, type QueueEvent } from '../server/events.ts';
import { keepIfSame } from './connection-changes.ts';
import {
  CHANNEL_KINDS,
  type ChannelKind,
  type ChannelKindOf,
  type ChannelState,
  type ConnectionState,
  type RequiredAction,
} from './connection-state.ts';
import { connectionStatusOf, hasEnded } from './connection-status.ts';

/** What an event is applied with, beside the state. */
export interface EventContext {
  readonly kindOf?: ChannelKindOf | undefined;
  /** What the connection has said of itself while a channel was running: a status from before. */
  readonly saidWhileRunning?: ConnectionStatus | undefined;
  /** When it was last read, in unix seconds. The reading has shown what events up to then say. */
  readonly readUntil?: number | undefined;
}

/**
 * The state of a connection after an event; undefined if the event is not about a connection.
 *
 * 1. `resource` lists the channels, and the status of each. Fields that are missing there stay as they were.
 * 2. The type says what has just happened to the channel that the event names: it started, ended, or needs the user. If the
 *    event names no channel, a start applies to all that take part, and an end to those that run.
 * 3. An event about an unknown channel does not add that channel.
 *
 * @param at When the event was made, in unix seconds.
 */
export function applyEvent(
  before: ConnectionState | undefined,
  event: QueueEvent,
  at: number,
  context: EventContext = {},
): ConnectionState | undefined {
  const connection = connectionOf(event);
  if (!connection) return undefined;
  const { event_type: type, channel_definition_id: named } = event;
  const known = channelsOf(before, connection, at, context.kindOf);
  const isStart = type === 'SYNC_ALL_STARTED';
  const startsAll = isStart && !named && known.every(({ status }) => status !== 'RUNNING');
  const channels = known.map((channel) => {
    if (named && named !== channel.id) return channel;
    const listed = connection.channels?.find((one) => one.channel_definition_id === channel.id);
    return afterEvent(channel, event, listed, at, { startsAll, ...context });
  });
  const declared = declaredAfter(event, connection, channels, context);
  const fallback = before?.status;
  if (channels.some(takesPart)) return toState(before, connection, channels, declared, fallback, at);
  // No channel takes part, or none is known: the type then says the status of the connection, unless another channel still runs.
  const action = isAction(type) ? { type, channelDefinitionId: named ?? '', since: at } : undefined;
  const byType = named && declared === 'RUNNING' ? undefined : statusByType(type);
  return toState(before, connection, channels, byType ?? declared, fallback, at, action);
}

/** The state of a connection after it was read. @param at When it was read, in unix seconds. */
export function applyReading(
  before: ConnectionState | undefined,
  connection: Connection,
  at: number,
  kindOf?: ChannelKindOf,
): ConnectionState {
  const channels = channelsOf(before, connection, at, kindOf, true);
  // If nothing in the answer runs, then nothing runs now.
  const fallback = before?.status === 'RUNNING' ? 'NONE' : before?.status;
  return toState(before, connection, channels, connection.status ?? undefined, fallback, at);
}

/** The state of a connection that the server does not know any more. */
export function applyRemoval(before: ConnectionState, at: number): ConnectionState {
  const nothing = { channels: new Map<string, ChannelState>(), action: undefined };
  return { ...before, ...nothing, status: 'CLOSED', syncing: false, updatedAt: at, isDoubtful: false };
}

/** When the last synchronisation ended, in unix seconds. */
export function endOf(state: ConnectionState): number {
  return lastEndIn(state) || state.updatedAt;
}

/** When a channel last ended, in unix seconds; 0 if that is not known of any. */
export function lastEndIn({ channels }: ConnectionState): number {
  return Math.max(0, ...[...channels.values()].map(({ lastEndAt = 0 }) => lastEndAt));
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
  { status, mode, expires, last_success_date, last_end_date }: Channel,
  fallback: ChannelStatus | undefined,
  at: number,
  kindOf: ChannelKindOf | undefined,
): ChannelState {
  const statusNow = statusText(status ?? fallback ?? 'UNKNOWN');
  const hasNewEnd = (last_end_date ?? 0) > (before?.lastEndAt ?? 0);
  // An empty channel has no dates: those of its last accounts say nothing any more.
  const dated = statusNow === 'EMPTY' ? undefined : before;
  // An end without a date gets the date of the event or the reading.
  const endsUndated = dated?.status === 'RUNNING' && statusNow !== 'RUNNING' && !hasNewEnd;
  // The user has to act since the new end, unless the synchronisation still waits for an answer.
  const since = (hasNewEnd && !waitsForUser(statusNow) && last_end_date) || at;
  return keepIfSame(before, {
    id,
    kind: kindIn(mode) ?? (before ? before.kind : kindOf?.(id)),
    status: statusNow,
    action: before?.status === statusNow ? before.action : actionOf(statusNow, id, since),
    expiresAt: expires ?? dated?.expiresAt,
    lastSuccessAt: last_success_date ?? dated?.lastSuccessAt,
    lastEndAt: endsUndated ? at : (last_end_date ?? dated?.lastEndAt),
  });
}

function kindIn(mode: unknown): ChannelKind | undefined {
  return CHANNEL_KINDS.find((kind) => kind === mode);
}

/** Whether a channel takes part in a synchronisation that names no channel. */
function takesPart({ status }: ChannelState): boolean {
  return status !== 'EMPTY' && status !== 'CLOSED';
}

/**
 * A channel after the type of an event is applied.
 *
 * @param startsAll Whether the event starts all channels that take part: it names none, and lists none as running.
 */
function afterEvent(
  channel: ChannelState,
  event: QueueEvent,
  listed: Channel | undefined,
  at: number,
  { startsAll, readUntil = -Infinity }: EventContext & { readonly startsAll: boolean },
): ChannelState {
  const { id, status, action } = channel;
  const { event_type: type, channel_definition_id: named } = event;
  if (named && isAction(type)) {
    // A reading may have shown this action already: the user is not asked twice.
    const isKnown = action?.type === type && at <= readUntil;
    return { ...channel, status: type, action: isKnown ? action : actionOf(type, id, at) };
  }
  if (type === 'SYNC_ALL_STARTED' && (named || (startsAll && takesPart(channel)))) {
    return keepIfSame(channel, { ...channel, status: 'RUNNING', action: undefined });
  }
  const ends = type === 'SYNC_ALL_SUCCESS' && (named || status === 'RUNNING');
  return ends ? afterEnd(channel, listed, at) : channel;
}

/** A channel after the end of its synchronisation. @param listed What the same event lists for it: perhaps another end than success. */
function afterEnd(channel: ChannelState, listed: Channel | undefined, at: number): ChannelState {
  const { status } = channel;
  if (listed && (isAction(status) || !takesPart(channel))) return channel;
  const isPartial = listed && status === 'PARTIAL_SUCCESS';
  const isDated = listed?.status !== 'RUNNING' && listed?.last_end_date;
  const lastEndAt = isDated ? channel.lastEndAt : Math.max(channel.lastEndAt ?? 0, at);
  const ended = { status: isPartial ? status : 'SUCCESS', action: undefined, lastEndAt };
  return keepIfSame(channel, { ...channel, ...ended });
}

/**
 * What the connection says of itself after an event. That is out of date if the event ends the synchronisation, or the last channel
 * of it, and the connection still says `RUNNING`, or what it has said while a channel was running.
 */
function declaredAfter(
  { event_type: type, channel_definition_id: named }: QueueEvent,
  { status }: Connection,
  channels: readonly ChannelState[],
  { saidWhileRunning }: EventContext,
): ConnectionStatus | undefined {
  const declared = status ?? undefined;
  const isEnd = type === 'SYNC_ALL_SUCCESS';
  const isOld = !declared || declared === 'RUNNING' || declared === saidWhileRunning;
  if (!isOld) return declared;
  if (isEnd && !named) return 'SUCCESS';
  const isOfChannel = (isEnd || isAction(type)) && channels.some(({ id }) => id === named);
  const isLast = channels.every((channel) => channel.status === 'EMPTY' || hasEnded(channel.status));
  return isOfChannel && isLast ? undefined : declared;
}

function toState(
  before: ConnectionState | undefined,
  { id, provider_id, name }: Connection,
  channels: readonly ChannelState[],
  declared: ConnectionStatus | undefined,
  fallback: ConnectionStatus | undefined,
  at: number,
  action?: RequiredAction,
): ConnectionState {
  const statuses = channels.map(({ status: one }) => one);
  const status = statusText(connectionStatusOf(statuses, declared) ?? fallback ?? 'NONE');
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
    isDoubtful: false,
  };
}

function oldestAction(channels: readonly ChannelState[]): RequiredAction | undefined {
  let oldest: RequiredAction | undefined;
  for (const { action } of channels) if (action && !(oldest && oldest.since <= action.since)) oldest = action;
  return oldest;
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

const LONGEST_STATUS = 100;
/** All documented statuses look like this. */
const PLAIN_STATUS = /^\w{0,100}$/;

/** A status in one line and not too long, since pages log and show it. Events have it exactly as the server wrote it. */
export function statusText(status: string): string {
  return PLAIN_STATUS.test(status) ? status : shortText(status, LONGEST_STATUS);
}
