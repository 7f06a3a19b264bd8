/** @typedef {{ tag: string | null, outcome: string }} Attempt `tag`: see request-tag.js */

/**
 * `fetch` that tells how each attempt went: one request of the widget's can be several on the wire.
 *
 * @param {(attempt: Attempt) => void} tell
 * @returns {typeof fetch}
 */
export function watchedFetch(tell) {
  return async (input, init) => {
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
    const tag = headers.get('x-request-id');
    try {
      const response = await fetch(input, init);
      tell({ tag, outcome: response.status === 401 ? '401, token refused' : String(response.status) });
      return response;
    } catch (error) {
      const aborted = error instanceof DOMException && error.name === 'AbortError';
      if (!aborted) tell({ tag, outcome: 'connection lost' });
      throw error;
    }
  };
}
