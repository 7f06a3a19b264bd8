import type { PendingRequest } from './pending.ts';
import { supersede } from './same-id.ts';

/** The requests of one bridge that are pending, of which several can have one id. */
export class PendingRequests {
  /** In the order of their calls. */
  readonly #all = new Set<PendingRequest>();
  /** Of each id, the newest of them. */
  readonly #newest = new Map<string, PendingRequest>();
  #waiting = 0;

  /** How many calls wait for an answer: those that made a request, and those that have joined one. */
  get waiting(): number {
    return this.#waiting;
  }

  has(pending: PendingRequest): boolean {
    return this.#all.has(pending);
  }

  /** The newest of an id. */
  newestOf(id: string): PendingRequest | undefined {
    return this.#newest.get(id);
  }

  /** A copy, so that requests may end while a caller walks it. */
  all(): PendingRequest[] {
    return [...this.#all];
  }

  add(pending: PendingRequest): void {
    this.#all.add(pending);
    this.#waiting += pending.askers.length;
    this.#newest.set(pending.id, pending);
  }

  /** Those who wait for the second wait with the first, which is pending. */
  join(first: PendingRequest, second: PendingRequest): void {
    this.#waiting += second.askers.length;
    first.askers.push(...second.askers.splice(0));
  }

  /** From now on, the widget waits under this id for the newer request alone. */
  makeWay(newer: PendingRequest): void {
    newer.hasOlder = true;
    for (const older of this.#all) if (older.id === newer.id) supersede(older, newer);
  }

  /** Returns whether it was pending. */
  remove(pending: PendingRequest): boolean {
    const { id, hasOlder } = pending;
    const wasPending = this.#all.delete(pending);
    if (wasPending) this.#waiting -= pending.askers.length;
    if (this.#newest.get(id) !== pending) return wasPending;
    const older =
      hasOlder &&
      this.all()
        .reverse()
        .find((other) => other.id === id);
    if (older) this.#newest.set(id, older);
    else this.#newest.delete(id);
    return wasPending;
  }
}
