const MOST_ROWS = 200;

/**
 * @typedef {object} Row one request from the widget's call to its answer, a reply that is held back, or a note of something else
 * @property {number} key
 * @property {string} title
 * @property {'pending' | 'answered' | 'failed' | 'held' | 'note'} state
 * @property {string} [server]
 * @property {string} [requestId]
 * @property {string} [code] why it failed
 * @property {string} [detail] of a note
 * @property {number} since as of `performance.now()`
 * @property {number} [duration] ms
 * @property {readonly string[]} steps what was seen on the wire
 */

/** What has happened, newest first, for pages that render from a snapshot. */
export class ActivityStore {
  /** @type {readonly Row[]} */
  #rows = [];
  /** @type {Set<() => void>} */
  #listeners = new Set();
  #serial = 0;

  getSnapshot = () => this.#rows;

  /** @param {() => void} listener */
  subscribe = (listener) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** @param {{ server: string, type: string | undefined, requestId: string | number }} request */
  begin({ server, type, requestId }) {
    this.#add({ state: 'pending', title: type ?? 'no type', server, requestId: String(requestId) });
  }

  /**
   * @param {string} requestId
   * @param {string} title
   */
  addHeld(requestId, title) {
    const server = this.#requestOf(requestId)?.server;
    this.#add({ state: 'held', title, requestId, ...(server && { server }) });
  }

  /**
   * @param {string} title
   * @param {string} [detail]
   */
  addNote(title, detail = '') {
    this.#add({ state: 'note', title, detail });
  }

  /** @param {string} requestId */
  find(requestId) {
    const row = this.#requestOf(requestId);
    if (!row) return undefined;
    const { title, state } = row;
    return {
      title,
      state,
      pending: state === 'pending',
      answered: (/** @type {number | undefined} */ duration) => this.#change(row, 'answered', { duration }),
      failed: (/** @type {string} */ code, /** @type {number | undefined} */ duration) =>
        this.#change(row, 'failed', { code, duration }),
      addStep: (/** @type {string} */ step) => this.#change(row, state, { steps: [...row.steps, step] }),
    };
  }

  clear() {
    this.#show([]);
  }

  /** @param {string} requestId */
  #requestOf(requestId) {
    return this.#rows.find((row) => row.requestId === requestId && row.state !== 'held');
  }

  /** @param {Omit<Row, 'key' | 'since' | 'steps'>} row */
  #add(row) {
    this.#serial += 1;
    const added = { ...row, key: this.#serial, since: performance.now(), steps: [] };
    this.#show([added, ...this.#rows].slice(0, MOST_ROWS));
  }

  /**
   * @param {Row} row
   * @param {Row['state']} state
   * @param {object} changes
   */
  #change(row, state, changes) {
    this.#show(this.#rows.map((one) => (one === row ? { ...row, state, ...changes } : one)));
  }

  /** @param {readonly Row[]} rows */
  #show(rows) {
    this.#rows = rows;
    for (const listener of this.#listeners) listener();
  }
}
