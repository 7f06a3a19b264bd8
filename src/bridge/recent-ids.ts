/**
 * Remembers the ids that it saw last: at least `limit` of them, at most twice as many. Two generations, so that forgetting costs nothing: to drop one id at a
 * time, an engine walks over all those that were dropped before.
 */
export class RecentIds {
  readonly #limit: number;
  #young = new Set<string>();
  #old = new Set<string>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(id: string): void {
    this.#young.add(id);
    if (this.#young.size < this.#limit) return;
    this.#old = this.#young;
    this.#young = new Set();
  }

  has(id: string): boolean {
    return this.#young.has(id) || this.#old.has(id);
  }
}
