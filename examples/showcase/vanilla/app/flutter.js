import { createNativeSide } from './native-side.js';

/** @type {import('./app.js').App} */
export const flutter = {
  title: 'Flutter',
  webView: 'webview_flutter',
  outward: 'window.PersoneticsFlutter.postMessage(json), a JavaScript channel',
  inward: 'personetics.handlePServerResponse(base64, requestId), by runJavaScript',
  connect(wires) {
    const take = createNativeSide(wires);

    /** @param {string} json */
    function postMessage(json) {
      const { requestString, ...rest } = JSON.parse(json);
      setTimeout(take, 0, json, { name: requestString, ...rest });
    }
    return { bridge: { PersoneticsFlutter: { postMessage } } };
  },
};
