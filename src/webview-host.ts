/**
 * The app's side of a widget in a WebView. It imports no values from the package's index: bundlers for apps do not tree-shake,
 * so the queue and the transports would be part of every app.
 *
 * @module bankside/webview-host
 */
export {
  createWebViewHost,
  type HostSender,
  type InjectableWebView,
  type WebViewHost,
} from './webview-host/create-webview-host.ts';
export type { WebViewHostOptions } from './webview-host/host-options.ts';
export type { HostReplyForm } from './webview-host/reply-scripts.ts';
