import type { AnyBanksideError } from '../../errors.ts';
import type { ChannelStatus, ConnectionEventType } from '../server/event-types.ts';
import type { ConnectionEvent, QueueEvent } from '../server/events.ts';
import type { ChannelKind, ConnectionState, RequiredAction } from './connection-state.ts';

/** What a poller is doing. `following`: another tab of this user polls. `paused`: by the page, or since the user has left it. */
export type PollerStatus = 'idle' | 'subscribing' | 'polling' | 'following' | 'paused' | 'stopped' | 'failed';

/** Where a change comes from: an event, or a reading of the connection. */
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

/** The poller's own events. Their names are lower-case, so that no event of a server can have one. */
export type PollerEvents = {
  /** The poller has a new queue. Earlier events are not in it. */
  subscribed: {
    /** Its id. */
    readonly queueId: string;
  };
  /** The poller goes on with a known queue: of an earlier page, the vendor's widget, or another tab. */
  resumed: {
    /** Its id. */
    readonly queueId: string;
  };
  /** The queue was read. */
  poll: {
    /** Its id. */
    readonly queueId: string;
    /** How many new events it brought. */
    readonly events: number;
    /** How long the read took, in ms. */
    readonly duration: number;
  };
  /**
   * Events may be lost, from `since` until the next `reconciled`: the poller reads the connections again. The page then reads
   * again what else the lost events contained (account lists). A connection that cannot be read at first gets a later
   * `reconciled`.
   */
  gap: {
    /** Why. */
    readonly reason: GapReason;
    /** Since when, in unix seconds. */
    readonly since: number;
  };
  /** The queue is gone. The poller gets another one. */
  expired: {
    /** Its id. */
    readonly queueId: string;
  };
  /** These connections were read: their states are now those of the server. */
  reconciled: {
    /** Their ids. */
    readonly connectionIds: readonly string[];
  };
  /** A connection has changed, in more than its time. */
  connection: {
    /** Its state now. */
    readonly connection: ConnectionState;
    /** Its state before; undefined if it was not known. */
    readonly previous: ConnectionState | undefined;
    /** Where the change comes from. */
    readonly source: ChangeSource;
  };
  /** The status or the action of a channel has changed. */
  channel: {
    /** The id of its connection. */
    readonly connectionId: string;
    /** The channel's id. */
    readonly channelDefinitionId: string;
    /** As the server says (`mode`), else the option `channelKind`. */
    readonly kind: ChannelKind | undefined;
    /** Its status before; undefined if it was not known. */
    readonly previous: ChannelStatus | undefined;
    /** Its status now. */
    readonly status: ChannelStatus;
    /** What the user has to do for it now. */
    readonly action: RequiredAction | undefined;
    /** Where the change comes from. */
    readonly source: ChangeSource;
  };
  /** The status of the poller has changed. */
  status: {
    /** The status now. */
    readonly status: PollerStatus;
    /** The status before. */
    readonly previous: PollerStatus;
  };
  /** Something failed. */
  failure: {
    /** The failure. */
    readonly error: AnyBanksideError;
    /**
     * In how many ms the poller tries again. `undefined`: a malformed event was dropped, or the poller has ended (its status is
     * `failed`).
     */
    readonly retryIn: number | undefined;
  };
};

/** The events of {@link QueuePoller.on}. */
export type QueueEvents = OtherEvents &
  NamedEvents & {
    /** Any event of the server. */
    '*': QueueEvent;
  } & PollerEvents;

/** The name of an event of the server, or of one of the poller's own. */
export type QueueEventName = keyof QueueEvents;

/** Names of the poller's own events. A server event with such a type is emitted as `'*'` alone. */
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
