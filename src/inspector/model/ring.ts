/** The newest items, up to a limit, each with a number that never repeats. Items are immutable, so that a copy is shallow. */
export class Ring<T> {
  readonly limit: number;
  /** The number of the oldest item. */
  first = 0;
  /** The number of the next item. */
  next = 0;
  /** Counts all changes. */
  changes = 0;
  readonly #items: T[];

  constructor(limit: number, items: T[] = []) {
    this.limit = limit;
    this.#items = items;
  }

  get size(): number {
    return this.next - this.first;
  }

  /** @param make Creates the item with its number. */
  push(make: (number: number) => T): void {
    this.changes += 1;
    this.#items[this.next % this.limit] = make(this.next);
    this.next += 1;
    if (this.size > this.limit) this.first += 1;
  }

  get(number: number): T | undefined {
    return number >= this.first && number < this.next ? this.#items[number % this.limit] : undefined;
  }

  /** Replaces an item, unless it was dropped. */
  set(number: number, item: T): void {
    if (this.get(number) === undefined) return;
    this.changes += 1;
    this.#items[number % this.limit] = item;
  }

  /** Drops all items. The numbers continue. */
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

  /** Not an iterator: that is slower, and each frame visits all items. */
  forEach(visit: (item: T) => void): void {
    for (let number = this.first; number < this.next; number += 1) {
      visit(this.#items[number % this.limit] as T);
    }
  }
}
