// Public entry `bankside/webview-host`. It does without the package's index: that holds what needs a browser (ky asks
// for TextEncoder when it is loaded), and bundlers for apps leave nothing out.

export {
  createWebViewHost,
  type HostSender,
  type InjectableWebView,
  type WebViewHost,
} from './webview-host/create-webview-host.ts';
export type { WebViewHostOptions } from './webview-host/host-options.ts';
export type { HostReplyForm } from './webview-host/reply-scripts.ts';
