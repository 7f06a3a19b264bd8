import { checkOption, checkSignal, isFunction } from '../check.ts';
import { callSafely } from '../emitter.ts';
import { passingHeaders, readWidgetHeaders } from '../http/widget-headers.ts';
import type { BridgeOptions } from '../index.ts';
import { type RequestSettings, readRequestOptions } from '../requests/request-options.ts';
import { checkOptionNames, type NamesOf } from '../text/known-names.ts';
import type { Transport } from '../transport/transport.ts';
import { asciiJson, type HostReplyForm, type ReplyScriptOptions } from './reply-scripts.ts';

/** The options of {@link createWebViewHost}: some of a bridge, and how to reach the WebView. */
export interface WebViewHostOptions
  extends Pick<BridgeOptions, 'transport' | 'timeout' | 'maxPending' | 'failureReply' | 'signal'> {
  /**
   * Runs a script in the WebView's page. It is called with the scripts of a reply, one after the other, and must run
   * them in that order. If it throws, the reply is a `NO_CHANNEL` failure. What it throws, or rejects with, is reported
   * with the app's other uncaught errors.
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
   * What the page's reply function gets: Base64 of UTF-8 JSON, as from the hosts that banks published; JSON text, as the
   * vendor's documents say; or the parsed object, as on web pages. A page with a `WidgetBridge` and a transport for
   * native shells reads all three.
   *
   * @default 'base64'
   */
  reply?: HostReplyForm | undefined;
  /**
   * The widget in the page, whose `handlePServerResponse` (or else `handleServerResponse`) gets the replies: a global
   * name, or a path of names.
   *
   * @default 'personetics'
   */
  widget?: string | undefined;
  /**
   * How many characters of a reply's JSON text one script may hold. Longer replies are sent in pieces. Escapes may double
   * the characters, and the script adds less than 1,500 characters of code. Some WebViews refuse scripts of more than
   * 2,097,152 characters, and others become slow before that.
   *
   * @default 262_144
   */
  pieceSize?: number | undefined;
  /**
   * The origins of the pages whose messages are accepted. Others are refused, with a `failure` event. The text of a
   * message does not say where it comes from, so with this option `onMessage` needs the whole event, with its
   * `nativeEvent.url`. A reply does nothing in a page of another origin than the page that asked.
   *
   * @default any. The app itself must then make sure that the WebView loads only the bank's pages
   */
  origins?: readonly string[] | undefined;
  /**
   * Which of the widget's headers reach the transport, by their names, in any case. The others are left out, and their
   * names are emitted in a `droppedHeaders` event. Headers of tokens and of the connection are not allowed here.
   *
   * @default ['accept', 'accept-language', 'content-language', 'content-type']
   */
  widgetHeaders?: readonly string[] | undefined;
  /**
   * Called for messages that are not requests: session events, navigation and others. The host also emits them as events.
   * The page chooses both name and data: nothing that protects the user may depend on them alone.
   *
   * @param name From the page: `sessionEnded`, `navigateToPage`, …
   * @param data What came with it; the whole message if nothing did. A page with a `nativeTransport` posts
   *   `{ requestString, data }`, and for `sessionEnded` `{ requestString, widgetType }`.
   */
  onNotice?: ((name: string, data: unknown) => unknown) | undefined;
}

const OPTIONS: NamesOf<WebViewHostOptions> = {
  transport: true,
  timeout: true,
  maxPending: true,
  failureReply: true,
  signal: true,
  inject: true,
  reply: true,
  widget: true,
  pieceSize: true,
  origins: true,
  widgetHeaders: true,
  onNotice: true,
};

/** The options as checked. */
export interface HostSettings extends RequestSettings {
  readonly inject: WebViewHostOptions['inject'];
  readonly origins: readonly string[] | undefined;
  readonly signal: AbortSignal | undefined;
  readonly script: ReplyScriptOptions;
}

/** @throws INVALID_OPTIONS naming the first option that does not fit. */
export function readHostOptions(options: WebViewHostOptions): HostSettings {
  checkOptionNames(options, OPTIONS);
  const settings = readRequestOptions({ ...options, reply: asciiJson });
  const { inject, onNotice, origins, signal, widgetHeaders } = options;
  const { reply: form = 'base64', widget = 'personetics', pieceSize = 262_144 } = options;
  if (signal) checkSignal(signal);
  checkOption(isFunction(inject), 'inject', 'a function that runs a script in the WebView', inject);
  checkOption(['base64', 'json', 'object'].includes(form), 'reply', "'base64', 'json' or 'object'", form);
  checkOption(isPath(widget), 'widget', "a global name or a path of names, such as 'personetics'", widget);
  checkOption(Number.isInteger(pieceSize) && pieceSize > 0, 'pieceSize', 'a positive integer', pieceSize);
  const areOrigins = origins === undefined || (Array.isArray(origins) && origins.every(isOrigin));
  const expected = "an array of origins as a browser writes them, such as 'https://bank.example'";
  checkOption(areOrigins, 'origins', expected, origins);
  checkOption(onNotice === undefined || isFunction(onNotice), 'onNotice', 'a function', onNotice);
  return {
    ...settings,
    transport: forPages(settings.transport, readWidgetHeaders(widgetHeaders), onNotice),
    inject,
    origins,
    signal,
    script: { form, widget, pieceSize },
  };
}

/**
 * The app's transport, restricted for pages. Any frame of the WebView can post messages, so headers that may name a user
 * are left out. Notices reach the app, and the transport if it has `notify`.
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
      callSafely(() => transport.notify?.(name, data));
    },
  };
}

/** The path becomes code in the page, so only names are allowed. */
function isPath(widget: unknown): boolean {
  return typeof widget === 'string' && /^[a-z_$][\w$]*(\.[a-z_$][\w$]*)*$/i.test(widget);
}

/** Browsers write hosts in lower case ASCII, without default ports. No message ever has an origin of another form. */
const NEVER_SENT = /^https?:.*[^\w.:[\]/-]|^https?:.*[A-Z]|^https:.*:443$|^http:.*:80$/;

function isOrigin(origin: unknown): boolean {
  if (typeof origin !== 'string' || NEVER_SENT.test(origin)) return false;
  return /^[a-z][a-z\d+.-]*:\/\/[^\s/?#@\\]*$/.test(origin);
}
