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

  return {
    add(at, owner, act) {
      const entry = { at, owner, act };
      const later = entries.findIndex((other) => other.at > at);
      entries.splice(later === -1 ? entries.length : later, 0, entry);
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
