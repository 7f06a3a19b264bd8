/** More requests at once than this share the last line of their lane. */
export const MOST_SLOTS = 6;

/** Which lines of a lane are taken. */
export class Slots {
  readonly #taken: (number | undefined)[] = [];

  /** The first line that is free. */
  take(call: number): number {
    const free = this.#taken.indexOf(undefined);
    const slot = free === -1 ? this.#taken.length : free;
    if (slot < MOST_SLOTS) this.#taken[slot] = call;
    return Math.min(slot, MOST_SLOTS - 1);
  }

  release(call: number): void {
    const slot = this.#taken.indexOf(call);
    if (slot !== -1) this.#taken[slot] = undefined;
  }
}
