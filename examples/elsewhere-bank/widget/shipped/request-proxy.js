import { decodeBase64 } from './decode-base64.js';
import { isSuccess } from './is-success.js';

/**
 * @typedef {(reply: any) => void} Callback
 * @typedef {'sendRequestToPServer' | 'sendRequestToEnrichServer' | 'sendRequestToOBServer'} Sender
 *
 * @typedef {object} Ask
 * @property {Record<string, unknown>} fields its `type` is the command
 * @property {Callback | undefined} ok
 * @property {Callback | undefined} fail
 * @property {Sender} [sender]
 * @property {boolean} [isBare] without the fields that all commands have
 */

/**
 * How build 21.5 asks the page and takes its replies: ids are made of the type and the millisecond, so that they are not unique;
 * callbacks are kept under the id for ever; a failed reply is told to the delegate's `sessionError` first.
 */
export class RequestProxy {
  #config;
  #headers;
  #getDelegate;
  #replies;
  /** @type {Map<string, { ok: Callback | undefined, fail: Callback | undefined }>} */
  #callbacks = new Map();

  /**
   * @param {Record<string, any>} config
   * @param {() => Record<string, any>} getDelegate
   * @param {import('../reply-check.js').ReplyCheck} replies
   */
  constructor(config, getDelegate, replies) {
    const { clientVersion = '21.5', protocolVersion = '2.6', lang, deviceType, ctxId } = config;
    this.#config = { common: { clientVersion, protocolVersion, lang, deviceType }, ctxId };
    // On unless it is said to be off, by whatever is not true.
    this.isBase64 = config.base64EncodeResponse === undefined || Boolean(config.base64EncodeResponse);
    this.#headers = { 'Content-Type': 'application/json; charset=UTF-8', ...config.requestHeaders };
    this.#getDelegate = getDelegate;
    this.#replies = replies;
  }

  /** @param {Ask} ask */
  send({ fields, ok, fail, sender = 'sendRequestToPServer', isBare = false }) {
    const delegate = this.#getDelegate();
    // A function of a class is not its own: such a delegate is never asked, and nobody is told.
    if (!Object.hasOwn(delegate, sender) || typeof delegate[sender] !== 'function') return;
    const { common, ctxId } = this.#config;
    const id = btoa(`reqPersonetics${fields.type}${Date.now()}`);
    const context = ctxId || (fields.type === 'getInsights' ? 'sampleTopRelevant' : 'dashboard');
    this.#callbacks.set(id, { ok, fail });
    this.#replies.asked(id);
    delegate[sender](this.#headers, { ...(!isBare && common), ...fields, ctxId: context }, id);
  }

  /**
   * @param {unknown} given
   * @param {string} id
   */
  handleServerResponse(given, id) {
    const reply = this.isBase64 ? JSON.parse(decodeBase64(given)) : given;
    this.#replies.answered(id);
    const callbacks = this.#callbacks.get(id);
    if (!callbacks) return;
    if (isSuccess(reply) && callbacks.ok !== undefined) {
      callbacks.ok(reply);
      return;
    }
    const delegate = this.#getDelegate();
    if (Object.hasOwn(delegate, 'sessionError')) delegate.sessionError(reply);
    callbacks.fail?.(reply);
  }
}
