import { createWebViewHost } from 'bankside/webview-host';
import { runScript } from './run-script.js';

/** @type {import('./app.js').App} */
export const reactNative = {
  title: 'React Native',
  webView: 'react-native-webview',
  outward: 'window.ReactNativeWebView.postMessage(json)',
  inward: 'webView.injectJavaScript(script), with the scripts of bankside/webview-host',
  connect({ channel, heard, intoPage }) {
    // This is the app's own code, whole. All else is what the app has from react-native-webview.
    const { onMessage, reset } = createWebViewHost({
      transport: channel,
      inject: (script) => webView.injectJavaScript(script),
      origins: [location.origin],
    });

    const webView = {
      /** @param {string} script */
      injectJavaScript(script) {
        intoPage({ name: 'injectJavaScript', script }, (page) => runScript(page, script));
      },
    };

    /** @param {string} json */
    function postMessage(json) {
      const { requestString, requestId } = JSON.parse(json);
      heard(requestString, requestId, json);
      setTimeout(onMessage, 0, { nativeEvent: { data: json, url: location.href } });
    }
    return { bridge: { ReactNativeWebView: { postMessage } }, onLoadStart: reset };
  },
};
