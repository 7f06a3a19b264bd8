interface PlannedAction<Owner> {
  readonly at: number;
  readonly owner: Owner;
  readonly run: (at: number) => void;
}

/** Planned actions without timers: they run in order when `catchUp` is called. */
export class Agenda<Owner> {
  #actions: PlannedAction<Owner>[] = [];

  /** Returns the function that cancels the action. */
  add(at: number, owner: Owner, run: (at: number) => void): () => void {
    const action = { at, owner, run };
    this.#actions.splice(this.#indexAfter(at), 0, action);
    return () => {
      this.#actions = this.#actions.filter((other) => other !== action);
    };
  }

  /** Whether the owner has planned actions. */
  has(owner: Owner): boolean {
    return this.#actions.some((action) => action.owner === owner);
  }

  drop(owner: Owner): void {
    this.#actions = this.#actions.filter((action) => action.owner !== owner);
  }

  /** Runs all actions that are due, each with its own time. */
  catchUp(now: number): void {
    for (let next = this.#actions[0]; next && next.at <= now; next = this.#actions[0]) {
      this.#actions.shift();
      next.run(next.at);
    }
  }

  /** The index after all actions that are due by then. A binary search, because there may be thousands. */
  #indexAfter(at: number): number {
    let [low, high] = [0, this.#actions.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#actions[middle]?.at ?? at) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
