import { runInThisContext } from 'node:vm';
import { afterEach, vi } from 'vitest';
import { nativeTransport, type WidgetRequest } from '../../../src/index.ts';
import { createWebViewHost } from '../../../src/webview-host.ts';
import { postable } from '../fixtures/native-app.ts';
import { keepsTheContract } from './contract.ts';
import type { Arrival, Channel } from './driver.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Those that the contract asks with. */
const widgetHeaders = ['x-trace', 'x-other'];

/** A request as it has come through the WebView to the transport of the app. */
function arrivalOf({ server, body, headers }: WidgetRequest, answer: (reply: object) => void): Arrival {
  const names = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { server, body, headers: Object.fromEntries(names), gone: false, answer };
}

keepsTheContract({
  name: 'nativeTransport in a WebView that has a host',
  cannot: {
    'hear of the end': 'no message tells the app that a request has been given up',
    'answer twice': 'a host answers once',
    refuse: 'a host answers with a failure reply, which is a reply',
    'break off': 'a page does not learn that the app is gone',
  },
  connect(): Channel {
    const arrivals: Arrival[] = [];
    const notices: (readonly [string, unknown])[] = [];
    const transport = nativeTransport({ shell: 'react-native', widgetHeaders });
    const host = createWebViewHost({
      widgetHeaders,
      reply: 'json', // as 10 MB of Base64 take a page seconds
      transport: { send: (request) => new Promise((resolve) => arrivals.push(arrivalOf(request, resolve))) },
      inject: (script) => runInThisContext(script),
      onNotice(name, given) {
        const { requestString, ...data } = given as Record<string, unknown>;
        notices.push([name, requestString === name && data]);
      },
    });
    vi.stubGlobal('window', globalThis);
    vi.stubGlobal('ReactNativeWebView', postable(host.onMessage));
    // Where the entry point of a bridge would stand.
    vi.stubGlobal('personetics', { handlePServerResponse: transport.receive });
    return { transport, arrivals, notices, close: () => host.dispose() };
  },
});
