import { checkOption, isFunction } from '../check.ts';
import type { WidgetActionData, WidgetEventParams } from './widget-events.ts';

/** What of a widget {@link widgetActions} calls. */
export interface ActingWidget {
  /** Starts a view. */
  startWidget?: ((config: never) => unknown) | undefined;
  /** Sends a command, and gives the reply to one of the callbacks. */
  callPersoneticsAPI?: ((name: never, body: never, onSuccess: never, onError: never) => unknown) | undefined;
}

/** What a view of the widget is started with. */
export interface ViewConfig {
  /** Such as `story-widget`. */
  readonly widgetType: string;
  /** Where it is shown. */
  readonly el?: unknown;
  readonly [option: string]: unknown;
}

/** A function that takes the place of a step, or `false` to leave the step out. */
export type WidgetActionStep<Args extends unknown[]> = ((...args: Args) => unknown) | false | undefined;

/** What {@link widgetActions} is made with. Each step is a function that takes its place, or `false` to leave it out. */
export interface WidgetActionsOptions {
  /** The widget, or a function that returns it, for one that loads later. */
  widget: ActingWidget | (() => ActingWidget | undefined);
  /**
   * Where views are opened: a selector, an element, or whatever else the widget takes as `el`. Whatever is shown there
   * makes way.
   *
   * @default where the widget was told last to show a view, as its `getConfig` says
   */
  element?: unknown;
  /** What else each view is started with, such as `userId`, `lang` and `deviceType`. */
  config?: object | undefined;
  /** Opens the story of a teaser, or of a button that names one. Default: starts `story-widget`. */
  openStory?: WidgetActionStep<[view: ViewConfig]>;
  /** Opens the inbox: the user wants to see all, or has closed another view. Default: starts `teaser-widget`. */
  openInbox?: WidgetActionStep<[view: ViewConfig]>;
  /** Opens the budgets. Default: starts `manage-budgets`. */
  openBudgets?: WidgetActionStep<[view: ViewConfig]>;
  /** Opens the subscriptions. Default: starts `subscription-dashboard`. */
  openSubscriptions?: WidgetActionStep<[view: ViewConfig]>;
  /** The user has closed the inbox. Default: nothing. */
  closeInbox?: WidgetActionStep<[]>;
  /** Runs a command that a button of the widget names. Default: the widget's own `callPersoneticsAPI`. */
  callApi?: WidgetActionStep<[action: WidgetActionData]>;
  /** Goes to a page of the bank's, such as `accounts`. Default: nothing, since the bank alone knows its pages. */
  navigate?: WidgetActionStep<[target: string, params: WidgetEventParams]>;
  /**
   * Follows a link. It is not asked for an address that would run as a script, that is missing or cannot be read: then
   * nothing is opened, and an `INVALID_CALL` error goes to the page's uncaught errors. Default: goes to `http:`,
   * `https:`, `mailto:` and `tel:` addresses, in this window.
   */
  openUrl?: WidgetActionStep<[address: string, params: WidgetEventParams]>;
  /**
   * The user has changed what insights are made of. Default: sends `generateInsights` and `getInsights` to PServer,
   * as commands of the page's own. Start the view again to show what has changed.
   */
  refreshInsights?: WidgetActionStep<[params: WidgetEventParams]>;
}

const STEPS = [
  'openStory',
  'openInbox',
  'openBudgets',
  'openSubscriptions',
  'closeInbox',
  'callApi',
  'navigate',
  'openUrl',
  'refreshInsights',
] as const;

/** @throws INVALID_OPTIONS naming the first option that does not fit. */
export function readWidgetActionsOptions(options: WidgetActionsOptions): WidgetActionsOptions {
  const { widget, config } = options ?? {};
  const expected = 'a widget, or a function that gets it';
  checkOption(Object(widget) === widget, 'widget', expected, widget);
  const isConfig = config === undefined || (typeof config === 'object' && config !== null);
  checkOption(isConfig, 'config', 'an object', config);
  for (const step of STEPS) {
    const given = options[step];
    const fits = given === undefined || given === false || isFunction(given);
    checkOption(fits, step, 'a function, or false', given);
  }
  return options;
}
