import type { RequestEntry } from '../model/entry.ts';

/** The requests of a lane that are too many for a bar each: how many were under way, pixel by pixel. */
export class Crowd {
  readonly #width: number;
  readonly #changes: Int32Array;
  readonly #pendingChanges: Int32Array;
  /** All of them, to find one by where it is. */
  readonly #entries: RequestEntry[] = [];

  constructor(width: number) {
    this.#width = Math.ceil(width);
    this.#changes = new Int32Array(this.#width + 2);
    this.#pendingChanges = new Int32Array(this.#width + 2);
  }

  add(entry: RequestEntry, left: number, right: number): void {
    const from = Math.max(0, Math.floor(left));
    const to = Math.min(this.#width, Math.ceil(right)) + 1;
    this.#entries.push(entry);
    for (const changes of entry.end ? [this.#changes] : [this.#changes, this.#pendingChanges]) {
      changes[from] = (changes[from] ?? 0) + 1;
      changes[to] = (changes[to] ?? 0) - 1;
    }
  }

  /** How many there were at each pixel: in all, and of those that are pending still. */
  counts(): { readonly all: readonly number[]; readonly pending: readonly number[] } {
    return { all: sumsOf(this.#changes, this.#width), pending: sumsOf(this.#pendingChanges, this.#width) };
  }

  /** The newest that was under way at a time. */
  at(time: number, now: number): RequestEntry | undefined {
    let found: RequestEntry | undefined;
    for (const entry of this.#entries) if (entry.at <= time && (entry.end?.at ?? now) >= time) found = entry;
    return found;
  }
}

function sumsOf(changes: Int32Array, width: number): number[] {
  const sums: number[] = [];
  let sum = 0;
  for (let x = 0; x < width; x += 1) {
    sum += changes[x] ?? 0;
    sums.push(sum);
  }
  return sums;
}
