import type { ServerName } from '../../index.ts';
import type { TestAskOptions } from './test-reply.ts';
import type { TestUser } from './test-user.ts';
import type { TestView } from './test-view.ts';
import type { TestWidget } from './test-widget.ts';

/** Gets a reply. */
export type TestCallback = ((reply: unknown) => unknown) | null | undefined;

/**
 * A stand-in for core 21.5 of the vendor's web widget: the object `personetics`. All functions are its own, and can be
 * replaced; it calls them on itself by name. The functions that ask throw a TypeError before `initialize`.
 *
 * Some members are there for pages that look for them, and hold nothing of the vendor's: `urls`, `skinController` and
 * `getStoryVariableMapping` are empty, `pserverProxyClassName` is not read, and `eventBuffer` has functions of ours.
 */
export interface ShippedTestWidget extends TestWidget {
  /** The build that it stands for. */
  readonly build: '21.5';

  /** What the page gave to `initialize` and `startWidget`, merged. */
  config: Record<string, unknown>;
  /** Whether `initialize` has succeeded. */
  isInitialized: boolean;
  /** The delegate: a clone of a `pDelegate` that is a plain object. Replacing it, or a function of it, takes effect at once. */
  eventsDelegate: Record<string, unknown> | undefined;
  /** The part that asks the delegate and keeps the callbacks, since `initialize`. */
  pserverProxy:
    | {
        /** Takes the replies of both reply functions. */
        handleServerResponse(reply: unknown, requestId: string | number): void;
      }
    | undefined;
  /** Not read here: the requests always go through the stand-in's own `pserverProxy`. */
  pserverProxyClassName: unknown;
  /** Empty. */
  urls: Record<string, unknown>;
  /** What `getUrlWidgetType` returns, by type. */
  urlWidgetTypes: Record<string, unknown>;
  /** What keeps the events until `sendEvents`, since `initialize`. Its functions are not the vendor's. */
  eventBuffer: object | undefined;
  /** An empty object, since `initialize`. */
  skinController: object | undefined;
  /** The interval that sends the events, since `initialize`. */
  intervalId: unknown;

  /**
   * Takes the page's options. The delegate is the option `pDelegate`, or else `new EventDelegate()`. The option
   * `eventsDelegate` is not read. Replies are Base64, unless `base64EncodeResponse` is false.
   *
   * @throws ReferenceError without `pDelegate` and a global `EventDelegate`.
   * @throws TypeError without options; and when called again without `onReady`.
   */
  initialize(options?: object, onReady?: TestCallback, onFailed?: TestCallback): void;
  /**
   * Initialises, without Base64 if it is the first to do so, and starts a view, whose first request leaves before this
   * returns. Changes the given object.
   *
   * @throws Error without a configuration.
   * @throws string for an unknown `widgetType`.
   */
  startWidget(config?: object | null): void;

  /** Asks for the configuration of the project. */
  initPersonetics(ok?: TestCallback, fail?: TestCallback): void;
  /** Asks for the insights of a carousel. The callbacks come second and third. */
  getInsights(bankInfo?: unknown, ok?: TestCallback, fail?: TestCallback, autoGenerate?: unknown): void;
  /** Asks for the insights of an inbox. The callbacks come second and third. */
  getInboxInsights(bankInfo?: unknown, ok?: TestCallback, fail?: TestCallback): void;
  /**
   * Asks for a story. Needs `insightId`.
   *
   * @throws string without it, as the ones below without the fields that they need.
   */
  getInsightDetails(command: object, ok?: TestCallback, fail?: TestCallback): void;
  /** Asks for a story. Needs `id` and `insightId`. */
  getInsightStory(command: object, ok?: TestCallback, fail?: TestCallback): void;
  /** Asks for the data of a story. Needs `id` and `insightId`, and sends neither. */
  getInsightStoryData(command: object, ok?: TestCallback, fail?: TestCallback): void;
  /** Asks for the dialogs of a story. Needs `id` and `insightId`, and sends neither. */
  getInsightStoryDefinition(command: object, ok?: TestCallback, fail?: TestCallback): void;
  /** Asks for the texts of a story. Needs `id` and `insightId`, and sends neither. */
  getInsightStoryTexts(command: object, ok?: TestCallback, fail?: TestCallback): void;
  /** Asks for the stars of an insight. Needs `id`. */
  getInsightRating(command: object, ok?: TestCallback, fail?: TestCallback): void;
  /** Gives stars, and reports it. Needs `id` and `rating`. */
  updateInsightRating(command: object, ok?: TestCallback, fail?: TestCallback): void;
  /** Comments, and reports it. Needs `id`. */
  updateInsightFeedback(command: object, ok?: TestCallback, fail?: TestCallback): void;
  /** Sends what the user has changed. */
  updateUserDataAssets(eventList: unknown, ok?: TestCallback, fail?: TestCallback): void;
  /** Asks for data of a story. Needs `queryName` and `queryParams`. */
  getQueryData(command: object, ok?: TestCallback, fail?: TestCallback): void;
  /** Asks for the budgets. */
  getBudgetsCategories(ok?: TestCallback, fail?: TestCallback): void;
  /** Saves budgets. */
  setBudgetSettings(settings: unknown, ok?: TestCallback, fail?: TestCallback): void;
  /** The one command for Enrich. */
  getUserSubscriptions(ok?: TestCallback, fail?: TestCallback): void;
  /**
   * Sends a command without the fields that all others have. Fields that `config` has, too, get its values.
   *
   * @throws string without a name or a body.
   */
  callPersoneticsAPI(name: string, body: object | null, ok?: TestCallback, fail?: TestCallback): void;

