/** What is to happen at which time, without timers: it happens when somebody looks, in its order. */
export interface Agenda<Owner> {
  /** Returns how to take it back. */
  add(at: number, owner: Owner, act: (at: number) => void): () => void;
  /** Whether anything of this owner's is still to come. */
  has(owner: Owner): boolean;
  drop(owner: Owner): void;
  /** Everything that was due by now happens, each as of its own time. */
  catchUp(now: number): void;
}

interface Entry<Owner> {
  readonly at: number;
  readonly owner: Owner;
  readonly act: (at: number) => void;
}

export function createAgenda<Owner>(): Agenda<Owner> {
  let entries: Entry<Owner>[] = [];

  /** Behind all that are due by then. Halves the rest each time: there may be thousands. */
  function placeOf(at: number): number {
    let [low, high] = [0, entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((entries[middle]?.at ?? at) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    add(at, owner, act) {
      const entry = { at, owner, act };
      entries.splice(placeOf(at), 0, entry);
      return () => {
        entries = entries.filter((other) => other !== entry);
      };
    },
    has: (owner) => entries.some((entry) => entry.owner === owner),
    drop(owner) {
      entries = entries.filter((entry) => entry.owner !== owner);
    },
    catchUp(now) {
      for (let next = entries[0]; next && next.at <= now; next = entries[0]) {
        entries.shift();
        next.act(next.at);
      }
    },
  };
}
