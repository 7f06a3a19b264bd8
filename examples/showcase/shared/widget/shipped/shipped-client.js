import { callShapes } from '../other/call-shapes.js';
import { OtherClient } from '../other/other-client.js';
import { RefusedReply } from '../refused-reply.js';

/**
 * @typedef {import('../client.js').Client} Client
 * @typedef {import('bankside/testing/doubles').ShippedTestWidget} Widget
 * @typedef {import('bankside/testing/doubles').TestCallback} Callback
 * @typedef {Record<string, any>} Fields
 */

/**
 * How the views ask in build 21.5: by the widget's functions, which are looked up at each call.
 *
 * @type {Record<string, (widget: Widget, fields: Fields, ok: Callback, fail: Callback) => void>}
 */
const calls = {
  getInsights: (widget, _fields, ok, fail) => widget.getInsights(undefined, ok, fail),
  getInsightDetails: (widget, fields, ok, fail) => widget.getInsightDetails(fields, ok, fail),
  getInsightRating: (widget, fields, ok, fail) => widget.getInsightRating(fields, ok, fail),
  updateInsightRating: (widget, fields, ok, fail) => widget.updateInsightRating(fields, ok, fail),
  getUserSubscriptions: (widget, _fields, ok, fail) => widget.getUserSubscriptions(ok, fail),
};

export class ShippedClient {
  #widget;
  #config;
  #openBanking;

  /**
   * @param {Widget} widget
   * @param {Fields} config of the view
   * @param {import('../other/other-client.js').Send} sendToOpenBanking
   */
  constructor(widget, config, sendToOpenBanking) {
    this.#widget = widget;
    this.#config = config;
    this.#openBanking = new OtherClient(callShapes.f, {}, config, sendToOpenBanking);
  }

  /** @type {Client['ask']} */
  ask(server, type, fields, ok, fail) {
    const call = calls[type];
    if (server === 'ob') this.#openBanking.ask(server, type, fields, ok, fail);
    else if (call) call(this.#widget, { ...fields }, ok, (reply) => fail(new RefusedReply(reply)));
    else throw new Error(`This build has no view that asks for ${type}.`);
  }

  /** @type {Client['navigate']} */
  navigate(navigateTarget) {
    const delegate = /** @type {Record<string, any>} */ (this.#widget.getJSBridge());
    const message = { requestString: 'navigateToPage', data: { navigateTarget } };
    if (typeof delegate.navigateToPage === 'function') delegate.navigateToPage(message);
  }

  /** @type {Client['tell']} */
  tell(params) {
    const { userId, lang } = this.#config;
    /** @type {Fields} */
    const event = { userId, lang, ...params };
    this.#widget.sendWidgetEvent({ name: 'stand-in' }, event);
    // As the build's views do, which use their object for something else afterwards: a page that kept it, finds nothing.
    for (const name of Object.keys(event)) delete event[name];
  }

  /** @type {Client['report']} */
  report(type, value) {
    this.#widget.notifyReportEvent({ type, value }, true);
  }
}
