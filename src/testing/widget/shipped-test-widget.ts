import type { ServerName } from '../../index.ts';
import type { TestAskOptions, TestUser, TestView, TestWidget } from './test-widget.ts';

/** Called with a reply. */
export type TestCallback = ((reply: unknown) => unknown) | null | undefined;

/**
 * A stand-in for core 21.5 of the vendor's web widget: the object `personetics`. Pages can replace all its functions: it
 * calls them by name. The functions that send a request throw a TypeError before `initialize`.
 *
 * Some members only exist for pages that look for them: `urls`, `skinController` and `getStoryVariableMapping` are empty,
 * `pserverProxyClassName` is not read, and the functions of `eventBuffer` are not the vendor's.
 */
export interface ShippedTestWidget extends TestWidget {
  /** The build that it simulates. */
  readonly build: '21.5';

  /** The merged options of `initialize` and `startWidget`. */
  config: Record<string, unknown>;
  /** Whether `initialize` has succeeded. */
  isInitialized: boolean;
  /** The delegate; a plain object `pDelegate` is cloned. Changes to it, or to its functions, take effect at once. */
  eventsDelegate: Record<string, unknown> | undefined;
  /** Calls the delegate and keeps the callbacks. Set by `initialize`. */
  pserverProxy:
    | {
        /** Handles the replies of both reply functions. */
        handleServerResponse(reply: unknown, requestId: string | number): void;
      }
    | undefined;
  /** Not read: requests always use the stand-in's own `pserverProxy`. */
  pserverProxyClassName: unknown;
  /** Empty. */
  urls: Record<string, unknown>;
  /** The results of `getUrlWidgetType`, by type. */
  urlWidgetTypes: Record<string, unknown>;
  /** Keeps the events until `sendEvents`. Set by `initialize`. Its functions are not the vendor's. */
  eventBuffer: object | undefined;
  /** An empty object. Set by `initialize`. */
  skinController: object | undefined;
  /** The interval that sends the events. Set by `initialize`. */
  intervalId: unknown;

  /**
   * Sets the page's options. The delegate is the option `pDelegate`, or else `new EventDelegate()`. The option
   * `eventsDelegate` is ignored. Replies are Base64, unless `base64EncodeResponse` is false.
   *
   * @throws ReferenceError without `pDelegate` and a global `EventDelegate`.
   * @throws TypeError without options, and for a second call without `onReady`.
   */
  initialize(options?: object, onReady?: TestCallback, onFailed?: TestCallback): void;
  /**
   * Initialises the widget and starts a view, which sends its first request before this returns. If it initialises first,
   * replies are not Base64. It changes the given object.
   *
   * @throws Error without a configuration.
   * @throws string for an unknown `widgetType`.
   */
  startWidget(config?: object | null): void;

  /** Requests the configuration of the project. */
  initPersonetics(ok?: TestCallback, fail?: TestCallback): void;
  /** Requests the insights of a carousel. The callbacks come second and third. */
  getInsights(bankInfo?: unknown, ok?: TestCallback, fail?: TestCallback, autoGenerate?: unknown): void;
  /** Requests the insights of an inbox. The callbacks come second and third. */
  getInboxInsights(bankInfo?: unknown, ok?: TestCallback, fail?: TestCallback): void;
  /**
   * Requests a story. Requires `insightId`.
   *
   * @throws string without it. The functions below also throw one without their required fields.
   */
  getInsightDetails(command: object, ok?: TestCallback, fail?: TestCallback): void;
  /** Requests a story. Requires `id` and `insightId`. */
  getInsightStory(command: object, ok?: TestCallback, fail?: TestCallback): void;
  /** Requests the data of a story. Requires `id` and `insightId`, but sends neither. */
  getInsightStoryData(command: object, ok?: TestCallback, fail?: TestCallback): void;
  /** Requests the dialogs of a story. Requires `id` and `insightId`, but sends neither. */
  getInsightStoryDefinition(command: object, ok?: TestCallback, fail?: TestCallback): void;
  /** Requests the texts of a story. Requires `id` and `insightId`, but sends neither. */
  getInsightStoryTexts(command: object, ok?: TestCallback, fail?: TestCallback): void;
  /** Requests the rating of an insight. Requires `id`. */
  getInsightRating(command: object, ok?: TestCallback, fail?: TestCallback): void;
  /** Sends a rating, and reports it. Requires `id` and `rating`. */
  updateInsightRating(command: object, ok?: TestCallback, fail?: TestCallback): void;
  /** Sends a comment, and reports it. Requires `id`. */
  updateInsightFeedback(command: object, ok?: TestCallback, fail?: TestCallback): void;
  /** Sends the user's changes. */
  updateUserDataAssets(eventList: unknown, ok?: TestCallback, fail?: TestCallback): void;
  /** Requests data of a story. Requires `queryName` and `queryParams`. */
  getQueryData(command: object, ok?: TestCallback, fail?: TestCallback): void;
  /** Requests the budgets. */
  getBudgetsCategories(ok?: TestCallback, fail?: TestCallback): void;
  /** Saves budgets. */
  setBudgetSettings(settings: unknown, ok?: TestCallback, fail?: TestCallback): void;
  /** Requests the regular payments. It is the only command for Enrich. */
  getUserSubscriptions(ok?: TestCallback, fail?: TestCallback): void;
  /**
   * Sends a command without the common fields. Fields that also exist in `config` get its values.
   *
   * @throws string without a name or a body.
   */
  callPersoneticsAPI(name: string, body: object | null, ok?: TestCallback, fail?: TestCallback): void;

