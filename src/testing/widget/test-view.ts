/** One view of the stand-in for build 21.5: what `startWidget` has started, without a picture of it. */
export interface TestView {
  /** Its type; `'teaser-widget'` where `startWidget` was given none. */
  readonly widgetType: string;
  /** What `startWidget` was given as `el`; default: `'body'`. */
  readonly el: unknown;
  /**
   * `loading` until a reply comes, for ever if need be; `shown`; `empty` where there is nothing to show, or a story is not
   * one; `error` where the error text stands, which no later reply takes away.
   */
  readonly state: 'loading' | 'shown' | 'empty' | 'error';
  /**
   * What is drawn: the insights of an inbox or a carousel, the blocks of a story with their texts, the budgets. A second
   * good reply draws all of it twice.
   */
  readonly items: readonly unknown[];
  /** The stars of a story, 0 to 5. */
  readonly rating: number;
  /** The story beside the inbox, in `inbox-story-widget`. */
  readonly story?: TestView | undefined;
  /** Which callbacks of teasers' `callPersoneticsAPI` buttons were called, and with what. A story's button has none. */
  readonly outcomes: readonly TestOutcome[];
}

/** How a call that a button asked the page for has ended. */
export interface TestOutcome {
  /** Which callback the page called. */
  readonly callback: 'successCallback' | 'failureCallback';
  /** With what. */
  readonly args: readonly unknown[];
}
