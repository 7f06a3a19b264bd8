// Public entry `bankside/webview-host`. It does without the package's index: bundlers for apps leave nothing out, and the
// queue and the transports of pages would come with it.

export {
  createWebViewHost,
  type HostSender,
  type InjectableWebView,
  type WebViewHost,
} from './webview-host/create-webview-host.ts';
export type { WebViewHostOptions } from './webview-host/host-options.ts';
export type { HostReplyForm } from './webview-host/reply-scripts.ts';
