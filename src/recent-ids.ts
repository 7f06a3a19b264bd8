/**
 * Remembers the ids that it was given last: at least `limit` of them, at most twice as many. It does so in two
 * generations, since to drop single ids an engine walks over all those that were dropped before.
 */
export class RecentIds {
  limit: number;
  #young = new Set<string>();
  #old = new Set<string>();

  constructor(limit: number) {
    this.limit = limit;
  }

  /** An id that is known already is refreshed. */
  add(id: string): void {
    if (this.#young.add(id).size < this.limit) return;
    this.#old = this.#young;
    this.#young = new Set();
  }

  has(id: string): boolean {
    return this.#young.has(id) || this.#old.has(id);
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}
