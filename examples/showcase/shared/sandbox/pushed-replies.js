import { idOf } from './request-tag.js';

/**
 * A bank whose servers answer over a push channel passes each reply to the bridge, which knows whether a request still waits
 * for it.
 *
 * @param {(response: unknown, requestId: string) => void} onReply
 * @returns {() => void} ends it
 */
export function listenForReplies(onReply) {
  const source = new EventSource('/sandbox/replies');
  source.addEventListener('message', ({ data }) => {
    const { requestId, response } = JSON.parse(data);
    const id = idOf(requestId);
    if (id !== undefined) onReply(response, id);
  });
  return () => source.close();
}