  /**
   * Broken, as in the build: it sends no type, a success throws a TypeError, and a failure calls the success callback.
   *
   * @throws TypeError without the option `ctxId`.
   */
  generateInsights(bankInfo?: unknown, ok?: TestCallback, fail?: TestCallback): void;
  /**
   * Requests `messageHistory`. Broken, as in the build: a success throws a TypeError, and a failure calls the success
   * callback.
   */
  getInsightMessages(command: object, ok?: TestCallback, fail?: TestCallback): void;

  /** Keeps an event for the next `sendEvents`. */
  notifyEvent(event: object, ok?: TestCallback, fail?: TestCallback): void;
  /** Reports to the delegate's `widgetEvent`, and keeps an event unless `reportOnly` is true. */
  notifyReportEvent(report: object, reportOnly?: boolean): void;
  /** Calls the delegate's `widgetEvent`, without checking that it exists. */
  sendWidgetEvent(widget: unknown, params: unknown, more?: unknown): void;

  /** Passes a reply to the current `this.handleServerResponse`. */
  handlePServerResponse(reply: unknown, requestId: string | number): void;
  /**
   * Calls the callbacks of the request. A reply without `ok` loosely 1 or `status` loosely 200 is a failure: it is first
   * passed to the delegate's `sessionError`. A reply with an unknown id is ignored; a second reply calls the callbacks again.
   *
   * @throws The errors of callbacks, views and `sessionError`, and an error for invalid Base64.
   */
  handleServerResponse(reply: unknown, requestId: string | number): void;

  /** Returns the delegate. Native code calls its functions. */
  getJSBridge(): Record<string, unknown> | undefined;
  /** Returns `config`. */
  getConfig(): Record<string, unknown>;
  /** Returns the option `deviceType` of the latest `initialize` or `startWidget`. */
  getDeviceType(): unknown;
  /** Returns `skinController`. */
  getSkinController(): object | undefined;
  /** Returns the item of `urlWidgetTypes` for `engage` or `enrichment`. */
  getUrlWidgetType(type: string): unknown;
  /** Returns a value of the project's configuration, from `initPersonetics` and `setProjectConfiguration`. */
  getProjectConfigValue(name: string): unknown;
  /** Merges into the project's configuration. `reporting: false` stops the reports. */
  setProjectConfiguration(given: object): void;
  /** Returns an empty object. */
  getStoryVariableMapping(): Record<string, unknown>;

  /**
   * Sends a request like the widget's own functions, with the common fields. Choose the id to test two requests with one id.
   *
   * @throws Error Rejects for `'ob'`, which this build never calls, for `headers`, and when a later request with the same id
   *   gets the reply.
   */
  request(server: ServerName, body: object, options?: TestAskOptions): Promise<unknown>;
  /** All views in the order of their start, with the replaced ones. */
  readonly views: readonly TestView[];
  /** Acts like a user. */
  readonly user: TestUser;
  /** Clears the intervals of the widget. The vendor's widget cannot do this: its intervals never end. */
  dispose(): void;
}
