import { WidgetBridge } from 'bankside';
import { createWebViewHost } from 'bankside/webview-host';

globalThis.found = [typeof WidgetBridge, typeof createWebViewHost].join();
