const KEY = 'elsewhere.watched';

/** The connections that the customer watches, over a reload or a visit to the other bank, too. */
export class Watched {
  #ids = new Set(read());

  /** @param {string} id */
  has(id) {
    return this.#ids.has(id);
  }

  /** @param {string} id */
  add(id) {
    this.#ids.add(id);
    this.#save();
  }

  /** @param {string} id */
  delete(id) {
    this.#ids.delete(id);
    this.#save();
  }

  #save() {
    try {
      sessionStorage.setItem(KEY, JSON.stringify([...this.#ids]));
    } catch {
      // Without storage, they are watched until the page is loaded again.
    }
  }
}

/** @returns {string[]} */
function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
  } catch {
    return [];
  }
}