  /**
   * As broken as in the build: sends no type, a success throws a TypeError, and a failure calls the success callback.
   *
   * @throws TypeError without the option `ctxId`.
   */
  generateInsights(bankInfo?: unknown, ok?: TestCallback, fail?: TestCallback): void;
  /**
   * Asks for `messageHistory`. As broken as in the build: a success throws a TypeError, and a failure calls the success
   * callback.
   */
  getInsightMessages(command: object, ok?: TestCallback, fail?: TestCallback): void;

  /** Keeps an event for the next `sendEvents`. */
  notifyEvent(event: object, ok?: TestCallback, fail?: TestCallback): void;
  /** Reports to the delegate's `widgetEvent`, and keeps an event as well unless `reportOnly`. */
  notifyReportEvent(report: object, reportOnly?: boolean): void;
  /** Calls the delegate's `widgetEvent`, without looking whether it is there. */
  sendWidgetEvent(widget: unknown, params: unknown, more?: unknown): void;

  /** Hands a reply to `this.handleServerResponse`, whatever that is by then. */
  handlePServerResponse(reply: unknown, requestId: string | number): void;
  /**
   * Calls the callbacks of the id. A reply without `ok` loosely 1 or `status` loosely 200 is a failure, and is told to
   * the delegate's `sessionError` first. An unknown id is nothing; a second reply calls the callbacks again.
   *
   * @throws Whatever a callback, a view or `sessionError` throws; and what cannot be read, where Base64 is expected.
   */
  handleServerResponse(reply: unknown, requestId: string | number): void;

  /** The delegate: here native code finds its functions. */
  getJSBridge(): Record<string, unknown> | undefined;
  /** What `config` is. */
  getConfig(): Record<string, unknown>;
  /** The option `deviceType` of the latest `initialize` or `startWidget`. */
  getDeviceType(): unknown;
  /** What `skinController` is. */
  getSkinController(): object | undefined;
  /** What `urlWidgetTypes` has for `engage` or `enrichment`. */
  getUrlWidgetType(type: string): unknown;
  /** One value of the project's configuration, as replies to `initPersonetics` and `setProjectConfiguration` gave it. */
  getProjectConfigValue(name: string): unknown;
  /** Merges into the project's configuration; `reporting: false` there ends the reports. */
  setProjectConfiguration(given: object): void;
  /** An empty object. */
  getStoryVariableMapping(): Record<string, unknown>;

  /**
   * Asks as the widget's own functions do, with the fields that all commands have. The id can be chosen, to let two collide.
   *
   * @throws Error Rejects for `'ob'`, which this build never asks, and for `headers`; and when a later request of the
   *   same id takes the answer.
   */
  request(server: ServerName, body: object, options?: TestAskOptions): Promise<unknown>;
  /** The views, in the order in which they were started; those that were replaced as well. */
  readonly views: readonly TestView[];
  /** Acts as a person before the page. */
  readonly user: TestUser;
  /** Clears the widget's intervals. The vendor's widget has no such function: its intervals run for ever. */
  dispose(): void;
}
