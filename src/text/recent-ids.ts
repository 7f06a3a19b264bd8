import { copyText } from './printable.ts';

/** A longer id is remembered by what can be computed of it. */
const LONGEST_KEPT = 40;

/** Odd numbers, whose products spread each character over all 32 bits. */
const FACTORS = [0x9e3779b1, 0x85ebca77] as const;

/**
 * Remembers the ids that it was given last: at least `limit` of them, at most twice as many, and little of each, however
 * long it is. It does so in two generations, since to drop single ids an engine walks over all those that were dropped
 * before.
 */
export class RecentIds {
  limit: number;
  #young = new Set<string>();
  #old = new Set<string>();
  /** Drawn for each, so that nobody can prepare ids that pass for each other. */
  readonly #seeds = FACTORS.map(() => Math.floor(Math.random() * 2 ** 32));

  constructor(limit: number) {
    this.limit = limit;
  }

  /** An id that is known already is refreshed. */
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
   * Of a long id its length and 64 bits of it. Among the thousands that are remembered, two that are taken for one come up
   * once in 10¹² times. It begins with a character that no id that came over a wire has.
   */
  #keyOf(id: string): string {
    if (id.length <= LONGEST_KEPT) return copyText(id);
    const halves = FACTORS.map((factor, round) => {
      let hash = this.#seeds[round] as number;
      for (let at = 0; at < id.length; at += 1) {
        hash = Math.imul(hash ^ id.charCodeAt(at), factor);
        hash ^= hash >>> 15; // a product spreads upwards alone
      }
      return hash >>> 0;
    });
    return `\ud800${[id.length, ...halves].join()}`;
  }
}
