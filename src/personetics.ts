/**
 * The globals of the vendor's widget, for TypeScript. `import 'bankside/personetics'` declares `personetics`, `PersoWidget`,
 * and on `window` also `EventDelegate`. At run time it does nothing: it does not load the widget. Write `window.personetics`,
 * or the bare name: TypeScript does not know them on `globalThis`.
 *
 * @example
 * ```ts
 * import { type Transport, WidgetBridge } from 'bankside';
 * import 'bankside/personetics';
 *
 * declare const transport: Transport;
 * const bridge = new WidgetBridge({ transport });
 * bridge.attach(personetics);
 * window.EventDelegate = bridge.EventDelegate;
 * personetics.startWidget({ widgetType: 'teaser-widget', el: '#insights', userId: 'user-1' });
 * ```
 * @module bankside/personetics
 */
import type { OtherName } from './index.ts';

/** Gets the reply to a command of the widget. Its type is the server's to define. */
// biome-ignore lint/suspicious/noExplicitAny: a page's callback names the type of the reply that it expects.
export type PersoneticsCallback = (reply: any) => void;

/**
 * The options of `initialize` and of `startWidget`. Listed is what core 21.5 reads, and what the vendor's documents name.
 * Others are accepted.
 */
export interface PersoneticsOptions {
  /** The language of the requests and of what the widget shows. Core 21.5 shows `en` where it has no translation. */
  lang?: string | undefined;
  /** The user. Core 21.5 sends it as its own header `authToken`, which is not your token. */
  userId?: string | undefined;
  /** The layout: a field of each request. Core 21.5 calls the page in the same way for all of them. */
  deviceType?: 'web' | 'ios' | 'android' | 'RN' | 'RJS' | 'Angular' | OtherName | undefined;
  /** The context of the requests. Core 21.5 has a default for each command. */
  ctxId?: string | undefined;
  /** The version of the commands. Default in core 21.5: `2.6`. */
  protocolVersion?: string | undefined;
  /**
   * Whether the widget expects replies as Base64. Default in core 21.5: `true` if `initialize` is called first, `false` if
   * `startWidget` is. For replies as objects, pass `false`.
   */
  base64EncodeResponse?: boolean | undefined;
  /** Headers that core 21.5 adds to those of each request. `bankside` sends those that `widgetHeaders` names. */
  requestHeaders?: Readonly<Record<string, string>> | undefined;
  /** The delegate, in the vendor's documents: `bridge.delegate`. Core 21.5 does not read it. */
  eventsDelegate?: object | undefined;
  /** The delegate, in core 21.5 and in the vendor's documents: `bridge.delegate`. Read at the first start only. */
  pDelegate?: object | null | undefined;
  /** Whether core 21.5 sends `initPersonetics` first, and is ready with its reply. */
  callInitPersonetics?: boolean | undefined;
  /** Whether core 21.5 sends the user's events, as `sendEvents`. Default: `true`. */
  enableNotifyEvents?: boolean | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: with `unknown`, a variable whose type is an interface would be refused.
  [option: string]: any;
}

/** The options of `startWidget`: a view, and all options of `initialize`. */
export interface PersoneticsViewOptions extends PersoneticsOptions {
  /** The view. The first six are of core 21.5 or its samples, the others of the vendor's newer documents. */
  widgetType?:
    | 'teaser-widget'
    | 'teaser-widget-carousel'
    | 'inbox-story-widget'
    | 'story-widget'
    | 'manage-budgets'
    | 'subscription-dashboard'
    | 'singleTeaser'
    | 'carousel'
    | 'hub'
    | 'inbox'
    | 'trackersDashboard'
    | 'recap'
    | 'actOnboarding'
    | 'actManagement'
    | OtherName
    | undefined;
  /** Where the view is shown: a selector, an element, or an object of jQuery. Default in core 21.5: `body`. */
  el?: string | object | undefined;
  /** The insight of a story. */
  insightId?: string | undefined;
  /** The type of that insight. */
  instanceId?: string | undefined;
  /** Data that core 21.5 shows without a request, such as the reply to a command of your page. */
  payload?: unknown;
  /** Whether core 21.5 leaves the loading animation to the app, and says when a view is ready. */
  enableNativeLoader?: boolean | undefined;
  /** In the vendor's newer documents: `widgetType`, `deviceType`, `selectorString` and `params`, nested. */
  configurations?: object | undefined;
}

/**
 * The vendor's widget, `window.personetics`, as core 21.5 has it. If your build has more functions, declare them:
 *
 * @example
 * ```ts
 * import 'bankside/personetics';
 *
 * declare module 'bankside/personetics' {
 *   interface Personetics {
 *     closeWidget(): void;
 *   }
 * }
 * export const close = (): void => personetics.closeWidget();
 * ```
 */
export interface Personetics {
  /**
   * Sets the options and the delegate. In core 21.5 only the first call does. A later one throws unless it has `onReady`.
   *
   * @param onReady Called when the widget is ready.
   * @param onFailed Called if `initPersonetics` has failed.
   */
  initialize(
    options: PersoneticsOptions,
    onReady?: PersoneticsCallback,
    onFailed?: PersoneticsCallback,
  ): void;
  /** Shows a view. Core 21.5 writes into the given object, so pass a new one each time. */
  startWidget(options: PersoneticsViewOptions): void;
  /** Sends a command through the delegate. */
  callPersoneticsAPI(
    name: string,
    body: object,
    onSuccess?: PersoneticsCallback,
    onError?: PersoneticsCallback,
  ): void;
  /** Gets a reply. The bridge calls it. */
  handlePServerResponse(response: unknown, requestId: string | number): void;
  /** The same, by the name in newer documents. */
  handleServerResponse(response: unknown, requestId: string | number): void;
  /** The options of the view that was started last. */
  getConfig(): PersoneticsViewOptions;
  /** The `deviceType` of these options. */
  getDeviceType(): string | undefined;
  /** The delegate in use. `undefined` before `initialize`. */
  getJSBridge(): unknown;
}

declare global {
  interface Window {
    /** The widget. `undefined` until its script has run. */
    personetics?: Personetics | undefined;
    /**
     * What the vendor's React and Angular layouts send their messages to. It exists once these have loaded: before, it is
     * `undefined` whatever its type says, and `attach` throws `INVALID_CALL` for it.
     */
    PersoWidget: object;
    /** The class that core 21.5 creates its delegate from: `bridge.EventDelegate`. */
    EventDelegate?: (new () => object) | undefined;
  }

  /** The widget, in a page whose script has run. Before, reading it throws a `ReferenceError`. */
  const personetics: Personetics;
  /** See `window.PersoWidget`. */
  const PersoWidget: object;
}
