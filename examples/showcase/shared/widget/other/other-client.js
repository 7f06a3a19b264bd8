import { RefusedReply } from '../refused-reply.js';

/**
 * @typedef {import('../client.js').Client} Client
 * @typedef {(sender: import('./call-shapes.js').Sender, body: object, callbacks: { ok: (reply: any) => void, fail: (reply: any) => void }) => void} Send
 */

/** @type {Record<import('../client.js').Server, import('./call-shapes.js').Sender>} */
const senders = {
  pserver: 'sendRequestToPServer',
  enrich: 'sendRequestToEnrichServer',
  ob: 'sendRequestToOBServer',
};

/** What every command of these widgets says of itself. */
const envelope = { protocolVersion: '2.6', lang: 'en', channel: 'web' };

/** How the views ask in the other builds. */
export class OtherClient {
  #shape;
  #delegate;
  #config;
  #send;

  /**
   * @param {import('./call-shapes.js').CallShape} shape
   * @param {import('./call-shapes.js').Delegate} delegate
   * @param {Record<string, any>} config of the view
   * @param {Send} send
   */
  constructor(shape, delegate, config, send) {
    this.#shape = shape;
    this.#delegate = delegate;
    this.#config = config;
    this.#send = send;
  }

  /** @type {Client['ask']} */
  ask(server, type, fields, ok, fail) {
    const refused = (/** @type {unknown} */ reply) => fail(new RefusedReply(reply));
    this.#send(senders[server], { type, ...envelope, ...fields }, { ok, fail: refused });
  }

  /** @type {Client['navigate']} */
  navigate(navigateTarget) {
    this.#shape.tell(this.#delegate, 'navigateToPage', { data: { navigateTarget } });
  }

  /** @type {Client['tell']} */
  tell(params) {
    const { userId, lang } = this.#config;
    this.#shape.tell(this.#delegate, 'widgetEvent', { userId, lang, ...params });
  }

  report() {}
}
