import type { AnyBanksideError } from '../../errors.ts';
import type { ChannelStatus, ConnectionEventType } from '../server/event-types.ts';
import type { ConnectionEvent, QueueEvent } from '../server/events.ts';
import type { ChannelKind, ConnectionState, RequiredAction } from './connections.ts';

/** What a poller is doing. `following`: another tab of this user polls. */
export type PollerStatus = 'idle' | 'subscribing' | 'polling' | 'following' | 'paused' | 'stopped' | 'failed';

/** What told of a change: an event, or a look at the connection. */
export type ChangeSource = 'event' | 'reconcile';

/** Why events may have been lost. */
export type GapReason = 'network' | 'expired' | 'woken' | 'truncated' | 'overflow' | 'aborted';

export const GAP_REASONS: readonly GapReason[] = [
  'network',
  'expired',
  'woken',
  'truncated',
  'overflow',
  'aborted',
];

/** The server's events that the documents name; `'*'` is all of them, whatever their type. */
export type NamedEvents = { [K in ConnectionEventType]: ConnectionEvent<K> };

/** All other events of the server. */
export type OtherEvents = { [K in Uppercase<string>]: QueueEvent };

/** The poller's own events. Their names are lower-case, and no server can fake them. */
export type PollerEvents = {
  /** A new queue. What happened before it is not in it. */
  subscribed: {
    /** Its id. */
    readonly queueId: string;
  };
  /** A queue that was known before: from an earlier page, the vendor's widget, or another tab. */
  resumed: {
    /** Its id. */
    readonly queueId: string;
  };
  /** The queue was read. */
  poll: {
    /** Its id. */
    readonly queueId: string;
    /** How many events came that had not come before. */
    readonly events: number;
    /** Of the read, in ms. */
    readonly duration: number;
  };
  /**
   * Events may have been lost since then, and until the `reconciled` that follows: the poller
   * reads the connections again. What lost events carried beside them (account lists) the page reads again,
   * then. One that cannot be read at first is in a `reconciled` of its own, later.
   */
  gap: {
    /** Why. */
    readonly reason: GapReason;
    /** Since when, in unix seconds. */
    readonly since: number;
  };
  /** The queue is gone. Another one follows. */
  expired: {
    /** Its id. */
    readonly queueId: string;
  };
  /** These connections were read, and are as the server says. */
  reconciled: {
    /** Their ids. */
    readonly connectionIds: readonly string[];
  };
  /** A connection is not what it was, in more than its time. */
  connection: {
    /** What it is now. */
    readonly connection: ConnectionState;
    /** What it was; undefined for one that was not known. */
    readonly previous: ConnectionState | undefined;
    /** What told of the change. */
    readonly source: ChangeSource;
  };
  /** The status or the action of a channel is not what it was. */
  channel: {
    /** Of which connection. */
    readonly connectionId: string;
    /** The channel's id. */
    readonly channelDefinitionId: string;
    /** As the option `channelKind` says. */
    readonly kind: ChannelKind | undefined;
    /** Its status before; undefined for one that was not known. */
    readonly previous: ChannelStatus | undefined;
    /** Its status now. */
    readonly status: ChannelStatus;
    /** What the user owes it now. */
    readonly action: RequiredAction | undefined;
    /** What told of the change. */
    readonly source: ChangeSource;
  };
  /** The poller does something else than before. */
  status: {
    /** What it does now. */
    readonly status: PollerStatus;
    /** What it did before. */
    readonly previous: PollerStatus;
  };
  /** Something failed. */
  failure: {
    /** What it was. */
    readonly error: AnyBanksideError;
    /**
     * In so many ms it is tried again; undefined: what came was left out (an event that cannot be read), or the
     * poller has ended (its status is `failed`).
     */
    readonly retryIn: number | undefined;
  };
};

/** What {@link QueuePoller.on} can hear. */
export type QueueEvents = OtherEvents &
  NamedEvents & {
    /** Each event of the server, whatever its type. */
    '*': QueueEvent;
  } & PollerEvents;

/** The name of anything that a poller tells: an event of the server's, or one of its own. */
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
