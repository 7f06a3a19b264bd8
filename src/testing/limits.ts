/** Something from outside exceeds a limit of the sandbox. Servers answer it with 429. */
export class TooMany extends Error {
  override name = 'TooMany';

  constructor(limit: number, what: string) {
    super(`The limit of ${limit} ${what} is reached.`);
  }
}

const MAX_ITEMS = 1_000;
/** As JSON. In memory, a value may take twenty times as many bytes. */
const MAX_CHARACTERS = 5_000_000;

/** The length of a value as JSON. Infinity if it cannot be serialised. */
export function jsonLength(value: unknown): number {
  try {
    return JSON.stringify(value).length;
  } catch {
    return Infinity;
  }
}

/**
 * How many of the oldest items to drop, so that the number and the size of the rest are limited. The newest always stays.
 *
 * @param sizes The JSON length of each item, the oldest first.
 */
export function surplusOf(sizes: readonly number[]): number {
  let characters = 0;
  for (let index = sizes.length - 1; index >= 0; index -= 1) {
    characters += sizes[index] ?? 0;
    if (characters > MAX_CHARACTERS || sizes.length - index > MAX_ITEMS)
      return Math.min(index + 1, sizes.length - 1);
  }
  return 0;
}

/** A list of limited size, the oldest item first. The oldest items are dropped. */
export interface NewestItems {
  readonly list: readonly unknown[];
  /** Adds the items of a list. Returns their number; 0 if `value` is not a list. */
  add(value: unknown): number;
}

export function createNewestItems(): NewestItems {
  const list: unknown[] = [];
  const sizes: number[] = [];
  return {
    list,
    add(value) {
      if (!Array.isArray(value)) return 0;
      for (const item of value) {
        list.push(item);
        sizes.push(jsonLength(item));
      }
      const surplus = surplusOf(sizes);
      list.splice(0, surplus);
      sizes.splice(0, surplus);
      return value.length;
    },
  };
}
