import type { ErrorCode } from '../../errors.ts';
import type { RecentEvent } from '../../memory/recent-events.ts';
import type { ChannelKind } from './connection-state.ts';
import type { ChangeSource, GapReason, PollerStatus } from './poller-terms.ts';
/** The events of {@link QueuePoller.recentEvents}, by kind. Durations and delays are in ms. */
export type RecentPollerEvents = {
  /** The poller's status changed. */
  'queue.status': {
    /** The current status. */
    readonly status: PollerStatus;
    /** The status before, if it is known. */
    readonly previous: PollerStatus | undefined;
  };
  /** The poller got a new queue. */
  'queue.subscribed': {
    /** The queue's id. */
    readonly queueId: string;
  };
  /** The poller continues with a stored queue. */
  'queue.resumed': {
    /** The queue's id. */
    readonly queueId: string;
  };
  /** The queue expired. */
  'queue.expired': {
    /** The queue's id. */
    readonly queueId: string;
  };
  /** The poller read the queue. */
  'queue.poll': {
    /** The number of new events. */
    readonly events: number;
    /** The duration of the read. */
    readonly duration: number;
  };
  /** Events may be lost. */
  'queue.gap': {
    /** The reason. */
    readonly reason: GapReason;
  };
  /** The poller read connections from the server. */
  'queue.reconciled': {
    /** The number of connections. */
    readonly connections: number;
  };
  /** The server sent an event. */
  'queue.event': {
    /** The event's type. */
    readonly type: string;
    /** The connection of the event, if it has one. */
    readonly connectionId: string | undefined;
    /** The channel of the event, if it has one. */
    readonly channelDefinitionId: string | undefined;
  };
  /** A connection changed. */
  'queue.connection': {
    /** The connection's id. */
    readonly connectionId: string;
    /** The current status. */
    readonly status: string;
    /** The status before, if it is known. */
    readonly previous: string | undefined;
    /** Whether the state may be out of date: events may be lost, or came late, and it has not been read again since. */
    readonly isDoubtful: boolean;
    /** Whether it was so before, if that is known. */
    readonly wasDoubtful: boolean | undefined;
    /** What reported the change. Undefined in `observeLife`, for a state whose change is no longer remembered. */
    readonly source: ChangeSource | undefined;
  };
  /** A channel changed. */
  'queue.channel': {
    /** The id of its connection. */
    readonly connectionId: string;
    /** The channel's id. */
    readonly channelDefinitionId: string;
    /** The result of the poller's option `channelKind`. */
    readonly channelKind: ChannelKind | undefined;
    /** The current status. */
    readonly status: string;
    /** The status before, if it is known. */
    readonly previous: string | undefined;
    /** What reported the change. Undefined in `observeLife`, for a state whose change is no longer remembered. */
    readonly source: ChangeSource | undefined;
  };
  /** A request of the poller failed. */
  'queue.failure': {
    /** The code of the error; `unknown` if this version does not know it. */
    readonly code: ErrorCode | 'unknown';
    /** The HTTP status, if there was an answer. */
    readonly status: number | undefined;
    /** The request: `subscribe`, `poll`, `connection`. */
    readonly type: string | undefined;
    /** The time until the next try, in ms. */
    readonly retryIn: number | undefined;
  };
  /** Requests go to the page's own origin, and the page came over plain HTTP from another machine. */
  'queue.insecurePage': {
    /** The host and the port of that origin. */
    readonly host: string;
  };
};

/** One of {@link RecentPollerEvents}. */
export type RecentPollerEvent = RecentEvent<RecentPollerEvents>;
