/** How many rows a lane has. Further requests share the last row. */
export const MAX_SLOTS = 6;

/** The occupied rows of a lane. */
export class Slots {
  readonly #calls: (number | undefined)[] = [];
  /** When the last bar of each row ended. */
  readonly #ends: number[] = [];

  /** Returns the first free row. */
  occupy(call: number): number {
    const free = this.#calls.indexOf(undefined);
    const slot = free === -1 ? this.#calls.length : free;
    if (slot < MAX_SLOTS) this.#calls[slot] = call;
    return Math.min(slot, MAX_SLOTS - 1);
  }

  release(call: number, end: number): void {
    const slot = this.#calls.indexOf(call);
    if (slot === -1) return;
    this.#calls[slot] = undefined;
    this.#ends[slot] = end;
  }

  /** Returns the first row that was free in this time. It ends now: a request that is pending began before. */
  fill(start: number, end: number): number {
    const rows = Array.from({ length: MAX_SLOTS }, (_, slot) => slot);
    const free = rows.find((row) => this.#calls[row] === undefined && (this.#ends[row] ?? start) <= start);
    const slot = free ?? MAX_SLOTS - 1;
    this.#ends[slot] = Math.max(this.#ends[slot] ?? end, end);
    return slot;
  }
}
