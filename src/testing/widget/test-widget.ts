import type { EventDelegate, ServerName } from '../../index.ts';
import type { NamesOf } from '../../text/known-names.ts';
import type { CallShape } from '../call-shapes.ts';

/** A stand-in for the vendor's widget: the members of both builds. */
export interface TestWidget {
  /** The build that it simulates. */
  readonly build: 'documents' | '21.5';
  /** The reply function of the widget. */
  handlePServerResponse(response: unknown, requestId: string | number): void;
  /** The same, by its newer name. */
  handleServerResponse(response: unknown, requestId: string | number): void;
  /**
   * Sends a request, and resolves with the first reply, even if that is a failure. It rejects for an invalid reply.
   *
   * @throws Error Rejects if the page has no function to call, that function throws, or an option does not exist.
   */
  request(server: ServerName, body: object, options?: TestAskOptions): Promise<unknown>;
  /** All replies, in order. */
  readonly replies: readonly TestReply[];
  /** The faults of the replies so far, in words. A pending request is not a fault yet. */
  readonly faults: readonly string[];
  /**
   * Behaviour B1: every request was answered exactly once, after the delegate's function had returned, with the id of the
   * request, and through the function of its shape. A request that a later one with the same id has replaced is exempt.
   * Call it at the end of a test.
   *
   * @throws Error that lists all faults.
   */
  assertExactlyOnce(): void;
}

/** A reply that the widget got. */
export interface TestReply {
  /** The reply. */
  readonly response: unknown;
  /** The id of the reply; for a callback, the id of its request. */
  readonly requestId: unknown;
  /** The function that got the reply. */
  readonly through: 'handlePServerResponse' | 'handleServerResponse' | 'onSuccess' | 'onError' | 'callback';
  /** Whether it came before the delegate's function had returned. */
  readonly isWithinCall: boolean;
}

/** The options of a request. */
export interface TestAskOptions {
  /**
   * Default: a new id; build 21.5 builds it from the command's type and the millisecond. Shape c sends it as a string;
   * shapes e and f send no id.
   */
  readonly requestId?: string | number;
  /** For the shapes with headers: a and d. Default: `null`. Build 21.5 has no headers per request. */
  readonly headers?: Readonly<Record<string, string>>;
}

export const ASK_OPTIONS: NamesOf<TestAskOptions> = { requestId: true, headers: true };

/** A view that `startWidget` has started in the stand-in for build 21.5. It draws nothing. */
export interface TestView {
  /** Its type. Default: `'teaser-widget'`. */
  readonly widgetType: string;
  /** The option `el` of `startWidget`. Default: `'body'`. */
  readonly el: unknown;
  /**
   * `loading` until a reply comes, without a time limit; `shown`; `empty` without anything to show, or for an invalid story;
   * `error` with an error text, which no later reply removes.
   */
  readonly state: 'loading' | 'shown' | 'empty' | 'error';
  /**
   * The drawn items: the insights of an inbox or a carousel, the blocks of a story with their texts, or the budgets. After a
   * second successful reply, each item is there twice.
   */
  readonly items: readonly unknown[];
  /** The stars of a story, from 0 to 5. */
  readonly rating: number;
  /** The story beside the inbox, in `inbox-story-widget`. */
  readonly story?: TestView | undefined;
  /** The called callbacks of `callPersoneticsAPI` buttons in teasers. Buttons in stories have no callbacks. */
  readonly outcomes: readonly TestOutcome[];
}

/** The result of a call that a button requested from the page. */
export interface TestOutcome {
  /** The callback that the page called. */
  readonly callback: 'successCallback' | 'failureCallback';
  /** The arguments. */
  readonly args: readonly unknown[];
}

/** The actions of a user in the views of build 21.5. Each throws an Error if the view does not support it. */
export interface TestUser {
  /** Clicks a teaser of an inbox or a carousel, counted from 0. In `inbox-story-widget`, it opens the story. */
  clickTeaser(view: TestView, index?: number): void;
  /** Presses a button in a teaser or a story, by its id. A button in a story acts in the next task. */
  pressButton(view: TestView, id: string): void;
  /** Rates a story with 1 to 5 stars, which opens the comment box. */
  rate(view: TestView, stars: number): void;
  /** Sends a comment on a rated story. */
  sendFeedback(view: TestView, text: string): void;
  /** Scrolls. The widget reports it within a second. */
  scroll(view: TestView): void;
  /** Closes an inbox. */
  closeInbox(view: TestView): void;
  /** Closes the budgets. */
  closeBudgets(view: TestView): void;
  /** Sets the amount of a budget, counted from 0. */
  changeBudget(view: TestView, index: number, amount: number): void;
  /** Activates the budget of a category. */
  addBudget(view: TestView, index: number, amount: number): void;
  /** Deactivates a budget. */
  stopBudget(view: TestView, index: number): void;
}

/** The delegate of the documents' stand-in, by either name. */
export interface DocumentsTestWidgetOptions {
  /** The delegate. */
  readonly eventsDelegate?: Partial<EventDelegate> | undefined;
  /** The delegate by its other name. Ignored if `eventsDelegate` is set. */
  readonly pDelegate?: Partial<EventDelegate> | undefined;
}

/** A stand-in for the widget of the vendor's documents and samples. All its calls have one shape. Replies are objects or JSON. */
export interface DocumentsTestWidget extends TestWidget {
  /** The build that it simulates. */
  readonly build: 'documents';
  /** The shape of its calls. */
  readonly shape: CallShape;
  /**
   * Sets the delegate. Default: an instance of the global `EventDelegate`, if that exists. Functions that `attach` adds to the
   * widget work without it.
   */
  initialize(options: DocumentsTestWidgetOptions): void;
}
