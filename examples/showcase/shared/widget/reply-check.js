const REMEMBERED = 500;

/**
 * The example's own check, which the vendor's widget does not have: a request takes one reply and no second, so that a bridge which
 * answered twice would be seen at once.
 */
export class ReplyCheck {
  /** @type {Map<unknown, 'waiting' | 'answered'>} */
  #requests = new Map();
  #complain;

  /** @param {(complaint: string) => void} complain */
  constructor(complain) {
    this.#complain = complain;
  }

  /** @param {unknown} id which may be that of an earlier request: then one reply is for both */
  asked(id) {
    this.#requests.delete(id);
    this.#requests.set(id, 'waiting');
    if (this.#requests.size > REMEMBERED) this.#requests.delete(this.#requests.keys().next().value);
  }

  /** @param {unknown} id */
  answered(id) {
    const name = `${typeof id} ${String(id)}`;
    const state = this.#requests.get(id);
    if (state === 'waiting') this.#requests.set(id, 'answered');
    else if (state === 'answered') this.#complain(`A second reply came for request ${name}.`);
    else this.#complain(`A reply came for request ${name}, which was never made.`);
  }
}
