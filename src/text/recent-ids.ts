import { copyText } from './printable.ts';

/** A longer id is remembered by its hash. */
const LONGEST_KEPT = 40;

/** Two odd factors. Multiplied with one of them, a character changes all higher bits. */
const FACTORS = [0x9e3779b1, 0x85ebca77] as const;

/**
 * Remembers the last ids: at least `limit`, at most twice as many, with a few bytes for each. It keeps two generations and drops
 * the older one as a whole. If ids were deleted one by one, engines would walk over all that were deleted before.
 */
export class RecentIds {
  limit: number;
  #young = new Set<string>();
  #old = new Set<string>();
  /** Random, so that nobody can prepare two ids with the same hash. */
  readonly #seeds = FACTORS.map(() => Math.floor(Math.random() * 2 ** 32));

  constructor(limit: number) {
    this.limit = limit;
  }

  /** A known id becomes one of the newest. */
  add(id: string): void {
    if (this.#young.add(this.#keyOf(id)).size < this.limit) return;
    this.#old = this.#young;
    this.#young = new Set();
  }

  has(id: string): boolean {
    const key = this.#keyOf(id);
    return this.#young.has(key) || this.#old.has(key);
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }

  /**
   * A long id is kept as its length and 64 bits of hash. Among thousands of ids, two have the same key once in 10¹² times. The key
   * begins with an unpaired surrogate, which no id from a server has.
   */
  #keyOf(id: string): string {
    if (id.length <= LONGEST_KEPT) return copyText(id);
    const halves = FACTORS.map((factor, round) => {
      let hash = this.#seeds[round] as number;
      for (let at = 0; at < id.length; at += 1) {
        hash = Math.imul(hash ^ id.charCodeAt(at), factor);
        hash ^= hash >>> 15; // multiplying changes only higher bits
      }
      return hash >>> 0;
    });
    return `\ud800${[id.length, ...halves].join()}`;
  }
}
