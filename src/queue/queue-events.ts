import type { AnyBanksideError } from '../errors.ts';
import type { ChannelKind, ConnectionState, RequiredAction } from './connections.ts';
import type { ChannelStatus, ConnectionEvent, ConnectionEventType, QueueEvent } from './events.ts';

/** What a poller is doing. `following`: another tab of this user polls. */
export type PollerStatus = 'idle' | 'subscribing' | 'polling' | 'following' | 'paused' | 'stopped' | 'failed';

/** What told of a change: an event, or a look at the connection. */
export type ChangeSource = 'event' | 'reconcile';

/** Why events may have been lost. */
export type GapReason = 'network' | 'expired' | 'woken' | 'truncated' | 'overflow' | 'aborted';

/** The server's events that the documents name; `'*'` is all of them, whatever their type. */
type NamedEvents = { [K in ConnectionEventType]: ConnectionEvent<K> };

/** All other events of the server. */
type OtherEvents = { [K in Uppercase<string>]: QueueEvent };

/** The poller's own events. Their names are lower-case, and no server can fake them. */
export type PollerEvents = {
  /** A new queue. What happened before it is not in it. */
  subscribed: { readonly queueId: string };
  /** A queue that was known before: from an earlier page, the vendor's widget, or another tab. */
  resumed: { readonly queueId: string };
  /** The queue was read. `events`: how many came that had not come before. `duration` in ms. */
  poll: { readonly queueId: string; readonly events: number; readonly duration: number };
  /**
   * Events may have been lost since then (unix seconds), and until the `reconciled` that follows: the poller
   * reads the connections again. What lost events carried beside them (account lists) the page reads again,
   * then.
   */
  gap: { readonly reason: GapReason; readonly since: number };
  /** The queue is gone. Another one follows. */
  expired: { readonly queueId: string };
  /** These connections were read, and are as the server says. */
  reconciled: { readonly connectionIds: readonly string[] };
  /** A connection is not what it was, in more than its time. */
  connection: {
    readonly connection: ConnectionState;
    readonly previous: ConnectionState | undefined;
    readonly source: ChangeSource;
  };
  /** The status or the action of a channel is not what it was. */
  channel: {
    readonly connectionId: string;
    readonly channelDefinitionId: string;
    readonly kind: ChannelKind | undefined;
    readonly previous: ChannelStatus | undefined;
    readonly status: ChannelStatus;
    readonly action: RequiredAction | undefined;
    readonly source: ChangeSource;
  };
  status: { readonly status: PollerStatus; readonly previous: PollerStatus };
  /**
   * Something failed. `retryIn`: in so many ms it is tried again; undefined: what came was left out (an event
   * that cannot be read), or the poller has ended (its status is `failed`).
   */
  failure: { readonly error: AnyBanksideError; readonly retryIn: number | undefined };
};

/** What {@link QueuePoller.on} can hear. */
export type QueueEvents = OtherEvents & NamedEvents & { '*': QueueEvent } & PollerEvents;

export type QueueEventName = keyof QueueEvents;

/** Names of the poller's own events. A server event that bears one is heard under `'*'` alone. */
export const OWN_EVENTS: ReadonlySet<string> = new Set<keyof PollerEvents>([
  'subscribed',
  'resumed',
  'poll',
  'gap',
  'expired',
  'reconciled',
  'connection',
  'channel',
  'status',
  'failure',
]);
