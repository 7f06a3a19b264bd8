/** The `eventType`s that are known, of the vendor's documents and of shipped builds. */
export type WidgetEventType = 'teaserClick' | 'inboxWidgetStarted' | 'refreshInsights' | 'reporting';

/** The `actionType`s that are known, of a shipped build. */
export type WidgetActionType =
  | 'externalNavigation'
  | 'externalNavigationUrl'
  | 'openStory'
  | 'callPersoneticsAPI';

/** Any other name, beside those that an editor is to propose. */
export type OtherName = string & Record<never, never>;

/**
 * What a widget says of an event of its user interface. It is handed on as it came, so that every field may be
 * missing, or be of another type.
 */
export interface WidgetEventParams {
  /** What happened; missing where the widget asks for an action. */
  readonly eventType?: WidgetEventType | OtherName | undefined;
  /** Of `teaserClick`: the id of the insight. */
  readonly insightId?: string | undefined;
  /** Of `teaserClick`: the id of the insight's type. */
  readonly instanceId?: string | undefined;
  /** Of `teaserClick`: the user, as `startWidget` was told. */
  readonly userId?: string | undefined;
  /** The language, as `startWidget` was told. */
  readonly lang?: string | undefined;
  /** Of `teaserClick`: the teaser. */
  readonly teaserId?: string | undefined;
  /** Of `teaserClick`: what the story is started with. */
  readonly payload?: unknown;
  /** Of `refreshInsights`: for which context. */
  readonly ctxId?: string | undefined;
  /** Of `reporting`: the type of the widget that reports. */
  readonly widgetType?: string | undefined;
  /** Of `reporting`: what is reported, such as `Presented` or `errorOccured`. */
  readonly eventId?: string | undefined;
  /** Of `reporting`: the report. */
  readonly eventData?: WidgetReport | undefined;
  /** Of an action: `navigateToPage` or `callPersoneticsAPI`. */
  readonly requestString?: string | undefined;
  /** Of an action: which one, and with what. */
  readonly data?: WidgetActionData | undefined;
  readonly [field: string]: unknown;
}

/** A report of the widget's, for statistics. */
export interface WidgetReport {
  /** UTC, `M/D/YYYY H:M:S`. */
  readonly eventDateTime?: string | undefined;
  /** A count, a rating, the user's own words, or `'1'`. */
  readonly value?: string | undefined;
  /** Of a list of teasers: the id of the insight. In reports of a story or of the budgets, the build exchanges the two. */
  readonly insightId?: string | undefined;
  /** Of a list of teasers: the id of the insight's type. */
  readonly instanceId?: string | undefined;
  /** The vendor's id of what the insight is about. */
  readonly useCaseId?: string | undefined;
  readonly [field: string]: unknown;
}

/** What an action of the widget's is, and what it is done with. */
export interface WidgetActionData {
  /** What is to be done. */
  readonly actionType?: WidgetActionType | OtherName | undefined;
  /** Where to go: a page of the bank's, `manageBudget`, `subscriptions`, or an address. */
  readonly navigateTarget?: string | undefined;
  /** What the widget that opens is started with. */
  readonly payload?: unknown;
  /** Of `callPersoneticsAPI`: the command. */
  readonly apiName?: string | undefined;
  /** Of `callPersoneticsAPI`: its fields. */
  readonly apiBody?: unknown;
  /** Of `callPersoneticsAPI`: the widget's own function, which takes the reply. */
  readonly successCallback?: ((response: unknown) => unknown) | undefined;
  /** Of `callPersoneticsAPI`: the widget's own function, which takes a failed reply. */
  readonly failureCallback?: ((response: unknown) => unknown) | undefined;
  readonly [field: string]: unknown;
}
