import { type BridgeOptions, type BridgeSettings, readBridgeOptions } from '../bridge/bridge-options.ts';
import { checkOption, isFunction } from '../check.ts';
import { callSafely } from '../emitter.ts';
import { passingHeaders, readWidgetHeaders } from '../http/widget-headers.ts';
import type { Transport } from '../transport/transport.ts';
import { asciiJson, type HostReplyForm, type ReplyScriptOptions } from './reply-scripts.ts';

/** What {@link createWebViewHost} is made with: what a bridge is, and how the WebView is reached. */
export interface WebViewHostOptions
  extends Pick<BridgeOptions, 'transport' | 'timeout' | 'maxPending' | 'failureReply' | 'signal'> {
  /**
   * Runs a script in the WebView's page. It is called with the scripts of a reply, one after the other, and must run
   * them in that order. A reply whose script it throws for is a `NO_CHANNEL` failure; what it throws, or rejects
   * with, goes where the app's other uncaught errors go.
   *
   * @example
   * ```ts
   * import type { WebViewHostOptions } from 'bankside/webview-host';
   *
   * declare const webView: { current: { injectJavaScript(script: string): void } | null };
   * const inject: WebViewHostOptions['inject'] = (script) => webView.current?.injectJavaScript(script);
   * ```
   */
  inject: (script: string) => unknown;
  /**
   * What the page's reply function gets: Base64 of UTF-8 JSON, as the hosts give it that banks published; JSON text,
   * as the vendor's documents say; or the parsed object, as pages on the web get it. A page with a `WidgetBridge` and a
   * transport for native shells reads all three.
   *
   * @default 'base64'
   */
  reply?: HostReplyForm | undefined;
  /**
   * Where the page has the widget whose `handlePServerResponse` (or else `handleServerResponse`) takes the replies: a
   * global name, or a path of names.
   *
   * @default 'personetics'
   */
  widget?: string | undefined;
  /**
   * How many characters of a reply's JSON text one script may hold; longer replies go in pieces. Escapes may double
   * them, and less than 1,500 characters of code come with them. Some WebViews take no script of more than 2,097,152
   * characters, and others become slow before.
   *
   * @default 262_144
   */
  pieceSize?: number | undefined;
  /**
   * Whose messages are taken: the origins of pages. Others are refused, and told as a `failure` event. The text of a
   * message does not say where it comes from, so `onMessage` must then be given the whole event, with its
   * `nativeEvent.url`. A reply to them does nothing in a page of another origin than the one that asked.
   *
   * @default any, so that the app itself must let the WebView load nothing but the bank's pages
   */
  origins?: readonly string[] | undefined;
  /**
   * Which of the widget's headers reach the transport, by their names, in any case. The others are left out, and their
   * names told as a `droppedHeaders` event. Those of tokens and of the connection cannot be named.
   *
   * @default ['accept', 'accept-language', 'content-language', 'content-type']
   */
  widgetHeaders?: readonly string[] | undefined;
  /**
   * Is told what is no request: session events, navigation and whatever else the widget says. The same is told as
   * events. Both name and data are whatever the page says: nothing that protects the user may depend on them alone.
   *
   * @param name As the page gave it: `sessionEnded`, `navigateToPage`, …
   * @param data What came with it; the whole message if nothing did. A page with a `nativeTransport` posts
   *   `{ requestString, data }`, and for `sessionEnded` `{ requestString, widgetType }`.
   */
  onNotice?: ((name: string, data: unknown) => unknown) | undefined;
}

/** The options as checked. */
export interface HostSettings extends BridgeSettings {
  readonly inject: WebViewHostOptions['inject'];
  readonly origins: readonly string[] | undefined;
  readonly script: ReplyScriptOptions;
}

/** @throws INVALID_OPTIONS naming the first option that does not fit. */
export function readHostOptions(options: WebViewHostOptions): HostSettings {
  const settings = readBridgeOptions({ ...options, reply: asciiJson });
  const { inject, onNotice, origins, widgetHeaders } = options;
  const { reply: form = 'base64', widget = 'personetics', pieceSize = 262_144 } = options;
  checkOption(isFunction(inject), 'inject', 'a function that runs a script in the WebView', inject);
  checkOption(['base64', 'json', 'object'].includes(form), 'reply', "'base64', 'json' or 'object'", form);
  checkOption(isPath(widget), 'widget', "a global name or a path of names, such as 'personetics'", widget);
  checkOption(Number.isInteger(pieceSize) && pieceSize > 0, 'pieceSize', 'a positive integer', pieceSize);
  const areOrigins = origins === undefined || (Array.isArray(origins) && origins.every(isOrigin));
  checkOption(
    areOrigins,
    'origins',
    "an array of origins as a browser writes them, such as 'https://bank.example'",
    origins,
  );
  checkOption(onNotice === undefined || isFunction(onNotice), 'onNotice', 'a function', onNotice);
  const { transport } = settings;
  return {
    ...settings,
    transport: forPages(transport, readWidgetHeaders(widgetHeaders), onNotice),
    inject,
    origins,
    script: { form, widget, pieceSize },
  };
}

/**
 * The app's transport, as a page may use it: any frame of the WebView can post, so that no header that names a user
 * reaches it. What is no request goes to the app as well as to the transport, if that wants it.
 */
function forPages(
  transport: Transport,
  allowed: ReadonlySet<string>,
  onNotice: WebViewHostOptions['onNotice'],
): Transport {
  return {
    send(request, context) {
      const { passed, dropped } = passingHeaders(request.headers, allowed);
      if (dropped.length) context.dropped?.(dropped);
      return transport.send({ ...request, headers: passed }, context);
    },
    notify(name, data) {
      callSafely(() => onNotice?.(name, data));
      transport.notify?.(name, data);
    },
  };
}

/** It becomes code in the page, so nothing but names. */
function isPath(widget: unknown): boolean {
  return typeof widget === 'string' && /^[a-z_$][\w$]*(\.[a-z_$][\w$]*)*$/i.test(widget);
}

/** Browsers write hosts in small letters of ASCII, and leave default ports out: no message would come from such an origin. */
const NEVER_TOLD = /^https?:.*[^\w.:[\]/-]|^https?:.*[A-Z]|^https:.*:443$|^http:.*:80$/;

function isOrigin(origin: unknown): boolean {
  if (typeof origin !== 'string' || NEVER_TOLD.test(origin)) return false;
  return /^[a-z][a-z\d+.-]*:\/\/[^\s/?#@\\]*$/.test(origin);
}
