/**
 * The newest things, up to a limit, each under a number that counts on. What is put in stays as it is or is replaced: a
 * copy is a picture of that moment.
 */
export class Ring<T> {
  readonly limit: number;
  /** The number of the oldest that is kept. */
  first = 0;
  /** The number of the next. */
  next = 0;
  /** Counts whatever is put in, replaced or forgotten. */
  changes = 0;
  readonly #items: T[];

  constructor(limit: number, items: T[] = []) {
    this.limit = limit;
    this.#items = items;
  }

  get size(): number {
    return this.next - this.first;
  }

  /** @param make Makes it with its number. */
  push(make: (number: number) => T): void {
    this.changes += 1;
    this.#items[this.next % this.limit] = make(this.next);
    this.next += 1;
    if (this.size > this.limit) this.first += 1;
  }

  get(number: number): T | undefined {
    return number >= this.first && number < this.next ? this.#items[number % this.limit] : undefined;
  }

  /** Replaces one that is still kept. */
  set(number: number, item: T): void {
    if (this.get(number) === undefined) return;
    this.changes += 1;
    this.#items[number % this.limit] = item;
  }

  /** Forgets all of them. The numbers count on. */
  clear(): void {
    this.changes += 1;
    this.first = this.next;
    this.#items.length = 0;
  }

  copy(): Ring<T> {
    const copy = new Ring(this.limit, this.#items.slice());
    copy.first = this.first;
    copy.next = this.next;
    return copy;
  }

  /** No iterator, which is slower where all are gone through with each frame. */
  forEach(visit: (item: T) => void): void {
    for (let number = this.first; number < this.next; number += 1) {
      visit(this.#items[number % this.limit] as T);
    }
  }
}
