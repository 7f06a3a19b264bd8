const CAPACITY = 1_000;

/** A list of what came, the oldest first, that forgets the oldest. */
export interface Newest {
  readonly list: readonly unknown[];
  /** How many of `value` came; what is no list is nothing. */
  add(value: unknown): number;
}

export function createNewest(): Newest {
  const list: unknown[] = [];
  return {
    list,
    add(value) {
      if (!Array.isArray(value)) return 0;
      list.push(...value.slice(-CAPACITY));
      list.splice(0, list.length - CAPACITY);
      return value.length;
    },
  };
}
