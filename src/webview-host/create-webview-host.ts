import { onAbort } from '../abort.ts';
import type { BridgeEvents, InnerEvents } from '../bridge/bridge-events.ts';
import { createDroppedHeaders } from '../bridge/dropped-headers.ts';
import { invalidCall, isFunction } from '../check.ts';
import { createEmitter } from '../emitter.ts';
import { forgetLastMatch } from '../text/forget-last-match.ts';
import {
  isWidgets,
  openMessage,
  originOf,
  readHostCall,
  readHostMessage,
  refuseStranger,
} from './host-messages.ts';
import { readHostOptions, type WebViewHostOptions } from './host-options.ts';
import { openPage, type Page } from './open-page.ts';

/** What the documents call `webView`: React Native's, or anything that runs a script in its page. */
export interface InjectableWebView {
  /** Runs a script in the page of the WebView. */
  injectJavaScript(script: string): unknown;
}

/**
 * A call as the vendor's documents write it for React Native.
 *
 * @param webView Gets the reply.
 * @param requestBodyParams The body, with the `requestId` in it; or `{ requestId, requestData, requestHeaders }`. A
 *   Map, an object, or JSON text.
 * @param context The app context with the `startWidget` configuration. Not read: the transport knows the user.
 */
export type HostSender = (
  webView: InjectableWebView,
  requestBodyParams: ReadonlyMap<string, unknown> | object | string,
  context?: unknown,
) => void;

/** So many origins of one WebView's pages are answered at a time. */
const MOST_ORIGINS = 8;

/** The app's side of a widget in a WebView. All functions are bound, and none throws at what the page says. */
export interface WebViewHost {
  /**
   * Takes what the page has posted: the text of the message (`event.nativeEvent.data`), or the event itself. Of what
   * is not the widget's, nothing is told.
   */
  readonly onMessage: (message: unknown) => void;
  /** For an app that is called by name: the reply goes to the WebView that comes with the call. */
  readonly sendRequestToPServer: HostSender;
  /** The same for Enrich. */
  readonly sendRequestToEnrichServer: HostSender;
  /** The same for Open Banking. */
  readonly sendRequestToOBServer: HostSender;
  /** Adds a handler of an event, and returns the function that removes it. The events are those of a `WidgetBridge`. */
  readonly on: <K extends keyof BridgeEvents>(
    type: K,
    handler: (event: BridgeEvents[K]) => void,
  ) => () => void;
  /**
   * Ends what the page has asked so far, with an `ABORTED` failure. For when the WebView begins to load another page
   * (`onLoadStart`), so that nothing is sent in vain. The failure replies, like all replies, are for a page that was there
   * when the request was asked: a page that stays, since the next one did not come, waits for nothing; and what it asks
   * meanwhile is answered.
   */
  readonly reset: () => void;
  /**
   * Ends the host: answers what is pending with a `DISPOSED` failure and aborts it. A call after it is answered the
   * same way, and never sent. Idempotent.
   *
   * @param reason Becomes the `cause` of the errors.
   */
  readonly dispose: (reason?: unknown) => void;
  /** Disposes the host at the end of a `using` block, where the engine has `Symbol.dispose`. */
  [Symbol.dispose](): void;
}

/**
 * The app's side of a widget that runs in a WebView, for React Native and other hosts that are written in JavaScript:
 * it takes the messages that the page posts, sends each request over the transport, and injects each reply into the
 * page: whole, once, as data, and with the right `requestId`; a failure reply where there is no other. It needs no
 * DOM.
 *
 * A reply reaches the function `handlePServerResponse` of the page's widget. A page that has a `WidgetBridge` of its
 * own, over a `nativeTransport`, has the bridge's door there.
 *
 * The transport must resolve with the reply, since a host has no door for one that comes another way. In an engine
 * without `atob` and `TextDecoder` it cannot be Base64.
 *
 * @throws BanksideError `INVALID_OPTIONS`, naming the option.
 * @example
 * ```ts
 * import type { Transport } from 'bankside';
 * import { createWebViewHost } from 'bankside/webview-host';
 *
 * declare const transport: Transport;
 * declare const webView: { current: { injectJavaScript(script: string): void } | null };
 * declare const navigate: (page: unknown) => void;
 *
 * export const host = createWebViewHost({
 *   transport,
 *   inject: (script) => webView.current?.injectJavaScript(script),
 *   origins: ['https://widget.bank.example'],
 *   onNotice: (name, data) => {
 *     if (name === 'navigateToPage') navigate(data);
 *   },
 * });
 * // <WebView ref={webView} onMessage={host.onMessage} onLoadStart={host.reset} … />
 * ```
 */
