/** Something that ends at a time on the clock of `performance.now()`; never, at `Infinity`. It carries its own place in the list of those that wait. */
export class Deadline {
  readonly deadline: number;
  /** Neighbours by deadline; itself while it is in no list. */
  earlier: Deadline = this;
  later: Deadline = this;

  constructor(deadline: number) {
    this.deadline = deadline;
  }
}

/** setTimeout takes no more than this; a larger delay would fire at once. */
const LONGEST_DELAY = 2 ** 31 - 1;
const settled = /* @__PURE__ */ Promise.resolve();

/**
 * One timer for all deadlines, since in Chromium a timer each costs more than the rest of a request.
 *
 * 1. A list sorted by deadline. Most come with the same timeout, so a new one nearly always belongs at the end, where its place is looked for.
 * 2. The timer stands for the first, or for one that was first and is gone: then it fires for nothing and is set again.
 * 3. When the list is empty, the timer is cleared, but only once the turn is over: often the next one comes within it.
 */
export class Deadlines<T extends Deadline> {
  readonly #ends = new Deadline(Number.NEGATIVE_INFINITY);
  readonly #onExpire: (expired: T) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerAt: number = Number.POSITIVE_INFINITY;

  constructor(onExpire: (expired: T) => void) {
    this.#onExpire = onExpire;
  }

  add(item: T): void {
    if (item.deadline === Number.POSITIVE_INFINITY) return;
    let before = this.#ends.earlier;
    while (before.deadline > item.deadline) before = before.earlier;
    item.earlier = before;
    item.later = before.later;
    before.later.earlier = item;
    before.later = item;
    if (item.deadline < this.#timerAt) this.#setTimer();
  }

  delete(item: Deadline): void {
    item.earlier.later = item.later;
    item.later.earlier = item.earlier;
    item.earlier = item;
    item.later = item;
    if (this.#isEmpty) settled.then(() => this.#isEmpty && this.#clearTimer());
  }

  get #isEmpty(): boolean {
    return this.#ends.later === this.#ends;
  }

  #setTimer(): void {
    this.#clearTimer();
    if (this.#isEmpty) return;
    this.#timerAt = this.#ends.later.deadline;
    const delay = Math.min(Math.ceil(this.#timerAt - performance.now()), LONGEST_DELAY);
    this.#timer = setTimeout(() => this.#expire(), delay);
  }

  #clearTimer(): void {
    clearTimeout(this.#timer);
    this.#timerAt = Number.POSITIVE_INFINITY;
  }

  #expire(): void {
    const now = performance.now();
    while (!this.#isEmpty && this.#ends.later.deadline <= now) {
      const expired = this.#ends.later as T;
      this.delete(expired);
      this.#onExpire(expired);
    }
    this.#setTimer();
  }
}
