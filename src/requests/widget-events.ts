/** The `eventType`s that are known, from the vendor's documents and shipped builds. */
export type WidgetEventType = 'teaserClick' | 'inboxWidgetStarted' | 'refreshInsights' | 'reporting';

/** The `actionType`s that are known, from a shipped build. */
export type WidgetActionType =
  | 'externalNavigation'
  | 'externalNavigationUrl'
  | 'openStory'
  | 'callPersoneticsAPI';

/** Any other name. With it, editors still suggest the known names. */
export type OtherName = string & Record<never, never>;

/**
 * What a widget says of an event of its user interface. It is passed on as it came, so every field may be missing, or
 * have another type.
 */
export interface WidgetEventParams {
  /** What happened; missing where the widget asks for an action. */
  readonly eventType?: WidgetEventType | OtherName | undefined;
  /** In `teaserClick`: the id of the insight. */
  readonly insightId?: string | undefined;
  /** In `teaserClick`: the id of the insight's type. */
  readonly instanceId?: string | undefined;
  /** In `teaserClick`: the user, as `startWidget` got it. */
  readonly userId?: string | undefined;
  /** The language, as `startWidget` got it. */
  readonly lang?: string | undefined;
  /** In `teaserClick`: the teaser. */
  readonly teaserId?: string | undefined;
  /** In `teaserClick`: what the story is started with. */
  readonly payload?: unknown;
  /** In `refreshInsights`: for which context. */
  readonly ctxId?: string | undefined;
  /** In `reporting`: the type of the widget that reports. */
  readonly widgetType?: string | undefined;
  /** In `reporting`: what is reported, such as `Presented` or `errorOccured`. */
  readonly eventId?: string | undefined;
  /** In `reporting`: the report. */
  readonly eventData?: WidgetReport | undefined;
  /** In an action: `navigateToPage` or `callPersoneticsAPI`. */
  readonly requestString?: string | undefined;
  /** In an action: which one, and its parameters. */
  readonly data?: WidgetActionData | undefined;
  readonly [field: string]: unknown;
}

/** A report of the widget, for statistics. */
export interface WidgetReport {
  /** UTC, `M/D/YYYY H:M:S`. */
  readonly eventDateTime?: string | undefined;
  /** A count, a rating, the user's own words, or `'1'`. */
  readonly value?: string | undefined;
  /** In a list of teasers: the id of the insight. In reports of a story or of the budgets, the build swaps the two ids. */
  readonly insightId?: string | undefined;
  /** In a list of teasers: the id of the insight's type. */
  readonly instanceId?: string | undefined;
  /** The vendor's id for the subject of the insight. */
  readonly useCaseId?: string | undefined;
  readonly [field: string]: unknown;
}

/** An action that the widget asks for, and its parameters. */
export interface WidgetActionData {
  /** What to do. */
  readonly actionType?: WidgetActionType | OtherName | undefined;
  /** Where to go: a page of the bank, `manageBudget`, `subscriptions`, or an address. */
  readonly navigateTarget?: string | undefined;
  /** What the widget that opens is started with. */
  readonly payload?: unknown;
  /** In `callPersoneticsAPI`: the command. */
  readonly apiName?: string | undefined;
  /** In `callPersoneticsAPI`: its fields. */
  readonly apiBody?: unknown;
  /** In `callPersoneticsAPI`: the widget's own function that gets the reply. */
  readonly successCallback?: ((response: unknown) => unknown) | undefined;
  /** In `callPersoneticsAPI`: the widget's own function that gets a failed reply. */
  readonly failureCallback?: ((response: unknown) => unknown) | undefined;
  readonly [field: string]: unknown;
}

/** Something that the widget reports and that wants no answer. */
export interface WidgetNotice {
  /** The first argument, or the body of the message that carried it; the whole message if it has none. */
  readonly data: unknown;
  /** All arguments, for widgets that pass more than one. */
  readonly args: readonly unknown[];
}

/** An event of the widget's user interface. */
export interface WidgetInteraction {
  /** The widget that it happened in, when it came as an argument of its own. */
  readonly widget: unknown;
  /** What happened, or what the widget asks for: `eventType`, `data.actionType`, …; `{}` if the widget passed nothing. */
  readonly params: WidgetEventParams;
}
