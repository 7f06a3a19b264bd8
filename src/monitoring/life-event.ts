import type { RecentBridgeEvents, RecentPollerEvents, RecentRequest } from '../index.ts';

/** The fields of each event about a request. */
export type RequestLife = RecentRequest;

/**
 * The events of {@link observeLife}, by kind: those of `recentEvents` of the bridge and the poller. Kinds that start with
 * `queue.` are about the poller. All fields are plain data, without a token, a body or a header value. A string from the widget,
 * a server or the page's transport (an id, a type, a name, a status) is unchanged if it looks like a name, and else replaced by a
 * mark. So no text contains a line break or a character that changes how other text is displayed. Durations and delays are in ms.
 *
 * A mark is the same for the same text. `#9f8e7d6c5b4a3210` is a keyed hash, whose key exists until the page is closed. In
 * pages without `crypto.subtle`, `#12` counts the texts: it is the same in one observation, for the newest thousand texts.
 */
export type LifeEvents = RecentBridgeEvents & {
  /** The bridge was disposed. */
  disposed: object;
} & RecentPollerEvents;

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
