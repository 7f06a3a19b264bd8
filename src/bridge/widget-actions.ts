import {
  attempt,
  checkOption,
  type Fields,
  fieldsOf,
  invalidCall,
  isFunction,
  isNonEmptyString,
  isObject,
} from '../check.ts';
import { callSafely } from '../emitter.ts';
import { BanksideError } from '../errors.ts';
import type { WidgetActionData, WidgetEventParams } from '../requests/widget-events.ts';
import { checkOptionNames, type NamesOf } from '../text/known-names.ts';
import type { WidgetBridge } from './bridge.ts';

/** The functions of a widget that {@link widgetActions} calls. */
export interface ActingWidget {
  /** Starts a view. */
  startWidget?: ((config: never) => unknown) | undefined;
  /** Sends a command, and passes the reply to one of the callbacks. */
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

/** A function that replaces a step, or `false` to skip the step. */
export type WidgetActionStep<Args extends unknown[]> = ((...args: Args) => unknown) | false | undefined;

/** The options of {@link widgetActions}. Each step can be replaced by a function, or skipped with `false`. */
export interface WidgetActionsOptions {
  /** The widget, or a function that returns it, for one that loads later. */
  widget: ActingWidget | (() => ActingWidget | undefined);
  /**
   * Where views are opened: a selector, an element, or anything else that the widget accepts as `el`. The view replaces
   * what is shown there.
   *
   * @default where the widget last showed a view, from its `getConfig`
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
  /** Opens a page of the bank, such as `accounts`. Default: nothing, since only the bank knows its pages. */
  navigate?: WidgetActionStep<[target: string, params: WidgetEventParams]>;
  /**
   * Follows a link. It is not called for an address that is missing, cannot be read, or would run as a script: then
   * nothing is opened, and an `INVALID_CALL` error is reported as an uncaught error of the page. Default: opens `http:`,
   * `https:`, `mailto:` and `tel:` addresses, in this window.
   */
  openUrl?: WidgetActionStep<[address: string, params: WidgetEventParams]>;
  /**
   * The user has changed something that insights depend on. Default: sends `generateInsights` and `getInsights` to
   * PServer, as commands of the page. Start the view again to show what has changed.
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

const OPTIONS: NamesOf<WidgetActionsOptions> = {
  widget: true,
  element: true,
  config: true,
  openStory: true,
  openInbox: true,
  openBudgets: true,
  openSubscriptions: true,
  closeInbox: true,
  callApi: true,
  navigate: true,
  openUrl: true,
  refreshInsights: true,
};

/** Addresses that would run as a script of the page. */
const SCRIPTS = ['javascript:', 'data:', 'vbscript:', 'blob:'];

/** Addresses that a page may open. */
const LINKS = ['https:', 'http:', 'mailto:', 'tel:'];

/**
 * Does on a web page what the vendor's sample delegate does with the widget's events, for a page that uses the bridge's
 * delegate instead:
 *
 * - `teaserClick`, and the action `openStory`: opens the story.
 * - `inboxWidgetStarted`, and the end of any view but the inbox: opens the inbox.
 * - The targets `manageBudget` and `subscriptions`: opens these views. Any other target: `navigate`.
 * - The action `externalNavigationUrl`: follows the link.
 * - The action `callPersoneticsAPI`: runs the widget's own function of this name, with its callbacks.
 * - `refreshInsights`: has insights generated and read again.
 *
 * It ignores any other event. In an app, the app opens views: skip those steps there with `false`.
 *
 * Errors of a step are reported as uncaught errors of the page, and are no failure event: `NO_CHANNEL` if the widget or
 * its function is missing, `INVALID_CALL` for an address that is missing or refused, or what the widget threw.
 *
 * @returns Stops it.
 * @throws BanksideError `INVALID_OPTIONS`, naming the option.
 * @example
 * ```ts
 * import { type ActingWidget, type Widget, type WidgetBridge, widgetActions } from 'bankside';
 *
 * declare const personetics: Widget & ActingWidget;
 * declare const bridge: WidgetBridge;
 * declare const openPage: (name: string) => void;
 *
 * const stop = widgetActions(bridge, {
 *   widget: personetics,
 *   element: '#insights',
 *   config: { lang: 'en', deviceType: 'web' },
 *   navigate: (target) => openPage(target),
 * });
 * ```
 */
export function widgetActions(
  bridge: Pick<WidgetBridge, 'on' | 'send' | 'delegate'>,
  options: WidgetActionsOptions,
): () => void {
  checkOptions(options);
  const actions = new WidgetActions(bridge, options);
  const unsubscribes = [
    bridge.on('widgetEvent', ({ params }) => actions.onEvent(params)),
    bridge.on('widgetAction', ({ params }) => void actions.act(params)),
    bridge.on('navigateToPage', ({ data }) => actions.goTo(fieldsOf(data))),
    bridge.on('callPersoneticsAPI', ({ data, args }) => {
      const [apiName, apiBody, successCallback, failureCallback] = args;
      const byArguments = { apiName, apiBody, successCallback, failureCallback };
      actions.callApi(fieldsOf(typeof data === 'string' ? byArguments : (fieldsOf(data)['data'] ?? data)));
    }),
    bridge.on('sessionEnded', ({ data }) => actions.onViewClosed(fieldsOf(data)['ExistInbox'])),
  ];
  return () => {
    for (const unsubscribe of unsubscribes.splice(0)) unsubscribe();
  };
}

/** @throws INVALID_OPTIONS naming the first option that does not fit. */
function checkOptions(options: WidgetActionsOptions): void {
  checkOptionNames(options, OPTIONS);
  const { widget, config } = options ?? {};
  const isWidget = isObject(widget) || isFunction(widget);
  checkOption(isWidget, 'widget', 'a widget, or a function that gets it', widget);
  checkOption(config === undefined || isObject(config), 'config', 'an object', config);
  for (const step of STEPS) {
    const given = options[step];
    const fits = given === undefined || given === false || isFunction(given);
    checkOption(fits, step, 'a function, or false', given);
  }
}

/** Which event runs which step, and what each step does by default. */
class WidgetActions {
  readonly #bridge: Pick<WidgetBridge, 'send' | 'delegate'>;
  readonly #options: WidgetActionsOptions;

