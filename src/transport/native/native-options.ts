import { checkOption, checkSignal, isFunction, isNonEmptyString, isObject, isPlain } from '../../check.ts';
import { readWidgetHeaders } from '../../http/widget-headers.ts';
import { checkOptionNames, type NamesOf } from '../../text/known-names.ts';
import { type FlutterChannelNames, type FlutterChannels, flutterChannelsShell } from './flutter-channels.ts';
import { androidShell, flutterShell, iosShell, reactNativeShell } from './known-shells.ts';
import type { NativeShell } from './native-shell.ts';

/** The options of {@link nativeTransport}. */
export interface NativeTransportOptions {
  /**
   * The app around the page: iOS WKWebView, Android WebView, React Native, Flutter, or your own {@link NativeShell}.
   *
   * @default the first of these that is found for a message
   */
  shell?: 'ios' | 'android' | 'react-native' | 'flutter' | NativeShell | undefined;
  /**
   * For Flutter: the name of a JavaScript channel of webview_flutter, or of a handler of flutter_inappwebview. Not
   * `personetics`: on Android, the widget's own global replaces a channel of that name.
   *
   * An object, for an app with one channel for bodies and one for ids, as one was shipped. Requests then wait for each other,
   * and only those to PServer can be sent; see {@link FlutterChannels}.
   *
   * @default 'PersoneticsFlutter'
   * @example
   * ```ts
   * import { nativeTransport, WidgetBridge } from 'bankside';
   *
   * const transport = nativeTransport({
   *   shell: 'flutter',
   *   channel: { body: 'PassInsightInfo', id: 'sendRequestId', navigate: 'NavigateUser' },
   * });
   * const bridge = new WidgetBridge({ transport });
   * // That app answers by a function of the page.
   * Object.assign(window, { homeApp: { showResponse: bridge.handlePServerResponse } });
   * ```
   */
  channel?: string | FlutterChannels | undefined;
  /**
   * How long a message waits for the native side, in ms: it may be injected late. 0: not at all. After that, requests fail with
   * `NO_CHANNEL`. The timeout of a request may end it earlier.
   *
   * @default 5_000
   */
  readyTimeout?: number | undefined;
  /**
   * The names of the widget's headers that the app gets, in any case. The bridge reports the others as `droppedHeaders`. Headers
   * of tokens and of the connection are not allowed.
   *
   * @default ['accept', 'accept-language', 'content-language', 'content-type']
   */
  widgetHeaders?: readonly string[] | undefined;
  /** Disposes the transport when it aborts. */
  signal?: AbortSignal | undefined;
}

const OPTIONS: NamesOf<NativeTransportOptions> = {
  shell: true,
  channel: true,
  readyTimeout: true,
  widgetHeaders: true,
  signal: true,
};
const SHELL: NamesOf<NativeShell> = {
  bridge: true,
  isThere: true,
  takes: true,
  oneAtATime: true,
  takesHeaders: true,
  postRequest: true,
  postNotice: true,
};
const CHANNELS: NamesOf<FlutterChannels> = { body: true, id: true, navigate: true };

/** The checked options, with defaults. */
interface NativeSettings {
  /** In the order in which they are looked for. */
  readonly shells: readonly NativeShell[];
  readonly readyTimeout: number;
  /** The widget's headers that are sent, in lower case. */
  readonly widgetHeaders: ReadonlySet<string>;
  readonly signal: AbortSignal | undefined;
}

/** @throws INVALID_OPTIONS naming the first option that does not fit. */
export function readNativeOptions(options: NativeTransportOptions): NativeSettings {
  checkOptionNames(options, OPTIONS);
  const { shell, channel, readyTimeout = 5_000, signal } = options ?? {};
  const mayHaveChannel = shell === undefined || shell === 'flutter';
  checkOption(channel === undefined || mayHaveChannel, 'channel', 'none, as it is only for Flutter', channel);
  const isTime = Number.isFinite(readyTimeout) && readyTimeout >= 0;
  checkOption(isTime, 'readyTimeout', 'a number of ms, 0 or more', readyTimeout);
  if (signal) checkSignal(signal);
  const known: Readonly<Record<string, NativeShell>> = {
    ios: iosShell,
    android: androidShell,
    'react-native': reactNativeShell,
    flutter: readFlutterShell(channel),
  };
  const given = typeof shell === 'string' && Object.hasOwn(known, shell) ? known[shell] : shell;
  // An instance of a class of the page may have further members.
  if (isObject(shell) && isPlain(shell)) checkOptionNames(shell, SHELL, 'shell.');
  const expected = "'ios', 'android', 'react-native', 'flutter' or a NativeShell";
  checkOption(given === undefined || isShell(given), 'shell', expected, shell);
  return {
    shells: isShell(given) ? [given] : Object.values(known),
    readyTimeout,
    widgetHeaders: readWidgetHeaders(options?.widgetHeaders),
    signal,
  };
}

function readFlutterShell(channel: NativeTransportOptions['channel'] = 'PersoneticsFlutter'): NativeShell {
  if (typeof channel === 'object' && channel !== null) return flutterChannelsShell(readChannels(channel));
  checkOption(isNonEmptyString(channel), 'channel', 'a name, or { body, id, navigate }', channel);
  return flutterShell(channel);
}

function readChannels(channels: FlutterChannels): FlutterChannelNames {
  checkOptionNames(channels, CHANNELS, 'channel.');
  const { body = 'PassInsightInfo', id = 'sendRequestId', navigate = 'NavigateUser' } = channels;
  checkOption(isNonEmptyString(body), 'channel.body', 'a name', body);
  const isOtherId = isNonEmptyString(id) && id !== body;
  checkOption(isOtherId, 'channel.id', 'another name than that of channel.body', id);
  const isThird = isNonEmptyString(navigate) && navigate !== body && navigate !== id;
  const expected = 'a name that no other channel has, or false';
  checkOption(navigate === false || isThird, 'channel.navigate', expected, navigate);
  return { body, id, navigate };
}

function isShell(value: unknown): value is NativeShell {
  const shell = (value ?? {}) as Partial<NativeShell>;
  const { bridge, isThere, takes, oneAtATime, postRequest, postNotice } = shell;
  const isComplete = [isThere, postRequest, postNotice, takes ?? isThere].every(isFunction);
  return isComplete && isNonEmptyString(bridge) && typeof (oneAtATime ?? false) === 'boolean';
}
