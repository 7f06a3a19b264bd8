import { checkOption, isFunction, isSignal } from '../../check.ts';
import { readWidgetHeaders } from '../../http/widget-headers.ts';
import { type FlutterChannelNames, type FlutterChannels, flutterChannelsShell } from './flutter-channels.ts';
import { androidShell, flutterShell, iosShell, reactNativeShell } from './known-shells.ts';
import type { NativeShell } from './native-shell.ts';

/** What {@link nativeTransport} is made with. */
export interface NativeTransportOptions {
  /**
   * What the page is in: iOS WKWebView, Android WebView, React Native, Flutter, or a {@link NativeShell} that you
   * write.
   *
   * @default the first of these that is there when something is sent
   */
  shell?: 'ios' | 'android' | 'react-native' | 'flutter' | NativeShell | undefined;
  /**
   * Flutter's name for the way to it: of a JavaScript channel of webview_flutter, or of a handler of
   * flutter_inappwebview. Not `personetics`: on Android, the widget's own global takes the place of a channel of
   * that name.
   *
   * An object for an app that takes bodies and ids over two channels, as one was shipped. Requests then wait for
   * each other, and only those to PServer go; see {@link FlutterChannels}.
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
   * // That app answers through a function of the page.
   * Object.assign(window, { homeApp: { showResponse: bridge.handlePServerResponse } });
   * ```
   */
  channel?: string | FlutterChannels | undefined;
  /**
   * How long to wait, in ms, for a native side that is not there yet, as it may be injected late. 0: not at all.
   * After that, requests fail with `NO_CHANNEL`. It ends with the request's own timeout, if that is earlier.
   *
   * @default 5_000
   */
  readyTimeout?: number | undefined;
  /**
   * The names of the widget's headers that the app gets, whichever shell it is. The others are left out, and told by
   * the event `droppedHeaders`; those of tokens and of the connection cannot be named.
   *
   * @default ['accept', 'accept-language', 'content-language', 'content-type']
   */
  widgetHeaders?: readonly string[] | undefined;
  /** Disposes the transport when it aborts. */
  signal?: AbortSignal | undefined;
}

/** The options as checked, with their defaults. */
export interface NativeSettings {
  /** Those to look for, in this order. */
  readonly shells: readonly NativeShell[];
  readonly readyTimeout: number;
  /** In lower case. */
  readonly widgetHeaders: ReadonlySet<string>;
  readonly signal: AbortSignal | undefined;
}

/** @throws INVALID_OPTIONS naming the first option that does not fit. */
export function readNativeOptions(options: NativeTransportOptions): NativeSettings {
  const { shell, channel, readyTimeout = 5_000, signal } = options ?? {};
  checkOption(
    channel === undefined || shell === undefined || shell === 'flutter',
    'channel',
    'none, as only that of Flutter has a name to choose',
    channel,
  );
  checkOption(
    Number.isFinite(readyTimeout) && readyTimeout >= 0,
    'readyTimeout',
    'a number of ms, 0 or more',
    readyTimeout,
  );
  checkOption(!signal || isSignal(signal), 'signal', 'an AbortSignal', signal);
  const known: Readonly<Record<string, NativeShell>> = {
    ios: iosShell,
    android: androidShell,
    'react-native': reactNativeShell,
    flutter: readFlutterShell(channel),
  };
  const given = typeof shell === 'string' && Object.hasOwn(known, shell) ? known[shell] : shell;
  checkOption(
    given === undefined || isShell(given),
    'shell',
    "'ios', 'android', 'react-native', 'flutter' or a NativeShell",
    shell,
  );
  return {
    shells: isShell(given) ? [given] : Object.values(known),
    readyTimeout,
    widgetHeaders: readWidgetHeaders(options?.widgetHeaders),
    signal,
  };
}

function readFlutterShell(channel: NativeTransportOptions['channel'] = 'PersoneticsFlutter'): NativeShell {
  if (typeof channel === 'object' && channel !== null) return flutterChannelsShell(readChannels(channel));
  checkOption(isName(channel), 'channel', 'a name, or { body, id, navigate }', channel);
  return flutterShell(channel);
}

function readChannels(channels: FlutterChannels): FlutterChannelNames {
  const { body = 'PassInsightInfo', id = 'sendRequestId', navigate = 'NavigateUser' } = channels;
  checkOption(isName(body), 'channel.body', 'a name', body);
  checkOption(isName(id) && id !== body, 'channel.id', 'another name than that of channel.body', id);
  const isOther = isName(navigate) && navigate !== body && navigate !== id;
  checkOption(navigate === false || isOther, 'channel.navigate', 'a name of its own, or false', navigate);
  return { body, id, navigate };
}

function isShell(value: unknown): value is NativeShell {
  const { bridge, isThere, takes, oneAtATime, postRequest, postNotice } = (value ??
    {}) as Partial<NativeShell>;
  const isComplete = [isThere, postRequest, postNotice, takes ?? isThere].every(isFunction);
  return isComplete && isName(bridge) && typeof (oneAtATime ?? false) === 'boolean';
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
