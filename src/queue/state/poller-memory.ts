import type { AnyBanksideError } from '../../errors.ts';
import { errorFields } from '../../memory/error-fields.ts';
import { eventTime } from '../../memory/event-time.ts';
import {
  hostOf,
  idOf,
  nameOf,
  optionalBoolean,
  optionalId,
  optionalName,
  optionalNumber,
} from '../../memory/plain-fields.ts';
import { RecentEvents } from '../../memory/recent-events.ts';
import type { QueueEvent } from '../server/events.ts';
import type { QueueRequestType } from '../server/queue-request.ts';
import type { ChannelKind, ConnectionState } from './connection-state.ts';
import type { PollerEvents } from './poller-events.ts';
import type { ChangeSource, GapReason, PollerStatus } from './poller-terms.ts';
import type { RecentPollerEvent } from './recent-poller-events.ts';

/** The poller's own events, but for `recent`, and `'*'` for an event of the server. */
type Remembered = Omit<PollerEvents, 'recent'> & { '*': QueueEvent };

const REQUEST_TYPES: readonly QueueRequestType[] = ['subscribe', 'poll', 'connection', 'whenSynced'];

/** The fields of a channel that are remembered. Those of an event, and those of a state. */
export interface ChannelFields
  extends Pick<PollerEvents['channel'], 'connectionId' | 'channelDefinitionId' | 'kind' | 'status'> {
  readonly previous?: string | undefined;
  readonly source?: ChangeSource | undefined;
}

/** Makes plain data of the events of a poller, and remembers the newest. Nothing in it refers to an event or an error. */
export class PollerMemory {
  readonly #recent = new RecentEvents<RecentPollerEvent>();

  add(type: keyof Remembered, event: unknown): RecentPollerEvent | undefined {
    const plain = plainOf(type, event);
    if (plain) this.#recent.add(plain);
    return plain;
  }

  /** The oldest first. */
  list(): RecentPollerEvent[] {
    return this.#recent.list();
  }

  forget(): void {
    this.#recent.clear();
  }
}

function plainOf(type: keyof Remembered, event: unknown): RecentPollerEvent | undefined {
  const at = eventTime();
  switch (type) {
    case '*':
      return eventOf(at, event as QueueEvent);
    case 'connection': {
      const { connection, previous, source } = event as PollerEvents['connection'];
      return connectionEvent(at, connection, previous, source);
    }
    case 'channel':
      return channelEvent(at, event as PollerEvents['channel']);
    case 'failure': {
      const { error, retryIn } = event as PollerEvents['failure'];
      return failureEvent(at, error, retryIn);
    }
    case 'status': {
      const { status, previous } = event as PollerEvents['status'];
      return statusEvent(at, status, previous);
    }
    case 'poll': {
      const { events, duration } = event as PollerEvents['poll'];
      return { kind: 'queue.poll', at, events, duration };
    }
    default:
      return rareEvent(at, type, event);
  }
}

function rareEvent(at: number, type: keyof Remembered, event: unknown): RecentPollerEvent | undefined {
  switch (type) {
    case 'subscribed':
    case 'resumed':
    case 'expired': {
      const { queueId } = event as PollerEvents['expired'];
      return { kind: `queue.${type}`, at, queueId: idOf(queueId) };
    }
    case 'gap': {
      const { reason } = event as PollerEvents['gap'];
      return { kind: 'queue.gap', at, reason: nameOf(reason) as GapReason };
    }
    case 'reconciled': {
      const { connectionIds } = event as PollerEvents['reconciled'];
      return { kind: 'queue.reconciled', at, connections: connectionIds.length };
    }
    case 'insecurePage': {
      const { origin } = event as PollerEvents['insecurePage'];
      return { kind: 'queue.insecurePage', at, host: hostOf(origin) };
    }
    default:
      return undefined;
  }
}

export function statusEvent(
  at: number,
  status: PollerStatus,
  previous: PollerStatus | undefined,
): RecentPollerEvent {
  return {
    kind: 'queue.status',
    at,
    status: nameOf(status) as PollerStatus,
    previous: optionalName(previous) as PollerStatus | undefined,
  };
}

export function failureEvent(
  at: number,
  error: AnyBanksideError,
  retryIn: number | undefined,
): RecentPollerEvent {
  const { code, status, type: given } = errorFields(error);
  // Another type is of an error that a function of the page has made.
  const type = REQUEST_TYPES.find((known) => known === given);
  return { kind: 'queue.failure', at, code, status, type, retryIn: optionalNumber(retryIn) };
}

export function connectionEvent(
  at: number,
  connection: ConnectionState,
  previous?: ConnectionState | undefined,
  source?: ChangeSource | undefined,
): RecentPollerEvent {
  return {
    kind: 'queue.connection',
    at,
    connectionId: idOf(connection.id),
    status: nameOf(connection.status),
    previous: optionalName(previous?.status),
    isDoubtful: connection.isDoubtful === true,
    wasDoubtful: optionalBoolean(previous?.isDoubtful),
    source: optionalName(source) as ChangeSource | undefined,
  };
}

export function channelEvent(at: number, channel: ChannelFields): RecentPollerEvent {
  const { connectionId, channelDefinitionId, kind, status, previous, source } = channel;
  return {
    kind: 'queue.channel',
    at,
    connectionId: idOf(connectionId),
    channelDefinitionId: idOf(channelDefinitionId),
    channelKind: optionalName(kind) as ChannelKind | undefined,
    status: nameOf(status),
    previous: optionalName(previous),
    source: optionalName(source) as ChangeSource | undefined,
  };
}

function eventOf(at: number, event: QueueEvent): RecentPollerEvent {
  const { event_type, resource_type, resource, channel_definition_id } = event;
  const isOfConnection = !resource_type || resource_type === 'CONNECTION' || resource_type === 'CONNECTIONS';
  const id = isOfConnection ? (resource as { id?: unknown } | null | undefined)?.id : undefined;
  return {
    kind: 'queue.event',
    at,
    type: nameOf(event_type),
    connectionId: optionalId(id),
    channelDefinitionId: optionalId(channel_definition_id),
  };
}
