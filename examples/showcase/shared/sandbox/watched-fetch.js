/** @typedef {{ tag: string | null, outcome: string }} Attempt `tag`: see request-tag.js */

/**
 * `fetch` that tells how each attempt went: one request of the widget's can be several on the wire.
 *
 * @param {(attempt: Attempt) => void} tell
 * @returns {typeof fetch}
 */
export function watchedFetch(tell) {
  return async (input, init) => {
    const request = new Request(input, init);
    const tag = request.headers.get('x-request-id');
    try {
      const response = await fetch(request);
      tell({ tag, outcome: response.status === 401 ? '401, token refused' : String(response.status) });
      return response;
    } catch (error) {
      tell({ tag, outcome: request.signal.aborted ? 'aborted' : 'connection lost' });
      throw error;
    }
  };
}
