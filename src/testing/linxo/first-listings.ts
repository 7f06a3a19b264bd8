interface FirstListing {
  /** In unix seconds. */
  readonly at: number;
  /** How many lists have the account now. */
  lists: number;
}

/** When each account of a connection was listed first. An account that no list has any more is forgotten. */
export class FirstListings {
  readonly #listings = new Map<string, FirstListing>();

  /** A new list has these accounts. */
  add(connectionId: string, accountIds: Iterable<string>, at: number): void {
    for (const id of accountIds) {
      const key = keyOf(connectionId, id);
      const listing = this.#listings.get(key) ?? { at, lists: 0 };
      listing.lists += 1;
      this.#listings.set(key, listing);
    }
  }

  /** A list with these accounts is gone. */
  remove(connectionId: string, accountIds: Iterable<string>): void {
    for (const id of accountIds) {
      const key = keyOf(connectionId, id);
      const listing = this.#listings.get(key);
      if (!listing) continue;
      listing.lists -= 1;
      if (listing.lists === 0) this.#listings.delete(key);
    }
  }

  /** In unix seconds. */
  of(connectionId: string, accountId: string): number | undefined {
    return this.#listings.get(keyOf(connectionId, accountId))?.at;
  }
}

function keyOf(connectionId: string, accountId: string): string {
  return JSON.stringify([connectionId, accountId]);
}
