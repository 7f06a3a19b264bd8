import { callShapes } from './call-shapes.js';

/** @typedef {'pserver' | 'enrich' | 'ob'} Server */

/** @type {Record<Server, import('./call-shapes.js').Sender>} */
const senders = {
  pserver: 'sendRequestToPServer',
  enrich: 'sendRequestToEnrichServer',
  ob: 'sendRequestToOBServer',
};

/** What every command of the widget says of itself. */
const envelope = { protocolVersion: '2.6', lang: 'en', channel: 'web' };

let serial = 0;

/** Asks the page for what the widget's parts want. The widget has no other way to a server. */
export class Client {
  #delegate;
  #shape;
  #replies;

  /**
   * @param {import('./call-shapes.js').Delegate} delegate
   * @param {string} shapeName
   * @param {import('./replies.js').Replies} replies
   */
  constructor(delegate, shapeName, replies) {
    const shape = callShapes[shapeName];
    if (!shape) throw new TypeError(`callShape is to be one of ${Object.keys(callShapes).join(', ')}`);
    this.#delegate = delegate;
    this.#shape = shape;
    this.#replies = replies;
  }

  /**
   * @param {Server} server
   * @param {string} type
   * @param {object} [fields]
   */
  request(server, type, fields) {
    serial += 1;
    const requestId = this.#shape.makeId(serial);
    const reply = this.#replies.expect(requestId);
    const call = { requestId, body: { type, ...envelope, ...fields }, headers: { 'accept-language': 'en' } };
    this.#shape.request(this.#delegate, senders[server], call, (response) =>
      this.#replies.accept(response, requestId),
    );
    return reply;
  }

  /**
   * @param {import('./call-shapes.js').Message} name
   * @param {object} [data]
   */
  tell(name, data = {}) {
    this.#shape.tell(this.#delegate, name, data);
  }

  /**
   * @param {string} eventType
   * @param {object} [data]
   */
  tellWidgetEvent(eventType, data = {}) {
    this.#shape.tell(this.#delegate, 'widgetEvent', { eventType, data });
  }
}
