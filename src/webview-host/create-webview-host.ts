import { onAbort } from '../abort.ts';
import { attempt, invalidCall, isFunction } from '../check.ts';
import { createEmitter } from '../emitter.ts';
import type { BridgeEvents } from '../index.ts';
import { DroppedHeaders } from '../requests/dropped-headers.ts';
import { BRIDGE_EVENTS, type InnerEvents } from '../requests/events.ts';
import { forgetLastMatch } from '../text/forget-last-match.ts';
import { checkEventName } from '../text/known-names.ts';
import type { SenderName } from '../transport/transport.ts';
import {
  isForHost,
  originOf,
  parseMessage,
  readHostCall,
  readHostMessage,
  refuseOrigin,
} from './host-messages.ts';
import { type HostSettings, readHostOptions, type WebViewHostOptions } from './host-options.ts';
import { Page } from './page.ts';

/** The `webView` of the vendor's documents: React Native's, or anything that runs a script in its page. */
export interface InjectableWebView {
  /** Runs a script in the page of the WebView. */
  injectJavaScript(script: string): unknown;
}

/**
 * A call as in the vendor's documents for React Native.
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

/** A host keeps no memory of its events. */
const EVENTS = /* @__PURE__ */ BRIDGE_EVENTS.filter((type) => type !== 'recent');

/** How many origins of the WebView's pages are answered at a time. */
const MOST_ORIGINS = 8;

/** The app's side of a widget in a WebView. All functions are bound, and no message of the page makes them throw. */
export interface WebViewHost {
  /**
   * Handles what the page has posted: the text of the message (`event.nativeEvent.data`), or the event itself. Ignores
   * messages that are not for the host.
   */
  readonly onMessage: (message: unknown) => void;
  /** For apps whose functions the widget calls by name: the reply goes to the WebView that comes with the call. */
  readonly sendRequestToPServer: HostSender;
  /** The same for Enrich. */
  readonly sendRequestToEnrichServer: HostSender;
  /** The same for Open Banking. */
  readonly sendRequestToOBServer: HostSender;
  /** Adds a handler of an event, and returns the function that removes it. The events are those of a `WidgetBridge`, without `recent`. */
  readonly on: <K extends Exclude<keyof BridgeEvents, 'recent'>>(
    type: K,
    handler: (event: BridgeEvents[K]) => void,
  ) => () => void;
  /**
   * Ends what the page has asked so far, with an `ABORTED` failure. Call it when the WebView begins to load another page
   * (`onLoadStart`), so that no request runs in vain. If the next page does not come, the old page has got its failure
   * replies, and what it asks later is answered.
   */
  readonly reset: () => void;
  /**
   * Ends the host: answers what is pending with a `DISPOSED` failure, and aborts it. Later calls are answered the same
   * way, and never sent. Idempotent.
   *
   * @param reason Becomes the `cause` of the errors.
   */
  readonly dispose: (reason?: unknown) => void;
  /** Disposes the host at the end of a `using` block, where the engine has `Symbol.dispose`. */
  [Symbol.dispose](): void;
}

