type Generation = Map<number, string>;

/**
 * Remembers the ids that it was given last: at least `limit` of them, at most twice as many. It does so in two
 * generations, since to drop single ids an engine walks over all those that were dropped before. It hashes them
 * itself: before it looks up a text that is new to it, V8 makes that text its own, for several times the cost.
 */
export class RecentIds {
  limit: number;
  #young: Generation = new Map();
  #old: Generation = new Map();

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Returns whether the id is new. One that is known already is refreshed. */
  add(id: string): boolean {
    const hash = hashOf(id);
    const slot = slotOf(this.#young, hash, id);
    const isNew = !this.#young.has(slot) && !this.#old.has(slotOf(this.#old, hash, id));
    this.#young.set(slot, id);
    if (this.#young.size >= this.limit) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    return isNew;
  }

  has(id: string): boolean {
    const hash = hashOf(id);
    return [this.#young, this.#old].some((ids) => ids.has(slotOf(ids, hash, id)));
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}

/** Where the id is, or is to be: as single ids are never dropped, there is no gap before it. */
function slotOf(ids: Generation, hash: number, id: string): number {
  let slot = hash;
  while ((ids.get(slot) ?? id) !== id) slot += 1;
  return slot;
}

/** A small integer, which engines look up fastest. */
function hashOf(id: string): number {
  let hash = 0;
  for (let index = 0; index < id.length; index += 1) {
    hash = (Math.imul(hash, 31) + id.charCodeAt(index)) & 0x3fffffff;
  }
  return hash;
}
