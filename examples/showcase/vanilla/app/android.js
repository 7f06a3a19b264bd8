import { createNativeSide } from './native-side.js';

/** The functions that the app's Java object has. */
const functions = [
  'sendRequestToPServer',
  'sendRequestToEnrichServer',
  'sendRequestToOBServer',
  'sessionStarted',
  'sessionEnded',
  'sessionError',
  'navigateToPage',
  'personeticsEvent',
];

/** @type {import('./app.js').App} */
export const android = {
  title: 'Android',
  webView: 'WebView',
  outward: 'window.PersoneticsAndroid.sendRequestToPServer(requestDataJson, requestId)',
  inward: 'personetics.handlePServerResponse(base64, requestId), by evaluateJavascript',
  connect(wires) {
    const take = createNativeSide(wires);

    /** @param {string} name */
    const javaFunction =
      (name) =>
      /** @param {string[]} args */
      (...args) => {
        const [requestData, requestId, headers] = args;
        const isRequest = name.startsWith('sendRequest');
        const parts = isRequest ? { requestId, ...(headers && { requestHeaders: JSON.parse(headers) }) } : {};
        const call = `${name}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`;
        setTimeout(take, 0, call, { name, requestData, ...parts });
      };
    const PersoneticsAndroid = Object.fromEntries(functions.map((name) => [name, javaFunction(name)]));
    return { bridge: { PersoneticsAndroid } };
  },
};
