import type { ServerName } from '../../index.ts';

/** The faults, by kind. Times are in milliseconds. */
export type Misbehaviour = CommonMisbehaviour | WidgetMisbehaviour | LinxoMisbehaviour;

/** The faults of every server. */
export type CommonMisbehaviour =
  | {
      /** The answer is slow. */
      readonly kind: 'slow';
      /** The delay. Default 3,000. */
      readonly ms?: number;
    }
  | {
      /** The answer is an HTTP error. */
      readonly kind: 'error';
      /** The status. Default 500. */
      readonly status?: number;
      /** The body: JSON of the server, HTML of a proxy, or nothing. Default `json`. */
      readonly body?: 'json' | 'html' | 'empty';
      /** The `Retry-After` header, in seconds. */
      readonly retryAfter?: number;
      /**
       * How the header is written, here for 120 seconds. Default `seconds`.
       *
       * - `seconds`: `120`.
       * - `decimal`: `120.0`.
       * - `twice`: `120, 120`, like a header that was sent twice.
       * - `date`: the date 120 seconds from now.
       * - `past`: the date 120 seconds ago.
       * - `unix`: the unix time 120 seconds from now, which is not a valid value.
       * - `garbage`: words that no client can parse; `retryAfter` is ignored.
       */
      readonly retryAfterForm?: 'seconds' | 'decimal' | 'twice' | 'date' | 'past' | 'unix' | 'garbage';
    }
  | {
      /** No answer, until the client disconnects. */
      readonly kind: 'never';
    }
  | {
      /** Status 200, with an HTML page. */
      readonly kind: 'garbage';
    }
  | {
      /** A network error. */
      readonly kind: 'network';
    }
  | {
      /** The token of the request is revoked. */
      readonly kind: 'stale-token';
    };

/** The faults of the widget's servers only. */
export type WidgetMisbehaviour =
  | {
      /** The reply comes at once, and again over the push channel. */
      readonly kind: 'twice';
      /** The time from the request to the pushed reply. */
      readonly ms?: number;
    }
  | {
      /** There is no HTTP answer. The reply comes over the push channel. */
      readonly kind: 'late';
      /** The time from the request to the pushed reply. */
      readonly ms?: number;
    }
  | {
      /** The answer is Base64 of UTF-8 JSON. */
      readonly kind: 'base64';
    };

/** The faults of the event queue only. Faults about events wait for a read that returns some. */
export type LinxoMisbehaviour =
  | {
      /** The request is carried out, the events are removed from the queue, and then there is a network error. */
      readonly kind: 'lost';
    }
  | {
      /** The events are removed from the queue, and the answer is empty. */
      readonly kind: 'silently-lost';
    }
  | {
      /** The events are removed from the queue, and the JSON ends in the middle. */
      readonly kind: 'truncated';
    }
  | {
      /** The events come twice, and again with the next read. */
      readonly kind: 'duplicate';
    }
  | {
      /** One of the events is malformed. */
      readonly kind: 'malformed';
    }
  | {
      /** There are many more events, of an unknown type. */
      readonly kind: 'burst';
      /** Their number. Default 500. */
      readonly events?: number;
    }
  | {
      /** The queue expires. */
      readonly kind: 'gone';
    };

/** The name of a fault. */
export type FaultKind = Misbehaviour['kind'];

/** A server that can have faults. */
export type FaultServer = ServerName | 'linxo';

/** The operations of the event queue's server. Its faults and the log have them as `type`; one thing and lists have the same. */
export type LinxoOperation = 'subscribe' | 'queue' | 'connection' | 'account' | 'transaction' | 'user';

/** The requests that a fault applies to. */
export interface FaultScope {
  /** Default: any server. */
  readonly server?: FaultServer;
  /** The `type` of the command; for `linxo`, a `LinxoOperation`. Default: any. */
  readonly type?: string;
  /** The number of requests. Default 1, unless there is a `probability`. */
  readonly count?: number;
  /** The probability for each request, above 0 and up to 1, without end. Excludes `count`. */
  readonly probability?: number;
}

/** A fault and its requests. */
export type Fault = Misbehaviour & FaultScope;

/** The faults of the widget's servers, and those of the event queue. */
export type WidgetFault = (CommonMisbehaviour | WidgetMisbehaviour) & FaultScope;
export type LinxoFault = (CommonMisbehaviour | LinxoMisbehaviour) & FaultScope;
