import type {
  ChangeSource,
  ChannelKind,
  ErrorCode,
  GapReason,
  PollerStatus,
  RequestAttempt,
  ServerName,
} from '../index.ts';

/** What an event about a request has. */
export interface RequestLife {
  /** Counts the requests of this observation, from 1: the same in all events about one request, and in no other's. */
  readonly call: number;
  /** The widget's id, as a text. */
  readonly requestId: string;
  /** Which server it is for. */
  readonly server: ServerName;
  /** The command or Open Banking function, when the body names one. */
  readonly type: string | undefined;
}

/**
 * What {@link observeLife} tells, by kind; those that begin with `queue.` are of the poller. All of it is plain data,
 * without a token, a body or the value of a header. What the widget, a server or the page's transport
 * wrote (an id, a type, a name, a status) comes as it is where it looks like a name, and as a mark where not. So none of
 * them holds a line break, or a character that changes how others are shown. Durations and pauses in ms.
 *
 * A mark is the same for the same text. `#9f8e7d6c5b4a3210` is a keyed hash, whose key ends with the page; `#12` counts
 * the texts, where a page has no `crypto.subtle`: then it is the same in one observation, for the newest thousand.
 */
export type LifeEvents = {
  /** A request begins, or was pending when the observation began. */
  request: RequestLife;
  /** How far it is, from transports that tell. */
  attempt: RequestLife & RequestAttempt;
  /** Headers of the widget's were left out, as the option `widgetHeaders` does not name them, or they are malformed. */
  droppedHeaders: RequestLife & {
    /** Their names, up to 100 at a time. */
    readonly names: readonly string[];
  };
  /** The server's reply reached who had asked. */
  reply: RequestLife & {
    /** From the call to the reply. */
    readonly duration: number;
  };
  /** It failed, or a call was refused. A call that could not be understood may name no request. */
  failure: Partial<RequestLife> & {
    /** Why. */
    readonly code: ErrorCode;
    /** From the call to the failure; undefined where there was no request. */
    readonly duration: number | undefined;
    /** The HTTP status, if there was an answer. */
    readonly status: number | undefined;
    /** How long it had, where that was too short. */
    readonly timeout: number | undefined;
  };
  /** A reply that nobody waits for. */
  orphan:
    | {
        /** The id that it came with. */
        readonly requestId: string;
        /** Whether a request of that id was answered not long ago. */
        readonly reason: 'settled' | 'unknown';
        /** No request has ended with it. */
        readonly call?: undefined;
      }
    | (RequestLife & {
        /** The widget had sent another request under the id of this one, which has now ended. */
        readonly reason: 'superseded';
      });
  /** The widget told the page something that wants no answer. */
  message: {
    /** Of the bridge's event, or of the message where that is `widgetMessage`. */
    readonly name: string;
  };
  /** The bridge was disposed. */
  disposed: object;

  /** The poller does something else now. The first one says what it did when the observation began. */
  'queue.status': {
    /** What it does now. */
    readonly status: PollerStatus;
    /** What it did before; undefined in the first one. */
    readonly previous: PollerStatus | undefined;
  };
  /** A new queue. */
  'queue.subscribed': {
    /** Its id. */
    readonly queueId: string;
  };
  /** A queue that was known before. */
  'queue.resumed': {
    /** Its id. */
    readonly queueId: string;
  };
  /** The queue is gone. */
  'queue.expired': {
    /** Its id. */
    readonly queueId: string;
  };
  /** The queue was read. */
  'queue.poll': {
    /** How many events were new. */
    readonly events: number;
    /** Of the read. */
    readonly duration: number;
  };
  /** Events may have been lost. */
  'queue.gap': {
    /** Why. */
    readonly reason: GapReason;
  };
  /** Connections were read themselves. */
  'queue.reconciled': {
    /** How many. */
    readonly connections: number;
  };
  /** An event of the server's. */
  'queue.event': {
    /** Its type. */
    readonly type: string;
    /** The connection that it is about, if it is about one. */
    readonly connectionId: string | undefined;
    /** The channel that it names, if it names one. */
    readonly channelDefinitionId: string | undefined;
  };
  /** A connection is not what it was, or was so when the observation began: then there is no `source`. */
  'queue.connection': {
    /** Its id. */
    readonly connectionId: string;
    /** Its status now. */
    readonly status: string;
    /** Its status before, if it was known. */
    readonly previous: string | undefined;
    /** What told of the change. */
    readonly source: ChangeSource | undefined;
  };
  /** A channel is not what it was, or was so when the observation began: then there is no `source`. */
  'queue.channel': {
    /** Of which connection. */
    readonly connectionId: string;
    /** The channel's id. */
    readonly channelDefinitionId: string;
    /** As the poller's option `channelKind` says. */
    readonly channelKind: ChannelKind | undefined;
    /** Its status now. */
    readonly status: string;
    /** Its status before, if it was known. */
    readonly previous: string | undefined;
    /** What told of the change. */
    readonly source: ChangeSource | undefined;
  };
  /** Something of the poller's failed. */
  'queue.failure': {
    /** What. */
    readonly code: ErrorCode;
    /** The HTTP status, if there was an answer. */
    readonly status: number | undefined;
    /** What was asked for: `subscribe`, `poll`, `connection`. */
    readonly type: string | undefined;
    /** In so many ms it is tried again. */
    readonly retryIn: number | undefined;
  };
};

/** One of {@link LifeEvents}. */
export type LifeEvent = {
  [K in keyof LifeEvents]: {
    /** Its name. */
    readonly kind: K;
    /**
     * When it happened, in ms since the epoch, on a clock that nobody sets while the page lives; without its
     * `performance.timeOrigin` it is on that of `performance.now()`.
     */
    readonly at: number;
  } & LifeEvents[K];
}[keyof LifeEvents];
