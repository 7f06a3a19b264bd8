/** @typedef {(body: object) => Promise<object>} Ask */

/**
 * Written by hand, as if nothing could go wrong: an id for each message, and a map of pending ones. No
 * timeout, no abort, no error, no other sender.
 *
 * @param {MessageChannel} channel
 * @param {(body: object) => Promise<object>} answer
 * @returns {Ask}
 */
export function bareChannel({ port1, port2 }, answer) {
  /** @type {Map<number, (response: object) => void>} */
  const waiting = new Map();
  let lastId = 0;
  port2.onmessage = async ({ data: { id, body } }) => {
    port2.postMessage({ id, response: await answer(body) });
  };
  port1.onmessage = ({ data: { id, response } }) => {
    waiting.get(id)?.(response);
    waiting.delete(id);
  };
  return (body) =>
    new Promise((resolve) => {
      lastId += 1;
      waiting.set(lastId, resolve);
      port1.postMessage({ id: lastId, body });
    });
}
