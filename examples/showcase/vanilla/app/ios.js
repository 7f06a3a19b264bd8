import { createNativeSide } from './native-side.js';

/** @type {import('./app.js').App} */
export const ios = {
  title: 'iOS',
  webView: 'WKWebView',
  outward: 'window.webkit.messageHandlers.personeticsApple.postMessage(json)',
  inward: 'personetics.handlePServerResponse(base64, requestId), by evaluateJavaScript',
  connect(wires) {
    const take = createNativeSide(wires);

    /** @param {string} json */
    function postMessage(json) {
      const { requestType, requestInformation } = JSON.parse(json);
      setTimeout(take, 0, json, { name: requestType, ...requestInformation });
    }
    return { bridge: { webkit: { messageHandlers: { personeticsApple: { postMessage } } } } };
  },
};
