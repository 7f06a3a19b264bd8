import type { AnyBanksideError } from '../../errors.ts';
import type { NamesOf } from '../../text/known-names.ts';
import type { ChannelStatus, ConnectionEventType } from '../server/event-types.ts';
import type { ConnectionEvent, QueueEvent } from '../server/events.ts';
import type { ChannelKind, ConnectionState, RequiredAction } from './connection-state.ts';
import type { ChangeSource, GapReason, PollerStatus } from './poller-terms.ts';
import type { RecentPollerEvent } from './recent-poller-events.ts';

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
  /**
   * A request is about to be sent to the page's own origin, and the page came over plain HTTP from another machine: anyone on the
   * network can read and change it. Emitted once, and again after `stop({ forget: true })`. The option `allowInsecure: false`
   * refuses such a page. A handler may stop the poller: then the request is not sent.
   */
  insecurePage: {
    /** Where the page came from, such as `http://dev.bank.example:5174`. */
    readonly origin: string;
  };
  /**
   * Any of the events above, or any event of the server, as plain data without contents: the newest one of `recentEvents`.
   * Emitted just before it.
   */
  recent: RecentPollerEvent;
};

/** The events of {@link QueuePoller.on}. */
export type QueueEvents = OtherEvents &
  NamedEvents & {
    /** Any event of the server. */
    '*': QueueEvent;
  } & PollerEvents;

/** The name of an event of the server, or of one of the poller's own. */
export type QueueEventName = keyof QueueEvents;

const NAMES: NamesOf<PollerEvents> = {
  subscribed: true,
  resumed: true,
  poll: true,
  gap: true,
  expired: true,
  reconciled: true,
  connection: true,
  channel: true,
  status: true,
  failure: true,
  insecurePage: true,
  recent: true,
};

/** Names of the poller's own events. A server event with such a type is emitted as `'*'` alone. */
export const OWN_EVENTS: readonly string[] = /* @__PURE__ */ Object.keys(NAMES);
