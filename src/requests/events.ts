import type { AnyBanksideError } from '../errors.ts';
import type { NamesOf } from '../text/known-names.ts';
import type { RequestAttempt, WidgetRequest } from '../transport/transport.ts';
import type { RecentBridgeEvent } from './recent-bridge-events.ts';
import type { WidgetInteraction, WidgetNotice } from './widget-events.ts';

/** The events of {@link WidgetBridge.on}. */
export type BridgeEvents = {
  /** A request begins. */
  request: {
    /** The request, of the widget or of the page itself. */
    readonly request: WidgetRequest;
  };
  /**
   * Headers that the widget asked for and that are not sent: malformed ones, and those that the transport does not pass
   * (see `widgetHeaders` there). This is no failure: shipped widgets send an `authToken` with every request, which is
   * never passed. Emitted after `request`, once for each name and bridge, for at most 100 names.
   */
  droppedHeaders: {
    /** The first request that asked for them. */
    readonly request: WidgetRequest;
    /** Their names, cut to 64 characters. Never a value. */
    readonly names: readonly string[];
  };
  /**
   * A request is about to be sent to the page's own origin, and the page came over plain HTTP from another machine: anyone on the
   * network can read and change it. Emitted once for each bridge, by `httpTransport` (its option `allowInsecure: false` refuses
   * such a page). A handler may dispose the bridge: then the request is not sent.
   */
  insecurePage: {
    /** Where the page came from, such as `http://dev.bank.example:5174`. */
    readonly origin: string;
  };
  /** The progress of a request, from transports that report it: `httpTransport` does. */
  attempt: RequestAttempt & {
    /** The request. */
    readonly request: WidgetRequest;
  };
  /** The widget got the server's reply. */
  reply: {
    /** The request. */
    readonly request: WidgetRequest;
    /** The server's reply, as parsed. */
    readonly response: unknown;
    /** From the call to the reply, in ms. */
    readonly duration: number;
  };
  /**
   * A request failed, a call was refused, or the widget threw when it got the reply (`INVALID_RESPONSE`). If the call
   * could not be read, `request` has no body; if it could not be answered either, there is no `request`. An id of more
   * than 256 characters is refused: the request then has its length in place of the id.
   *
   * If `failureReply` or `reply` fails while a failure is answered, that is a second event, `INVALID_OPTIONS`, without a
   * `request`: the first one says what ended the request.
   */
  failure: {
    /** The request, where the call could be read that far. */
    readonly request?: WidgetRequest | undefined;
    /** What ended it. */
    readonly error: AnyBanksideError;
    /** From the call to the failure, in ms; missing where there was no request. */
    readonly duration?: number | undefined;
  };
  /**
   * A reply that nobody waits for was not passed on: its request was answered not long ago (`settled`), the widget has
   * sent another request with the same id since (`superseded`), or no request had this id (`unknown`).
   */
  orphan:
    | {
        /** The id that it came with; in place of more than 256 characters, their number in words. */
        readonly requestId: unknown;
        /** Whether a request with this id was answered not long ago. */
        readonly reason: 'settled' | 'unknown';
      }
    | {
        /** The id that it came with. */
        readonly requestId: unknown;
        /** The widget waits for another request with this id. */
        readonly reason: 'superseded';
        /** The request that the reply belongs to. It has ended. */
        readonly request: WidgetRequest;
      };
  /** The widget asks the page to go somewhere. */
  navigateToPage: WidgetNotice;
  /** The user did something in the widget: its function or message `widgetEvent`. */
  widgetEvent: WidgetInteraction;
  /** The same, from widgets that call `handleWidgetAction`. */
  widgetAction: WidgetInteraction;
  /** An event of the widget that is for the page as a whole. */
  personeticsEvent: WidgetNotice;
  /** The widget asks the page to call one of the widget's own functions. */
  callPersoneticsAPI: WidgetNotice;
  /** The widget's session has begun. */
  sessionStarted: WidgetNotice;
  /** The user has closed a view of the widget. For the inbox, `data.ExistInbox` is `true`. */
  sessionEnded: WidgetNotice;
  /**
   * The widget got a failed reply, which is its `data`. Shipped widgets call this for each one, also after a rating. It
   * says nothing about the user's session.
   */
  sessionError: WidgetNotice;
  /** The widget has loaded and registered itself. */
  registered: WidgetNotice;
  /** The widget reports an error of its own. */
  handleError: WidgetNotice;
  /** A message with any other name. */
  widgetMessage: {
    /** Its `requestString`. */
    readonly name: string;
    /** What it carried. */
    readonly data: unknown;
  };
  /** Any of the events above, as plain data without contents: the newest one of `recentEvents`. Emitted just before it. */
  recent: RecentBridgeEvent;
};

/** The same, and `change`, for use inside the bridge: its snapshot is stale. */
export type InnerEvents = BridgeEvents & { change: undefined };

const NAMES: NamesOf<BridgeEvents> = {
  request: true,
  droppedHeaders: true,
  insecurePage: true,
  attempt: true,
  reply: true,
  failure: true,
  orphan: true,
  navigateToPage: true,
  widgetEvent: true,
  widgetAction: true,
  personeticsEvent: true,
  callPersoneticsAPI: true,
  sessionStarted: true,
  sessionEnded: true,
  sessionError: true,
  registered: true,
  handleError: true,
  widgetMessage: true,
  recent: true,
};

/** The names of the events. */
export const BRIDGE_EVENTS: readonly string[] = /* @__PURE__ */ Object.keys(NAMES);
