/** How many rows a lane has. Further requests share the last row. */
export const MAX_SLOTS = 6;

/** The occupied rows of a lane. */
export class Slots {
  readonly #calls: (number | undefined)[] = [];

  /** Returns the first free row. */
  occupy(call: number): number {
    const free = this.#calls.indexOf(undefined);
    const slot = free === -1 ? this.#calls.length : free;
    if (slot < MAX_SLOTS) this.#calls[slot] = call;
    return Math.min(slot, MAX_SLOTS - 1);
  }

  release(call: number): void {
    const slot = this.#calls.indexOf(call);
    if (slot !== -1) this.#calls[slot] = undefined;
  }
}
