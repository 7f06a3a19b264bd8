import { attempt, isFunction } from '../../check.ts';
import { toJson } from '../../text/stringify.ts';
import { SENDERS } from '../transport.ts';
import type { NativeRequest, NativeShell } from './native-shell.ts';
import { ANDROID_TWO_ARGUMENTS } from './notices.ts';

/** What native sides add to a page's window. Values may have other types, and getters may throw. */
interface NativeWindow {
  readonly webkit?: { readonly messageHandlers?: Readonly<Record<string, Postable | undefined>> };
  readonly PersoneticsAndroid?: Readonly<Record<string, (...args: string[]) => unknown>>;
  readonly ReactNativeWebView?: Postable;
  readonly flutter_inappwebview?: { readonly callHandler?: (name: string, json: string) => unknown };
}

interface Postable {
  readonly postMessage?: (json: string) => unknown;
}

/** The fields of a request's message, in this order. A notice only has the first. */
type Fields = Partial<Omit<NativeRequest, 'sender'>>;

const page = globalThis as NativeWindow;

/** iOS, WKWebView. As published, except `requestHeaders` and Open Banking. */
export const iosShell: NativeShell = /* @__PURE__ */ textShell(
  'window.webkit.messageHandlers.personeticsApple',
  () => poster(page.webkit?.messageHandlers?.['personeticsApple']),
  (name, fields) => ({ sender: 'personetics', requestType: name, requestInformation: fields }),
);

/** React Native. As published, except `requestHeaders` and Open Banking. */
export const reactNativeShell: NativeShell = /* @__PURE__ */ textShell(
  'window.ReactNativeWebView',
  () => poster(page.ReactNativeWebView),
  nameFirst,
);

/** Flutter with one channel. Its message is not published, and is that of React Native here. */
export function flutterShell(channel: string): NativeShell {
  const bridge = `window.${channel} or window.flutter_inappwebview`;
  return textShell(bridge, () => flutterChannel(channel), nameFirst);
}

/**
 * Finds a channel of webview_flutter, or a handler of flutter_inappwebview. On iOS a channel is also a message handler, which is
 * there even if a script has replaced the global of that name.
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

/**
 * Android, WebView: an injected Java object with a function for each name. As published, except headers and Open Banking.
 *
 * A Java function is found by its name and its number of arguments. If there is none, the call throws "Method not found" before
 * anything runs (Chromium, android_webview/docs/java-bridge.md), and is repeated with another number of arguments. So native code
 * may have a parameter for headers, or for the id of a notice, or none.
 */
export const androidShell: NativeShell = {
  bridge: 'window.PersoneticsAndroid',
  // An element of the page with that id is a global too, but has no sender.
  isThere: () => Object.values(SENDERS).some(hasJava),
  takes: hasJava,
  postRequest({ sender, requestData, requestId, requestHeaders }) {
    const text = typeof requestData === 'string' ? requestData : toJson(requestData);
    const published = [text, requestId];
    callJava(sender, requestHeaders ? [[...published, toJson(requestHeaders)], published] : [published]);
  },
  postNotice(name, data) {
    const one = [toJson(data)];
    const two = [...one, ''];
    callJava(name, ANDROID_TWO_ARGUMENTS.has(name) ? [two, one] : [one, two]);
  },
};

function hasJava(name: string): boolean {
  return attempt(() => isFunction(page.PersoneticsAndroid?.[name])) ?? false;
}

/** Calls a Java function, as a member of its object. Its result is ignored: the published functions return nothing. */
function callJava(name: string, [args = [], ...others]: readonly (readonly string[])[]): void {
  try {
    (page.PersoneticsAndroid as Required<NativeWindow>['PersoneticsAndroid'])[name]?.(...args);
  } catch (error) {
    const isUnknown = attempt(() => /Method not found/.test((error as Error).message));
    if (!isUnknown || !others[0]) throw error;
    callJava(name, others);
  }
}

/** A shell that gets each message as one string. */
function textShell(
  bridge: string,
  find: () => ((json: string) => unknown) | undefined,
  message: (name: string, fields: Fields) => object,
): NativeShell {
  const post = (name: string, fields: Fields): unknown => {
    const json = toJson(message(name, fields));
    return (find() as (json: string) => unknown)(json); // throws if the shell is gone
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

/** Calls `postMessage` as a member of its object, as WebKit requires. */
function poster(object: Postable | null | undefined): ((json: string) => unknown) | undefined {
  return isFunction(object?.postMessage) ? (json) => object.postMessage?.(json) : undefined;
}
