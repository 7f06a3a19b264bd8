import { attempt, isFunction } from '../../check.ts';
import { toJson } from '../../text/stringify.ts';
import type { NativeRequest, NativeShell } from './native-shell.ts';

/** What native sides put on a page's window. Odd ones, and getters that throw, are to be expected. */
interface NativeWindow {
  readonly webkit?: { readonly messageHandlers?: Readonly<Record<string, Postable | undefined>> };
  readonly PersoneticsAndroid?: Readonly<Record<string, (...args: string[]) => unknown>>;
  readonly ReactNativeWebView?: Postable;
  readonly flutter_inappwebview?: { readonly callHandler?: (name: string, json: string) => unknown };
}

interface Postable {
  readonly postMessage?: (json: string) => unknown;
}

/** The fields of a message about a request, in their order; of a notice, the first alone. */
type Fields = Partial<Omit<NativeRequest, 'sender'>>;

const page = globalThis as NativeWindow;

/** iOS, WKWebView. [seen] but for `requestHeaders` and Open Banking, which are ours. */
export const iosShell: NativeShell = /* @__PURE__ */ textShell(
  'window.webkit.messageHandlers.personeticsApple',
  () => poster(page.webkit?.messageHandlers?.['personeticsApple']),
  (name, fields) => ({ sender: 'personetics', requestType: name, requestInformation: fields }),
);

/** React Native. [seen] but for `requestHeaders` and Open Banking, which are ours. */
export const reactNativeShell: NativeShell = /* @__PURE__ */ textShell(
  'window.ReactNativeWebView',
  () => poster(page.ReactNativeWebView),
  nameFirst,
);

/** Flutter with one channel, whose name and message nobody has published: it gets React Native's message. */
export function flutterShell(channel: string): NativeShell {
  const bridge = `window.${channel} or window.flutter_inappwebview`;
  return textShell(bridge, () => flutterChannel(channel), nameFirst);
}

/**
 * A channel of webview_flutter, or a handler of flutter_inappwebview, if there is one. On iOS a channel is found even
 * where a script has taken its name.
 */
export function flutterChannel(name: string): ((text: string) => unknown) | undefined {
  const channels = page as Readonly<Record<string, Postable | undefined>>;
  const { flutter_inappwebview: app } = page;
  return (
    poster(channels[name]) ??
    poster(page.webkit?.messageHandlers?.[name]) ??
    (isFunction(app?.callHandler) ? (text) => app.callHandler?.(name, text) : undefined)
  );
}

/** The notices that the vendor's published delegate calls Java with two arguments for, the second without a value. */
const PUBLISHED_WITH_ID: ReadonlySet<string> = /* @__PURE__ */ new Set(['sessionEnded', 'sessionError']);

/**
 * Android, WebView: an injected Java object with a function for each name. [seen] but for the headers and Open
 * Banking, which are ours.
 *
 * A Java function is found by its name and by how many arguments it is called with; where there is none for so
 * many, the call throws "Method not found" before anything has run (Chromium, android_webview/docs/java-bridge.md).
 * So native code that does not know of headers, or takes an id for a notice or none, is called as it wants.
 */
export const androidShell: NativeShell = {
  bridge: 'window.PersoneticsAndroid',
  // Of its senders one at least: an element of the page may have that id.
  isThere: () => ['P', 'Enrich', 'OB'].some((server) => hasJava(`sendRequestTo${server}Server`)),
  takes: hasJava,
  postRequest({ sender, requestData, requestId, requestHeaders }) {
    const text = typeof requestData === 'string' ? requestData : toJson(requestData);
    const published = [text, requestId];
    callJava(sender, requestHeaders ? [[...published, toJson(requestHeaders)], published] : [published]);
  },
  postNotice(name, data) {
    const alone = [toJson(data)];
    const withId = [...alone, ''];
    callJava(name, PUBLISHED_WITH_ID.has(name) ? [withId, alone] : [alone, withId]);
  },
};

function hasJava(name: string): boolean {
  return attempt(() => isFunction(page.PersoneticsAndroid?.[name])) ?? false;
}

/** Called as a function of its object, without which Java refuses. What it returns is void, as published. */
function callJava(name: string, [args = [], ...others]: readonly (readonly string[])[]): void {
  try {
    (page.PersoneticsAndroid as Required<NativeWindow>['PersoneticsAndroid'])[name]?.(...args);
  } catch (error) {
    const isUnknown = attempt(() => /Method not found/.test((error as Error).message));
    if (!isUnknown || !others[0]) throw error;
    callJava(name, others);
  }
}

/** A shell that takes one text for each message. */
function textShell(
  bridge: string,
  find: () => ((json: string) => unknown) | undefined,
  message: (name: string, fields: Fields) => object,
): NativeShell {
  const post = (name: string, fields: Fields): unknown => {
    const json = toJson(message(name, fields));
    return (find() as (json: string) => unknown)(json); // throws if it is gone again
  };
  return {
    bridge,
    isThere: () => !!attempt(find),
    postRequest: ({ sender, requestData, requestId, requestHeaders }) =>
      post(sender, { requestData, requestId, requestHeaders }),
    postNotice: (name, requestData) => post(name, { requestData }),
  };
}

function nameFirst(requestString: string, fields: Fields): object {
  return { requestString, ...fields };
}

/** Called as a function of its object, without which WebKit refuses. */
function poster(object: Postable | null | undefined): ((json: string) => unknown) | undefined {
  return isFunction(object?.postMessage) ? (json) => object.postMessage?.(json) : undefined;
}
