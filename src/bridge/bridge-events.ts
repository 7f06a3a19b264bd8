import type { AnyBanksideError } from '../errors.ts';
import type { RequestAttempt, WidgetRequest } from '../transport/transport.ts';
import type { WidgetEventParams } from './widget-events.ts';

/** Something that the widget told the page and that wants no answer. */
export interface WidgetNotice {
  /** The first argument, or the body of the message that carried it; the whole message if it has none. */
  readonly data: unknown;
  /** All arguments, for widgets that give more than one. */
  readonly args: readonly unknown[];
}

/** An event of the widget's user interface. */
export interface WidgetInteraction {
  /** The widget that it happened in, when it came as an argument of its own. */
  readonly widget: unknown;
  /** What happened, or what the widget asks for: `eventType`, `data.actionType`, …; `{}` where it said nothing. */
  readonly params: WidgetEventParams;
}

/** What {@link WidgetBridge.on} tells. */
export type BridgeEvents = {
  /** A request begins. */
  request: {
    /** The widget's, or the page's own. */
    readonly request: WidgetRequest;
  };
  /**
   * Headers that the widget asked for and that are not sent: malformed ones, and those that the transport does not pass
   * (see `widgetHeaders` there). It is no failure: shipped widgets send an `authToken` with every request, which is never
   * passed. Told after `request`, and each name once for each bridge, of at most 100 names.
   */
  droppedHeaders: {
    /** The first one that asked for them. */
    readonly request: WidgetRequest;
    /** Their names, cut to 64 characters. Never a value. */
    readonly names: readonly string[];
  };
  /** How far it is, from transports that tell: `httpTransport` does. */
  attempt: RequestAttempt & {
    /** Which one. */
    readonly request: WidgetRequest;
  };
  /** The widget was handed the server's reply. */
  reply: {
    /** Which one. */
    readonly request: WidgetRequest;
    /** The server's reply, as parsed. */
    readonly response: unknown;
    /** From the call to the reply, in ms. */
    readonly duration: number;
  };
  /**
   * It failed, or a call was refused, or the widget threw while it took the reply (`INVALID_RESPONSE`). The `request`
   * of a call that was not to be understood has no body; there is none at all where it could not be answered either. Of
   * an id of more than 256 characters, which is refused, it tells the length.
   */
  failure: {
    /** Which one, where the call could be understood so far. */
    readonly request?: WidgetRequest | undefined;
    /** What ended it. */
    readonly error: AnyBanksideError;
    /** From the call to the failure, in ms; missing where there was no request. */
    readonly duration?: number | undefined;
  };
  /**
   * A reply that nobody waits for was not passed on: its request was answered not long ago (`settled`), the widget has
   * sent another request under its id since (`superseded`), or no request had this id (`unknown`).
   */
  orphan:
    | {
        /** The id that it came with; of one of more than 256 characters, its length in words. */
        readonly requestId: unknown;
        /** Whether a request of that id was answered not long ago. */
        readonly reason: 'settled' | 'unknown';
      }
    | {
        /** The id that it came with. */
        readonly requestId: unknown;
        /** The widget waits for another request under this id. */
        readonly reason: 'superseded';
        /** The request that it is the reply to, and that has ended with it. */
        readonly request: WidgetRequest;
      };
  /** The widget asks the page to go somewhere. */
  navigateToPage: WidgetNotice;
  /** The user did something in the widget, by the delegate's function or message of this name. */
  widgetEvent: WidgetInteraction;
  /** The same, from widgets that call `handleWidgetAction`. */
  widgetAction: WidgetInteraction;
  /** An event of the widget that is for the page as a whole. */
  personeticsEvent: WidgetNotice;
  /** The widget asks the page to call one of the widget's own functions. */
  callPersoneticsAPI: WidgetNotice;
  /** The widget's session has begun. */
  sessionStarted: WidgetNotice;
  /** The user has closed a view of the widget: of the inbox, `data.ExistInbox` is `true`. */
  sessionEnded: WidgetNotice;
  /**
   * The widget got a failed reply, which is its `data`: shipped widgets call this for each one, also for that to a
   * rating. It says nothing of the user's session.
   */
  sessionError: WidgetNotice;
  /** The widget has loaded and registered itself. */
  registered: WidgetNotice;
  /** The widget tells of an error of its own. */
  handleError: WidgetNotice;
  /** A message of a name that is none of these. */
  widgetMessage: {
    /** Its `requestString`. */
    readonly name: string;
    /** What it carried. */
    readonly data: unknown;
  };
};

/** The same, with what only the bridge itself hears: that its snapshot is out of date. */
export type InnerEvents = BridgeEvents & { change: undefined };
