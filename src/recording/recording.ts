import type { ErrorCode, GapReason, ServerName } from '../index.ts';

/** What the field `format` of each recording says. */
export const FORMAT = 'bankside recording';

/** The version of the format that this code writes and reads. */
export const VERSION = 1;

/**
 * What happened in a bridge and a poller, as JSON. Every value that may be personal is replaced: the same value by the same
 * placeholder everywhere, so that ids still match. Times are in ms since the beginning, unless they say otherwise.
 */
export interface Recording {
  /** Tells it from other JSON. */
  readonly format: typeof FORMAT;
  /** The version of the format. */
  readonly version: typeof VERSION;
  /** How long it took. */
  readonly duration: number;
  /** Whether it reached its limit of size, and so lacks what came after. */
  readonly isCut: boolean;
  /** The requests of the widget and of the page, in the order in which they began. */
  readonly requests: readonly RecordedRequest[];
  /** What the poller learnt, in order. Missing without a poller. */
  readonly queue?: RecordedQueue;
}

/** A request, and what became of it. */
export interface RecordedRequest {
  /** When it began. */
  readonly at: number;
  /** Its server. */
  readonly server: ServerName;
  /** The widget's id. Several requests may have the same. */
  readonly requestId: string;
  /** What was sent: an object, or the text that it was. */
  readonly body: unknown;
  /** The answers after which the transport tried again, in order. Missing if there were none. */
  readonly retried?: readonly RecordedAttempt[];
  /** How it ended. Missing if it was pending at the end. */
  readonly end?: RecordedEnd;
  /** When other replies came after the end, from its beginning. Missing if none came. */
  readonly repliesAfterEnd?: readonly number[];
}

/** An attempt that failed, and was not the last. */
export interface RecordedAttempt {
  /** From the beginning of the request to the failure of the attempt. */
  readonly after: number;
  /** The HTTP status. Missing without an answer. */
  readonly status?: number;
}

/** The end of a request. `after`: from its beginning. */
export type RecordedEnd =
  | {
      /** The caller got this reply. */
      readonly after: number;
      /** The server's reply. */
      readonly reply: unknown;
    }
  | {
      /** It failed. */
      readonly after: number;
      /** The code of the error. */
      readonly code: ErrorCode | 'unknown';
      /** The HTTP status, if there was an answer. */
      readonly status?: number;
      /** The refusal of the server that the caller got, if there was one. */
      readonly reply?: unknown;
    };

/** What a poller learnt. */
export interface RecordedQueue {
  /** The connections that were known at the beginning. */
  readonly connections: readonly RecordedConnection[];
  /** What happened, in order. */
  readonly steps: readonly QueueStep[];
}

/** One thing that happened in a poller. `at`: when it happened. */
export type QueueStep =
  | {
      /** When it happened. */
      readonly at: number;
      /** The poller has a new queue, goes on with a known one, or its queue is gone. */
      readonly kind: 'subscribed' | 'resumed' | 'expired';
    }
  | {
      /** When it was answered. */
      readonly at: number;
      /** A read of the queue that was answered. */
      readonly kind: 'poll';
      /** How many new events it brought. */
      readonly events: number;
      /** How long it took. */
      readonly duration: number;
    }
  | {
      /** When it came. */
      readonly at: number;
      /** The poller dropped malformed events of one answer. */
      readonly kind: 'malformed';
    }
  | {
      /** When it was emitted. */
      readonly at: number;
      /** An event of the server. */
      readonly kind: 'event';
      /** Its fields, as the server wrote them. Times in seconds since the beginning of the recording. */
      readonly event: Readonly<Record<string, unknown>>;
    }
  | {
      /** When it was read. */
      readonly at: number;
      /** A connection was read from the server. */
      readonly kind: 'connection';
      /** Its state. */
      readonly connection: RecordedConnection;
    }
  | {
      /** When it was noticed. */
      readonly at: number;
      /** Events may be lost. */
      readonly kind: 'gap';
      /** Why. */
      readonly reason: GapReason;
    }
  | {
      /** When it failed. */
      readonly at: number;
      /** A request of the poller failed. */
      readonly kind: 'failure';
      /** The request that failed. */
      readonly type: 'subscribe' | 'poll' | 'connection';
      /** The code of the error. */
      readonly code: ErrorCode | 'unknown';
      /** The HTTP status, if there was an answer. */
      readonly status?: number;
    };

/** A connection, in the fields of the server. Its times are in seconds since the beginning of the recording. */
export interface RecordedConnection {
  /** Its id. */
  readonly id: string;
  /** The id of the institution. */
  readonly provider_id?: string;
  /** The name for the user. */
  readonly name?: string;
  /** The status of the whole. */
  readonly status: string;
  /** The ways to the institution. */
  readonly channels: readonly RecordedChannel[];
}

/** A channel of a connection. Times in seconds since the beginning of the recording. */
export interface RecordedChannel {
  /** Its id. */
  readonly channel_definition_id: string;
  /** Its status. */
  readonly status: string;
  /** Its kind, where it is known. */
  readonly mode?: 'EMBEDDED' | 'REDIRECT';
  /** When the user's consent ends. */
  readonly expires?: number;
  /** When it last ended with success. */
  readonly last_success_date?: number;
  /** When it last ended, with success or not. */
  readonly last_end_date?: number;
}
