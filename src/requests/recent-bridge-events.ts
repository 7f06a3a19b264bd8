import type { ErrorCode, ServerName } from '../errors.ts';
import type { RecentEvent } from '../memory/recent-events.ts';
import type { RequestAttempt } from '../transport/transport.ts';

/** What is remembered of a request. */
export interface RecentRequest {
  /** Numbers the requests of this bridge, from 1. All events about one request have the same number. */
  readonly call: number;
  /** The widget's id, as text. */
  readonly requestId: string;
  /** The server that the request is for. */
  readonly server: ServerName;
  /** The command or Open Banking function, if the body names one. */
  readonly type: string | undefined;
}

/** The events of {@link WidgetBridge.recentEvents}, by kind. Durations and delays are in ms. */
export type RecentBridgeEvents = {
  /** A request starts. */
  request: RecentRequest;
  /** The progress of a request, from transports that report it. */
  attempt: RecentRequest & RequestAttempt;
  /** Headers of the widget were not sent: the option `widgetHeaders` does not name them, or they are malformed. */
  droppedHeaders: RecentRequest & {
    /** Their names, at most 100. */
    readonly names: readonly string[];
  };
  /** The caller got the server's reply. */
  reply: RecentRequest & {
    /** From the call to the reply. */
    readonly duration: number;
  };
  /** A request failed, or a call was refused. A call that could not be read may have no request. */
  failure: Partial<RecentRequest> & {
    /** The code of the error; `unknown` if this version does not know it. */
    readonly code: ErrorCode | 'unknown';
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
    | (RecentRequest & {
        /** The widget had sent another request with the same id. This request has now ended. */
        readonly reason: 'superseded';
      });
  /** The widget sent the page a message that needs no answer. */
  message: {
    /** The name of the bridge's event; for `widgetMessage`, the name of the message. */
    readonly name: string;
  };
  /** Requests go to the page's own origin, and the page came over plain HTTP from another machine. */
  insecurePage: {
    /** The host and the port of that origin. */
    readonly host: string;
  };
};

/** One of {@link RecentBridgeEvents}. */
export type RecentBridgeEvent = RecentEvent<RecentBridgeEvents>;