  constructor(bridge: Pick<WidgetBridge, 'send' | 'delegate'>, options: WidgetActionsOptions) {
    this.#bridge = bridge;
    this.#options = { ...options };
  }

  onEvent(params: WidgetEventParams): void {
    const hasOpenedStory = this.act(params);
    const { eventType, clickedTeaser: _element, value: _clicks, ...teaser } = params;
    if (eventType === 'teaserClick' && !hasOpenedStory) this.#open('openStory', 'story-widget', teaser);
    else if (eventType === 'inboxWidgetStarted') this.#open('openInbox', 'teaser-widget', {});
    else if (eventType === 'refreshInsights') {
      run(this.#options.refreshInsights, () => this.#refreshInsights(params), params);
    }
  }

  onViewClosed(isInbox: unknown): void {
    if (isInbox) run(this.#options.closeInbox, () => {});
    else this.#open('openInbox', 'teaser-widget', {});
  }

  /** Runs the action that an event asks for. Returns whether it has opened a story. */
  act(params: WidgetEventParams): boolean {
    const data: WidgetActionData = fieldsOf(params.data);
    const { actionType } = data;
    if (params.requestString === 'callPersoneticsAPI' || actionType === 'callPersoneticsAPI')
      this.callApi(data);
    else if (actionType === 'externalNavigation') this.goTo(params);
    else if (actionType === 'externalNavigationUrl') this.#followLink(params);
    else if (actionType === 'openStory') {
      this.#open('openStory', 'story-widget', fieldsOf(data.payload));
      return true;
    }
    return false;
  }

  goTo(params: WidgetEventParams): void {
    const { navigateTarget: target, payload, insightId, instanceId } = fieldsOf(params.data);
    const fields = { params: payload, insightId, instanceId, ...this.#language(params.lang) };
    if (target === 'manageBudget') this.#open('openBudgets', 'manage-budgets', fields);
    else if (target === 'subscriptions') this.#open('openSubscriptions', 'subscription-dashboard', fields);
    else if (typeof target === 'string') run(this.#options.navigate, () => {}, target, params);
  }

  callApi(action: WidgetActionData): void {
    run(this.#options.callApi, () => this.#callWidgetApi(action), action);
  }

  #open(
    step: 'openStory' | 'openInbox' | 'openBudgets' | 'openSubscriptions',
    widgetType: string,
    fields: Fields,
  ): void {
    const { element, config } = this.#options;
    const el = element ?? attempt(() => this.#widget()?.getConfig?.()?.['el']);
    // A field that the widget leaves undefined must not hide the page's.
    const known = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    const view = { ...config, ...known, widgetType, ...(el === undefined ? {} : { el }) };
    run(this.#options[step], () => this.#start(view), view);
  }

  #widget(): (ActingWidget & { getConfig?: () => Fields | undefined }) | undefined {
    const { widget } = this.#options;
    return isFunction(widget) ? attempt(widget as () => ActingWidget | undefined) : widget;
  }

  #start(view: ViewConfig): void {
    const widget = this.#widget();
    if (!isFunction(widget?.startWidget)) throw absent('startWidget');
    widget.startWidget(view as never);
  }

  #callWidgetApi({ apiName, apiBody, successCallback, failureCallback }: WidgetActionData): void {
    const widget = this.#widget();
    const own = widget?.callPersoneticsAPI;
    // A widget without this function may have the bridge's in its place, which would emit the same event again.
    if (!isFunction(own) || own === this.#bridge.delegate.callPersoneticsAPI)
      throw absent('callPersoneticsAPI');
    const call = own as (...args: unknown[]) => unknown;
    call.call(widget, apiName, apiBody ?? {}, successCallback, failureCallback);
  }

  #followLink(params: WidgetEventParams): void {
    const { openUrl } = this.#options;
    const { navigateTarget: address } = fieldsOf(params.data);
    if (openUrl === false) return;
    callSafely(() => {
      const url = readAddress(address, openUrl ? undefined : LINKS);
      if (openUrl) openUrl(address as string, params);
      else globalThis.location.assign(url.href);
    });
  }

  async #refreshInsights({ ctxId, lang }: WidgetEventParams): Promise<void> {
    const common = { protocolVersion: '2.6', ...this.#language(lang), ...(ctxId ? { ctxId } : {}) };
    try {
      await this.#bridge.send('pserver', { type: 'generateInsights', ...common });
      await this.#bridge.send('pserver', { type: 'getInsights', ...common });
    } catch {
      // The bridge has emitted a failure event.
    }
  }

  #language(lang: unknown): Fields {
    const language = lang ?? fieldsOf(this.#options.config)['lang'];
    return language === undefined ? {} : { lang: language };
  }
}

/** Runs a step: the page's function, or the default. */
function run<Args extends unknown[]>(
  step: WidgetActionStep<Args>,
  byDefault: () => unknown,
  ...args: Args
): void {
  if (step !== false) callSafely(() => (step ? step(...args) : byDefault()));
}

/**
 * @param allowed The schemes that the page may open; default: all that do not run as a script.
 * @throws INVALID_CALL
 */
function readAddress(address: unknown, allowed: readonly string[] | undefined): URL {
  const url = isNonEmptyString(address)
    ? attempt(() => new URL(address, globalThis.document?.baseURI))
    : undefined;
  const isRefused = url && (SCRIPTS.includes(url.protocol) || (allowed && !allowed.includes(url.protocol)));
  if (url && !isRefused) return url;
  const received = url ? `one that begins with ${url.protocol}` : 'one that cannot be read';
  throw invalidCall('externalNavigationUrl', 'the address of a page', received);
}

function absent(name: string): BanksideError<'NO_CHANNEL'> {
  return new BanksideError('NO_CHANNEL', `The widget has no ${name}, or is not loaded`, {});
}
