import { RefusedReply } from '../refused-reply.js';

/**
 * @typedef {import('./request-proxy.js').Callback} Callback
 * @typedef {Record<string, any>} Fields
 */

/**
 * How the views ask in build 21.5: by the functions of `personetics`, which are looked up at each call.
 *
 * @type {Record<string, (personetics: Fields, fields: Fields, ok: Callback, fail: Callback) => void>}
 */
const calls = {
  getInsights: (personetics, _fields, ok, fail) => personetics.getInsights(undefined, ok, fail),
  getInsightDetails: (personetics, fields, ok, fail) => personetics.getInsightDetails(fields, ok, fail),
  getInsightRating: (personetics, fields, ok, fail) => personetics.getInsightRating(fields, ok, fail),
  updateInsightRating: (personetics, fields, ok, fail) => personetics.updateInsightRating(fields, ok, fail),
  getUserSubscriptions: (personetics, _fields, ok, fail) => personetics.getUserSubscriptions(ok, fail),
};

/** @typedef {import('../client.js').Client} Client */

export class ShippedClient {
  #personetics;
  #config;

  /**
   * @param {Fields} personetics
   * @param {Fields} config of the view
   */
  constructor(personetics, config) {
    this.#personetics = personetics;
    this.#config = config;
  }

  /** @type {Client['ask']} */
  ask(server, type, fields, ok, fail) {
    const refused = (/** @type {unknown} */ reply) => fail(new RefusedReply(reply));
    const call = calls[type];
    if (call) call(this.#personetics, { ...fields }, ok, refused);
    else if (server === 'ob') {
      const sender = 'sendRequestToOBServer';
      this.#personetics.pserverProxy.send({ fields: { ...fields, type }, ok, fail: refused, sender });
    } else throw new Error(`This build has no view that asks for ${type}.`);
  }

  /** @type {Client['navigate']} */
  navigate(navigateTarget) {
    const { navigateToPage } = this.#personetics.getJSBridge();
    const message = { requestString: 'navigateToPage', data: { navigateTarget } };
    if (typeof navigateToPage === 'function') this.#personetics.getJSBridge().navigateToPage(message);
  }

  /** @type {Client['tell']} */
  tell(params) {
    const { userId, lang } = this.#config;
    this.#personetics.sendWidgetEvent({ name: 'stand-in' }, { userId, lang, ...params });
  }

  /** @type {Client['report']} */
  report(type, value) {
    this.#personetics.notifyReportEvent({ type, value });
  }
}
