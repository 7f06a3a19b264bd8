import { readResponse } from './read-response.js';

const REMEMBERED = 500;

/** An answer that says `ok: false`. */
export class RefusedReply extends Error {
  /** @param {{ status?: unknown, statusMessage?: unknown }} response */
  constructor({ status, statusMessage }) {
    super(
      typeof statusMessage === 'string' && statusMessage ? statusMessage : 'The request was not answered.',
    );
    this.status = typeof status === 'string' || typeof status === 'number' ? String(status) : undefined;
  }
}

/**
 * The requests that wait for their reply. Each takes one reply and no second: a bridge that answered twice would be
 * seen at once.
 */
export class Replies {
  /** @type {Map<unknown, { resolve: (response: Record<string, any>) => void, reject: (reason: unknown) => void }>} */
  #waiting = new Map();
  /** @type {Set<unknown>} */
  #abandoned = new Set();
  /** @type {Set<unknown>} */
  #answered = new Set();
  #complain;

  /** @param {(complaint: string) => void} complain */
  constructor(complain) {
    this.#complain = complain;
  }

  /**
   * @param {unknown} requestId
   * @returns {Promise<Record<string, any>>}
   */
  expect(requestId) {
    return new Promise((resolve, reject) => this.#waiting.set(requestId, { resolve, reject }));
  }

  /** Those who wait are gone; their replies may still come, and are of no use to anyone. */
  abandon() {
    for (const requestId of this.#waiting.keys()) this.#abandoned.add(requestId);
    this.#waiting.clear();
  }

  /**
   * @param {unknown} response
   * @param {unknown} requestId
   */
  accept(response, requestId) {
    const waiting = this.#waiting.get(requestId);
    if (!waiting) {
      if (!this.#abandoned.delete(requestId)) this.#refuse(requestId);
      return;
    }
    this.#waiting.delete(requestId);
    this.#remember(requestId);
    try {
      const reply = readResponse(response);
      if (reply.ok === false) waiting.reject(new RefusedReply(reply));
      else waiting.resolve(reply);
    } catch (error) {
      waiting.reject(error);
    }
  }

  /** @param {unknown} requestId */
  #refuse(requestId) {
    const name = `${typeof requestId} ${String(requestId)}`;
    if (this.#answered.has(requestId)) this.#complain(`A second reply came for request ${name}.`);
    else this.#complain(`A reply came for request ${name}, which was never made.`);
  }

  /** @param {unknown} requestId */
  #remember(requestId) {
    this.#answered.add(requestId);
    if (this.#answered.size > REMEMBERED) this.#answered.delete(this.#answered.values().next().value);
  }
}
