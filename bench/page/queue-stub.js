import { connection } from './queue-answers.js';

/** @typedef {(text?: string) => void} Answer Without an argument: the queue is empty. */

/**
 * A queue without a network. It delivers strings, so that only their handling is measured.
 */
export class QueueStub {
  /** @type {Answer | undefined} */
  #answer;
  /** @type {((answer: Answer) => void) | undefined} */
  #onPoll;

  /** For the option of that name. @type {typeof fetch} */
  fetch = async (address, { method, signal } = {}) => {
    if (method === 'POST') return new Response(null, { status: 201, headers: { location: '/queues/1' } });
    const [kind, id = ''] = `${address}`.split('/').slice(-2);
    if (kind === 'connections') return withText(JSON.stringify(connection(id, 'SUCCESS')));
    return new Promise((resolve, reject) => {
      this.#answer = (text) => {
        this.#answer = undefined;
        resolve(text === undefined ? new Response(null, { status: 204 }) : withText(text));
      };
      signal?.addEventListener('abort', () => reject(signal.reason));
      this.#onPoll?.(this.#answer);
    });
  };

  /** The poll that waits for its answer, or the next one. @returns {Promise<Answer>} */
  nextPoll() {
    if (this.#answer) return Promise.resolve(this.#answer);
    return new Promise((resolve) => {
      this.#onPoll = resolve;
    });
  }
}

/** @param {string} text */
function withText(text) {
  const response = new Response(null, { headers: { 'cache-control': 'no-store' } });
  response.text = () => Promise.resolve(text);
  return response;
}