export function createWebViewHost(options: WebViewHostOptions): WebViewHost {
  const settings = readHostOptions(options);
  const { origins, signal } = settings;
  const emitter = createEmitter<InnerEvents>();
  /** Of all pages, as those of WebViews that came with a call are opened again and again. */
  const droppedHeaders = createDroppedHeaders(emitter.emit);
  /** The pages that `inject` reaches, by their origins, the one that asked last at the end. */
  const main = new Map<string | undefined, Page>();
  /** Those of the WebViews that came with a call, as long as they wait for something. */
  const others = new Map<InjectableWebView, Page>();
  let disposal: { readonly reason: unknown } | undefined;
  let letGo: (() => void) | undefined;

  function open(inject: WebViewHostOptions['inject'], origin?: string | undefined): Page {
    const page = openPage(settings, emitter, droppedHeaders, inject, origin);
    if (disposal) page.exchange.close(disposal.reason);
    return page;
  }

  function mainPage(origin: string | undefined): Page {
    const page = main.get(origin) ?? open(settings.inject, origins && origin);
    main.delete(origin);
    main.set(origin, page);
    const [oldest] = main;
    if (oldest && main.size > MOST_ORIGINS) {
      main.delete(oldest[0]);
      if (!disposal) oldest[1].turn(); // it has nothing left to end then
    }
    return page;
  }

  function pageOf(webView: InjectableWebView): Page {
    const page = others.get(webView) ?? open((script) => webView.injectJavaScript(script));
    others.set(webView, page);
    return page;
  }

  const pages = (): Page[] => [...main.values(), ...others.values()];

  const forgetIdle = (): void => {
    for (const [webView, { exchange }] of others) {
      if (!exchange.getSnapshot().pending.length) others.delete(webView);
    }
  };
  /** Not at once: a page that is just opened waits for nothing yet. */
  const forgetIdleSoon = (): void => {
    if (others.size) Promise.resolve().then(forgetIdle);
  };

  const sender = (name: string): HostSender => {
    return (webView, requestBodyParams) => {
      if (!isFunction(webView?.injectJavaScript)) {
        const expected = 'a WebView with a function injectJavaScript';
        emitter.emit('failure', { error: invalidCall(name, expected, [webView]) });
        return;
      }
      pageOf(webView).take(() => readHostCall(name, requestBodyParams));
      forgetIdleSoon();
    };
  };

  const onMessage: WebViewHost['onMessage'] = (given) => {
    const message = openMessage(given);
    if (!isWidgets(message)) return;
    const error = refuseStranger(message, origins);
    // A stranger's message belongs to none of the pages that are answered.
    mainPage(error ? undefined : originOf(message)).take(() =>
      error ? { error } : readHostMessage(message),
    );
  };

  const reset = (): void => {
    if (disposal) return;
    for (const page of pages()) page.turn();
  };

  const dispose: WebViewHost['dispose'] = (reason) => {
    if (disposal) return;
    disposal = { reason };
    letGo?.(); // not there yet where the signal had aborted before
    for (const { exchange } of pages()) exchange.close(reason);
    forgetLastMatch();
  };

  emitter.on('change', forgetIdleSoon);
  letGo = onAbort(signal, () => dispose(signal?.reason));

  const host = {
    onMessage,
    sendRequestToPServer: sender('sendRequestToPServer'),
    sendRequestToEnrichServer: sender('sendRequestToEnrichServer'),
    sendRequestToOBServer: sender('sendRequestToOBServer'),
    on: emitter.on as WebViewHost['on'],
    reset,
    dispose,
  };
  return Object.assign(host, Symbol.dispose && { [Symbol.dispose]: () => dispose() }) as WebViewHost;
}
