import { attempt, invalidCall, isFunction } from '../check.ts';
import { callSafely } from '../emitter.ts';
import { BanksideError } from '../errors.ts';
import type { WidgetBridge } from './bridge.ts';
import {
  type ActingWidget,
  readWidgetActionsOptions,
  type ViewConfig,
  type WidgetActionsOptions,
} from './widget-actions-options.ts';
import type { WidgetActionData, WidgetEventParams } from './widget-events.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Addresses that would run as a script of the page. */
const SCRIPTS = ['javascript:', 'data:', 'vbscript:', 'blob:'];

/** Addresses that a page may go to. */
const LINKS = ['https:', 'http:', 'mailto:', 'tel:'];

/**
 * Does on a web page what the vendor's sample delegate does with the widget's events, so that a page whose delegate
 * is the bridge's loses nothing:
 *
 * - `teaserClick`, and the action `openStory`: opens the story.
 * - `inboxWidgetStarted`, and the end of any view but the inbox: opens the inbox.
 * - The targets `manageBudget` and `subscriptions`: opens these views. Any other target: `navigate`.
 * - The action `externalNavigationUrl`: follows the link.
 * - The action `callPersoneticsAPI`: runs the widget's own function of this name, with its callbacks.
 * - `refreshInsights`: has insights generated and read again.
 *
 * It does nothing with any other event. In an app, the app opens views: leave those steps out there with `false`.
 *
 * What goes wrong in a step goes to the page's uncaught errors, and is no failure event: `NO_CHANNEL` where the widget
 * or its function is not there, `INVALID_CALL` for an address that is missing or refused, or what the widget threw.
 *
 * @returns Ends it.
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
  const { widget: given, element, config, ...steps } = readWidgetActionsOptions(options);

  function widget(): (ActingWidget & { getConfig?: () => Fields | undefined }) | undefined {
    return isFunction(given) ? attempt(given as () => ActingWidget | undefined) : (given as ActingWidget);
  }

  function view(widgetType: string, fields: Fields): ViewConfig {
    const el = element ?? attempt(() => widget()?.getConfig?.()?.['el']);
    // What a widget leaves undefined is the page's to say.
    const known = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    return { ...config, ...known, widgetType, ...(el === undefined ? {} : { el }) };
  }

  function start(config: ViewConfig): void {
    const loaded = widget();
    if (!isFunction(loaded?.startWidget)) throw absent('startWidget');
    loaded.startWidget(config as never);
  }

  function callApi({ apiName, apiBody, successCallback, failureCallback }: WidgetActionData): void {
    const loaded = widget();
    const own = loaded?.callPersoneticsAPI;
    // Attached to a widget that has none, the bridge's stands there, and would ask for the same again.
    if (!isFunction(own) || own === bridge.delegate.callPersoneticsAPI) throw absent('callPersoneticsAPI');
    own.call(
      loaded,
      ...([apiName, apiBody ?? {}, successCallback, failureCallback] as never[] as [
        never,
        never,
        never,
        never,
      ]),
    );
  }

  function openUrl(params: WidgetEventParams): void {
    const { navigateTarget: address } = fieldsOf(params.data);
    const isText = typeof address === 'string' && address !== '';
    const url = isText ? attempt(() => new URL(address, globalThis.document?.baseURI)) : undefined;
    const isScript = url && SCRIPTS.includes(url.protocol);
    if (!isText || !url || isScript || (!steps.openUrl && !LINKS.includes(url.protocol))) {
      const received = url ? `one that begins with ${url.protocol}` : 'one that cannot be read';
      throw invalidCall('externalNavigationUrl', 'the address of a page', received);
    }
    if (steps.openUrl) steps.openUrl(address, params);
    else globalThis.location.assign(url.href);
  }

  async function refreshInsights({ ctxId, lang }: WidgetEventParams): Promise<void> {
    const common = { protocolVersion: '2.6', ...languageOf(lang, config), ...(ctxId ? { ctxId } : {}) };
    try {
      await bridge.send('pserver', { type: 'generateInsights', ...common });
      await bridge.send('pserver', { type: 'getInsights', ...common });
    } catch {
      // The bridge has told it as a failure event.
    }
  }

  /** Runs a step, or what the page has put in its place. */
  function run<Args extends unknown[]>(
    step: ((...args: Args) => unknown) | false | undefined,
    byDefault: (...args: Args) => unknown,
    ...args: Args
  ): void {
    if (step !== false) callSafely(() => (step ?? byDefault)(...args));
  }

  function goTo(params: WidgetEventParams): void {
    const { navigateTarget: target, payload, insightId, instanceId } = fieldsOf(params.data);
    const fields = { params: payload, insightId, instanceId, ...languageOf(params.lang, config) };
    if (target === 'manageBudget') run(steps.openBudgets, start, view('manage-budgets', fields));
    else if (target === 'subscriptions') {
      run(steps.openSubscriptions, start, view('subscription-dashboard', fields));
    } else if (typeof target === 'string') run(steps.navigate, () => {}, target, params);
  }

  /** Returns whether it has opened a story. */
  function act(params: WidgetEventParams): boolean {
    const data = fieldsOf(params.data) as WidgetActionData;
    if (params.requestString === 'callPersoneticsAPI' || data.actionType === 'callPersoneticsAPI') {
      run(steps.callApi, callApi, data);
    } else if (data.actionType === 'externalNavigation') goTo(params);
    else if (data.actionType === 'externalNavigationUrl') {
      if (steps.openUrl !== false) callSafely(() => openUrl(params));
    } else if (data.actionType === 'openStory') {
      run(steps.openStory, start, view('story-widget', fieldsOf(data.payload)));
      return true;
    }
    return false;
  }

  const offs = [
    bridge.on('widgetEvent', ({ params }) => {
      const hasStory = act(params);
      const { eventType, clickedTeaser: _element, value: _clicks, ...teaser } = params;
      if (eventType === 'teaserClick' && !hasStory) run(steps.openStory, start, view('story-widget', teaser));
      else if (eventType === 'inboxWidgetStarted') run(steps.openInbox, start, view('teaser-widget', {}));
      else if (eventType === 'refreshInsights') run(steps.refreshInsights, refreshInsights, params);
    }),
    bridge.on('widgetAction', ({ params }) => void act(params)),
    bridge.on('navigateToPage', ({ data }) => goTo(fieldsOf(data))),
    bridge.on('callPersoneticsAPI', ({ data, args }) => {
      const [apiName, apiBody, successCallback, failureCallback] = args;
      const byArguments = { apiName, apiBody, successCallback, failureCallback };
      const action = typeof data === 'string' ? byArguments : (fieldsOf(data)['data'] ?? data);
      run(steps.callApi, callApi, fieldsOf(action));
    }),
    bridge.on('sessionEnded', ({ data }) => {
      if (fieldsOf(data)['ExistInbox']) run(steps.closeInbox, () => {});
      else run(steps.openInbox, start, view('teaser-widget', {}));
    }),
  ];
  return () => {
    for (const off of offs.splice(0)) off();
  };
}

function absent(name: string): BanksideError<'NO_CHANNEL'> {
  return new BanksideError('NO_CHANNEL', `The widget has no ${name}, or is not loaded`, {});
}

/** The fields of what should be an object. */
function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function languageOf(lang: unknown, config: object | undefined): Fields {
  const language = lang ?? fieldsOf(config)['lang'];
  return language === undefined ? {} : { lang: language };
}
