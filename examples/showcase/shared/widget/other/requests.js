import { readResponse } from './read-response.js';

/**
 * The requests of a widget whose calls have one of these shapes. It takes replies in any form, and forgets a request that was
 * answered.
 *
 * @param {import('./call-shapes.js').CallShape} shape
 * @param {() => import('./call-shapes.js').Delegate} getDelegate is called for each request
 * @param {import('../reply-check.js').ReplyCheck} replies
 */
export function createRequests(shape, getDelegate, replies) {
  /** @type {Map<unknown, { ok: (reply: any) => void, fail: (reply: any) => void }>} */
  const waiting = new Map();
  let serial = 0;

  /** @type {import('./other-client.js').Send} */
  function send(sender, body, callbacks) {
    serial += 1;
    const requestId = shape.makeId(serial);
    waiting.set(requestId, callbacks);
    replies.asked(requestId);
    const call = { requestId, body, headers: { 'accept-language': 'en' } };
    shape.request(getDelegate(), sender, call, (response) => accept(response, requestId));
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

  return { send, accept };
}
