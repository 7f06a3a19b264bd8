import type { AnyBanksideError } from '../errors.ts';
import type { WidgetRequest } from '../transport/transport.ts';

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
  /**
   * Among others `eventType` (`teaserClick`, `inboxWidgetStarted`, …) and `data.actionType` (`openStory`,
   * `externalNavigation`, …).
   */
  readonly params: unknown;
}

/** What {@link WidgetBridge.on} tells. Durations in ms. */
export type BridgeEvents = {
  /** A request begins. */
  request: { readonly request: WidgetRequest };
  /** It was answered with the server's reply, here as parsed. */
  reply: { readonly request: WidgetRequest; readonly response: unknown; readonly duration: number };
  /**
   * It failed, or a call was refused. The `request` of a call that was not to be understood has no body;
   * there is none at all where it could not be answered either.
   */
  failure: {
    readonly request?: WidgetRequest | undefined;
    readonly error: AnyBanksideError;
    readonly duration?: number | undefined;
  };
  /**
   * A reply that nobody waits for was held back: its request was answered not long ago (`settled`), or never
   * seen (`unknown`).
   */
  orphan: { readonly requestId: unknown; readonly reason: 'settled' | 'unknown' };
  navigateToPage: WidgetNotice;
  widgetEvent: WidgetInteraction;
  widgetAction: WidgetInteraction;
  personeticsEvent: WidgetNotice;
  callPersoneticsAPI: WidgetNotice;
  sessionStarted: WidgetNotice;
  sessionEnded: WidgetNotice;
  sessionError: WidgetNotice;
  registered: WidgetNotice;
  handleError: WidgetNotice;
  /** A message of a name that is none of these. */
  widgetMessage: { readonly name: string; readonly data: unknown };
};

/** The same, with what only the bridge itself hears: that its snapshot is out of date. */
export type InnerEvents = BridgeEvents & { change: undefined };