/**
 * The app's side of a widget that runs in a WebView, for React Native and other apps that are written in JavaScript. The
 * host reads the messages that the page posts, sends each request over the transport, and injects each reply into the
 * page: complete, once, as data, and with the right `requestId`. If there is no reply, the page gets a failure reply.
 * The host needs no DOM.
 *
 * A reply reaches the function `handlePServerResponse` of the page's widget. In a page with a `WidgetBridge` over a
 * `nativeTransport`, this function is the bridge's entry point.
 *
 * The transport must resolve with the reply: a host has no entry point for replies that come another way.
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
  const pages = new Pages(readHostOptions(options));
  const { onMessage, reset, dispose } = pages;
  const host = {
    onMessage,
    sendRequestToPServer: pages.sender('sendRequestToPServer'),
    sendRequestToEnrichServer: pages.sender('sendRequestToEnrichServer'),
    sendRequestToOBServer: pages.sender('sendRequestToOBServer'),
    on: pages.on,
    reset,
    dispose,
  };
  return Object.assign(host, Symbol.dispose && { [Symbol.dispose]: () => dispose() }) as WebViewHost;
}

/** The pages of one host, by their origins and WebViews. */
class Pages {
  readonly emitter = createEmitter<InnerEvents>();
  readonly #settings: HostSettings;
  /** One for all pages, since WebViews that come with a call get a new page again and again. */
  readonly #droppedHeaders = new DroppedHeaders(this.emitter.emit);
  /** The pages that `inject` reaches, by their origins. The page that asked last is at the end. */
  readonly #main = new Map<string | undefined, Page>();
  /** The pages of WebViews that came with a call, as long as they wait for something. */
  readonly #others = new Map<InjectableWebView, Page>();
  #disposal: { readonly reason: unknown } | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(settings: HostSettings) {
    const { signal } = settings;
    this.#settings = settings;
    this.emitter.on('change', () => this.#forgetIdleSoon());
    this.#unsubscribe = onAbort(signal, () => this.dispose(signal?.reason));
  }

  readonly onMessage: WebViewHost['onMessage'] = (given) => {
    const { origins } = this.#settings;
    const message = parseMessage(given);
    if (!isForHost(message)) return;
    const error = refuseOrigin(message, origins);
    // A refused message belongs to none of the pages that are answered.
    const page = this.#mainPage(error ? undefined : originOf(message));
    page.handle(() => (error ? { error } : readHostMessage(message)));
  };

  readonly on: WebViewHost['on'] = (type, handler) => {
    checkEventName(type, EVENTS);
    return this.emitter.on(type, handler);
  };

  sender(name: SenderName): HostSender {
    return (webView, requestBodyParams) => {
      if (!attempt(() => isFunction(webView.injectJavaScript))) {
        const expected = 'a WebView with a function injectJavaScript';
        this.emitter.emit('failure', { error: invalidCall(name, expected, [webView]) });
        return;
      }
      const page = this.#others.get(webView) ?? this.#open((script) => webView.injectJavaScript(script));
      this.#others.set(webView, page);
      page.handle(() => readHostCall(name, requestBodyParams));
      this.#forgetIdleSoon();
    };
  }

  readonly reset = (): void => {
    if (this.#disposal) return;
    for (const page of this.#all()) page.startNext();
  };

  readonly dispose: WebViewHost['dispose'] = (reason) => {
    if (this.#disposal) return;
    this.#disposal = { reason };
    this.#unsubscribe?.(); // not set yet if the signal had aborted before
    for (const { requests } of this.#all()) requests.close(reason);
    forgetLastMatch();
  };

  #all(): Page[] {
    return [...this.#main.values(), ...this.#others.values()];
  }

  #open(inject: WebViewHostOptions['inject'], origin?: string | undefined): Page {
    const page = new Page(this.#settings, this.emitter, this.#droppedHeaders, inject, origin);
    if (this.#disposal) page.requests.close(this.#disposal.reason);
    return page;
  }

  #mainPage(origin: string | undefined): Page {
    const { inject, origins } = this.#settings;
    const page = this.#main.get(origin) ?? this.#open(inject, origins && origin);
    this.#main.delete(origin);
    this.#main.set(origin, page);
    const [oldest] = this.#main;
    if (oldest && this.#main.size > MOST_ORIGINS) {
      this.#main.delete(oldest[0]);
      if (!this.#disposal) oldest[1].startNext(); // ends what it has asked
    }
    return page;
  }

  /** Not at once: a new page waits for nothing yet. */
  #forgetIdleSoon(): void {
    if (!this.#others.size) return;
    Promise.resolve().then(() => {
      for (const [webView, { requests }] of this.#others) {
        if (!requests.getSnapshot().pending.length) this.#others.delete(webView);
      }
    });
  }
}
