import type {
  ChangeSource,
  ChannelKind,
  ErrorCode,
  GapReason,
  PollerStatus,
  RequestAttempt,
  ServerName,
} from '../index.ts';

/** The fields of each event about a request. */
export interface RequestLife {
  /** Numbers the requests of this observation, from 1. All events about one request have the same number. */
  readonly call: number;
  /** The widget's id, as text. */
  readonly requestId: string;
  /** The server that the request is for. */
  readonly server: ServerName;
  /** The command or Open Banking function, if the body names one. */
  readonly type: string | undefined;
}

/**
 * The events of {@link observeLife}, by kind. Kinds that start with `queue.` are about the poller. All fields are plain data,
 * without a token, a body or a header value. A string from the widget, a server or the page's transport (an id, a type, a
 * name, a status) is unchanged if it looks like a name, and else replaced by a mark. So no text contains a line break or a
 * character that changes how other text is displayed. Durations and delays are in ms.
 *
 * A mark is the same for the same text. `#9f8e7d6c5b4a3210` is a keyed hash, whose key exists until the page is closed. In
 * pages without `crypto.subtle`, `#12` counts the texts: it is the same in one observation, for the newest thousand texts.
 */
export type LifeEvents = {
  /** A request starts, or was pending when the observation started. */
  request: RequestLife;
  /** The progress of a request, from transports that report it. */
  attempt: RequestLife & RequestAttempt;
  /** Headers of the widget were not sent: the option `widgetHeaders` does not name them, or they are malformed. */
  droppedHeaders: RequestLife & {
    /** Their names, at most 100. */
    readonly names: readonly string[];
  };
  /** The caller got the server's reply. */
  reply: RequestLife & {
    /** From the call to the reply. */
    readonly duration: number;
  };
  /** A request failed, or a call was refused. A call that could not be read may have no request. */
  failure: Partial<RequestLife> & {
    /** The code of the error. */
    readonly code: ErrorCode;
    /** From the call to the failure; undefined without a request. */
    readonly duration: number | undefined;
    /** The HTTP status, if there was an answer. */
    readonly status: number | undefined;
    /** The time limit, if it was exceeded. */
    readonly timeout: number | undefined;
  };
  /** A reply that no request waits for. */
  orphan:
    | {
        /** The id of the reply. */
        readonly requestId: string;
        /** `settled` if a request with this id was answered recently. */
        readonly reason: 'settled' | 'unknown';
        /** Undefined: the reply ended no request. */
        readonly call?: undefined;
      }
    | (RequestLife & {
        /** The widget had sent another request with the same id. This request has now ended. */
        readonly reason: 'superseded';
      });
  /** The widget sent the page a message that needs no answer. */
  message: {
    /** The name of the bridge's event; for `widgetMessage`, the name of the message. */
    readonly name: string;
  };
  /** The bridge was disposed. */
  disposed: object;

  /** The poller's status changed. The first event has the status at the start of the observation. */
  'queue.status': {
    /** The current status. */
    readonly status: PollerStatus;
    /** The status before; undefined in the first event. */
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
  /** A connection changed. At the start of the observation: its current state, without `source`. */
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
    /** What reported the change. */
    readonly source: ChangeSource | undefined;
  };
  /** A channel changed. At the start of the observation: its current state, without `source`. */
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
    /** What reported the change. */
    readonly source: ChangeSource | undefined;
  };
  /** A request of the poller failed. At the start of the observation: why the last poll failed, if it did. */
  'queue.failure': {
    /** The code of the error. */
    readonly code: ErrorCode;
    /** The HTTP status, if there was an answer. */
    readonly status: number | undefined;
    /** The request: `subscribe`, `poll`, `connection`. */
    readonly type: string | undefined;
    /** The time until the next try, in ms. */
    readonly retryIn: number | undefined;
  };
};

/** One of {@link LifeEvents}. */
export type LifeEvent = {
  [K in keyof LifeEvents]: {
    /** The name of the event. */
    readonly kind: K;
    /**
     * When it happened, in ms since the epoch, on a clock that ignores changes of the system's time. Subtract
     * `performance.timeOrigin` to compare it with `performance.now()`.
     */
    readonly at: number;
  } & LifeEvents[K];
}[keyof LifeEvents];
