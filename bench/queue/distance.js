import { sleep } from '../harness/virtual-time.js';

/** One way between the page and the server, in ms. */
export const oneWay = 40;

/** What the server takes before it looks into the queue, in ms. */
const work = 20;

/**
 * A fetch that is as far from its server as it is in life. The request gives up where its signal says so.
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
