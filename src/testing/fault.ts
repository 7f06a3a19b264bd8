import type { ServerName } from '../index.ts';

/** What can go wrong, one kind per fault. Times are in milliseconds. */
export type Misbehaviour = CommonMisbehaviour | WidgetMisbehaviour | LinxoMisbehaviour;

/** What can go wrong with every server. */
export type CommonMisbehaviour =
  | {
      /** The answer takes its time. */
      readonly kind: 'slow';
      /** So long. Default 3,000. */
      readonly ms?: number;
    }
  | {
      /** An HTTP error. */
      readonly kind: 'error';
      /** Its status. Default 500. */
      readonly status?: number;
      /** The server's JSON, a proxy's HTML, or nothing. Default `json`. */
      readonly body?: 'json' | 'html' | 'empty';
      /** Seconds, for the `Retry-After` header. */
      readonly retryAfter?: number;
      /**
       * How the header writes them, for 120 seconds. Default `seconds`.
       *
       * - `seconds`: `120`.
       * - `decimal`: `120.0`.
       * - `twice`: `120, 120`, as a header reads that came twice.
       * - `date`: the date in 120 seconds.
       * - `past`: the date of 120 seconds ago.
       * - `unix`: the unix time in 120 seconds, where only seconds belong.
       * - `garbage`: words that no client can read, whatever `retryAfter` is.
       */
      readonly retryAfterForm?: 'seconds' | 'decimal' | 'twice' | 'date' | 'past' | 'unix' | 'garbage';
    }
  | {
      /** No answer, until the client goes away. */
      readonly kind: 'never';
    }
  | {
      /** 200, with a page of HTML. */
      readonly kind: 'garbage';
    }
  | {
      /** The connection breaks. */
      readonly kind: 'network';
    }
  | {
      /** The request finds its token revoked. */
      readonly kind: 'stale-token';
    };

/** What can go wrong with the widget's servers alone. */
export type WidgetMisbehaviour =
  | {
      /** Answered at once, and once more over the push channel. */
      readonly kind: 'twice';
      /** So long after the request. */
      readonly ms?: number;
    }
  | {
      /** The HTTP answer never comes; the reply arrives over the push channel instead. */
      readonly kind: 'late';
      /** So long after the request. */
      readonly ms?: number;
    }
  | {
      /** The answer is Base64 of UTF-8 JSON. */
      readonly kind: 'base64';
    };

/** What can go wrong with the event queue alone. Where events are meant, a read that finds some is waited for. */
export type LinxoMisbehaviour =
  | {
      /** Everything is done, the events are out of the queue, and then the connection breaks. */
      readonly kind: 'lost';
    }
  | {
      /** The events are out of the queue, and the answer is that there were none. */
      readonly kind: 'silently-lost';
    }
  | {
      /** The events are out of the queue, and the JSON breaks off in the middle. */
      readonly kind: 'truncated';
    }
  | {
      /** The events come twice, and once more with the next ones. */
      readonly kind: 'duplicate';
    }
  | {
      /** Among the events is one that is none. */
      readonly kind: 'malformed';
    }
  | {
      /** Further events of a type that nobody knows. */
      readonly kind: 'burst';
      /** So many. Default 500. */
      readonly events?: number;
    }
  | {
      /** The queue is dead from now on. */
      readonly kind: 'gone';
    };

/** The name of something that can go wrong. */
export type FaultKind = Misbehaviour['kind'];

/** A server that faults can be meant for. */
export type FaultServer = ServerName | 'linxo';

/** What the event queue's server is asked for; its faults and the log name it as their `type`. */
export type LinxoOperation = 'subscribe' | 'queue' | 'connection';

/** Which requests a fault is meant for. */
export interface FaultScope {
  /** Left out: any server. */
  readonly server?: FaultServer;
  /** The command's `type`; of `linxo` a `LinxoOperation`. Left out: any. */
  readonly type?: string;
  /** So many requests, then it is over. Default 1, unless there is a `probability`. */
  readonly count?: number;
  /** Each request, for good, with this chance, above 0 and up to 1. Excludes `count`. */
  readonly probability?: number;
}

/** What goes wrong, and for which requests. */
export type Fault = Misbehaviour & FaultScope;

/** A fault as each side's server meets it. */
export type WidgetFault = (CommonMisbehaviour | WidgetMisbehaviour) & FaultScope;
export type LinxoFault = (CommonMisbehaviour | LinxoMisbehaviour) & FaultScope;
