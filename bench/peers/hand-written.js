/** @typedef {(request: { server: string, headers: object | null, body: object | string }) => Promise<object | string>} Send */
/** @typedef {{ handlePServerResponse(response: object, requestId: string): void }} Widget */

/** What shipped pages answer when the bank's channel fails. */
const networkError = {
  ok: false,
  status: '600',
  statusMessage: 'A network error occurred - check your network and try again.',
};

/**
 * The delegate that a careful developer writes without a library, for the one layout of the bank's own widget: each
 * request has a timer, each failure is answered, no answer is given twice. It does no more, and so is as fast as
 * such code can be: it reads no other layout, does not distinguish session events from requests, aborts nothing,
 * and has no limit.
 *
 * @param {{ send: Send, widget: Widget, timeout?: number }} options
 */
export function handWrittenDelegate({ send, widget, timeout = 30_000 }) {
  /** @type {Map<string, ReturnType<typeof setTimeout>>} */
  const timers = new Map();

  /** @param {string} requestId @param {object} response */
  function answer(requestId, response) {
    const timer = timers.get(requestId);
    if (timer === undefined) return; // too late: it was answered when its time was up
    clearTimeout(timer);
    timers.delete(requestId);
    widget.handlePServerResponse(response, requestId);
  }

  /** @param {string} requestId */
  function fail(requestId) {
    answer(requestId, networkError);
  }

  /** @param {string} server @param {object | null} headers @param {object | string} body @param {string} requestId */
  async function request(server, headers, body, requestId) {
    if (timers.has(requestId)) return;
    timers.set(requestId, setTimeout(fail, timeout, requestId));
    try {
      const response = await send({ server, headers, body });
      answer(requestId, typeof response === 'string' ? JSON.parse(response) : response);
    } catch {
      fail(requestId);
    }
  }

  /** @param {string} server @returns {(headers: object | null, body: object | string, requestId: string) => void} */
  const sender = (server) => (headers, body, requestId) => void request(server, headers, body, requestId);

  return {
    sendRequestToPServer: sender('pserver'),
    sendRequestToEnrichServer: sender('enrich'),
    sendRequestToOBServer: sender('ob'),
  };
}
