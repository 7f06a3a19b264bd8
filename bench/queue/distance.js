import { sleep } from '../harness/virtual-time.js';

/** One way between the page and the server, in ms. */
export const oneWay = 40;

/** The time until the server reads the queue, in ms. */
const work = 20;

/**
 * A fetch with a realistic distance to its server. Its signal aborts the request.
 *
 * @param {typeof fetch} near
 * @param {(request: Request) => void} [onSend]
 * @returns {typeof fetch}
 */
export function distant(near, onSend) {
  return async (input, init) => {
    const request = new Request(input, init);
    onSend?.(request);
    await sleep(oneWay + work);
    const response = await near(request);
    await sleep(oneWay);
    request.signal.throwIfAborted();
    return response;
  };
}
