import { OtherClient } from './other-client.js';
import { readResponse } from './read-response.js';

/**
 * A widget of the vendor's documents and samples, whose calls have one of the other shapes. Unlike the shipped build it takes replies
 * in any form, forgets a request that was answered, and reports nothing.
 *
 * @param {import('./call-shapes.js').CallShape} shape
 * @param {import('../views.js').Views} views
 * @param {import('../reply-check.js').ReplyCheck} replies
 */
export function createOtherBuild(shape, views, replies) {
  /** @type {Map<unknown, { ok: (reply: any) => void, fail: (reply: any) => void }>} */
  const waiting = new Map();
  /** @type {import('./call-shapes.js').Delegate | undefined} */
  let delegate;
  let serial = 0;

  /** @type {import('./other-client.js').Send} */
  function send(sender, body, callbacks) {
    serial += 1;
    const requestId = shape.makeId(serial);
    waiting.set(requestId, callbacks);
    replies.asked(requestId);
    const call = { requestId, body, headers: { 'accept-language': 'en' } };
    shape.request(delegate ?? {}, sender, call, (response) => accept(response, requestId));
  }

  /**
   * @param {unknown} response
   * @param {unknown} requestId
   */
  function accept(response, requestId) {
    replies.answered(requestId);
    const callbacks = waiting.get(requestId);
    waiting.delete(requestId);
    const reply = readResponse(response);
    if (reply.ok === false) callbacks?.fail(reply);
    else callbacks?.ok(reply);
  }

  const personetics = {
    /** @param {{ pDelegate?: object, eventsDelegate?: object }} options */
    initialize({ pDelegate, eventsDelegate }) {
      const isFirst = delegate === undefined;
      delegate = pDelegate ?? eventsDelegate ?? delegate ?? {};
      if (isFirst) shape.tell(delegate, 'sessionStarted', {});
    },
    /** @param {Record<string, any>} config */
    startWidget(config) {
      personetics.initialize(config);
      views.start(config, new OtherClient(shape, delegate ?? {}, config, send));
    },
    handlePServerResponse: accept,
  };
  return personetics;
}
