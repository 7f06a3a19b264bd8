/**
 * The shapes in which other builds than the shipped one call the page. They differ in the order of the arguments, in the kind
 * of the body, and in where the answer goes.
 *
 * @typedef {'sendRequestToPServer' | 'sendRequestToEnrichServer' | 'sendRequestToOBServer'} Sender
 * @typedef {'sessionStarted' | 'navigateToPage' | 'widgetEvent'} Message what is no request
 * @typedef {Partial<Record<Sender | Message, (...args: any[]) => void>>} Delegate what the page gave as `pDelegate` or `eventsDelegate`
 * @typedef {{ requestId: string | number, body: object, headers: Record<string, string> }} Call
 *
 * @typedef {object} CallShape
 * @property {string} title
 * @property {string} signature
 * @property {(serial: number) => string | number} makeId
 * @property {(delegate: Delegate, sender: Sender, call: Call, answer: (response: unknown) => void) => void} request
 * @property {(delegate: Delegate, name: Message, data: object) => void} tell
 */

/** @param {number} serial */
const textId = (serial) => `w-${serial}`;

/** @type {CallShape['tell']} */
const tellByName = (delegate, name, data) => {
  // The one function that also says which widget it is about.
  if (name === 'widgetEvent') delegate.widgetEvent?.('insights', data);
  else delegate[name]?.(data);
};

/** @type {CallShape} */
const b = {
  title: 'Body object, id',
  signature: '(body, requestId)',
  makeId: (serial) => serial,
  request: (delegate, sender, { body, requestId }) => delegate[sender]?.(body, requestId),
  tell: (delegate, name, data) => delegate.sendRequestToPServer?.({ requestString: name, ...data }),
};

/** @type {CallShape} */
const c = {
  title: 'Id, JSON text',
  signature: '(requestId, requestBody)',
  makeId: textId,
  request: (delegate, sender, { body, requestId }) => delegate[sender]?.(requestId, JSON.stringify(body)),
  tell: tellByName,
};

/** @type {CallShape} */
const d = {
  title: 'One message, as React and Angular packages send',
  signature: 'widgetEventHandler({ requestString, json, … })',
  makeId: textId,
  request: (_delegate, sender, { headers, body, requestId }) =>
    window.PersoWidget.widgetEventHandler({
      requestHeaders: headers,
      json: { requestData: body, requestId },
      requestString: sender,
      requestId,
    }),
  tell: (_delegate, name, data) =>
    window.PersoWidget.widgetEventHandler({ json: { requestData: data }, requestString: name }),
};

/** @type {CallShape} */
const e = {
  title: 'Callbacks, as iOS hosts expect',
  signature: '(params, onSuccess, onError)',
  makeId: textId,
  request: (delegate, sender, { body }, answer) => delegate[sender]?.(JSON.stringify(body), answer, answer),
  tell: tellByName,
};

/** @type {CallShape} */
const f = {
  title: 'Open Banking with one callback',
  signature: '(requestBodyParams, callback)',
  makeId: textId,
  request(delegate, sender, call, answer) {
    const { headers, body, requestId } = call;
    if (sender === 'sendRequestToOBServer') delegate[sender]?.(body, answer);
    else delegate[sender]?.(headers, body, requestId);
  },
  tell: tellByName,
};

/** @type {Readonly<Record<'b' | 'c' | 'd' | 'e' | 'f', CallShape>>} */
export const callShapes = { b, c, d, e, f };
