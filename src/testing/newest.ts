import { lengthOf } from './linxo/script-limits.ts';
import { surplusOf } from './surplus-of.ts';

/** A list of what came, the oldest first, that forgets the oldest. */
export interface Newest {
  readonly list: readonly unknown[];
  /** How many of `value` came; what is no list is nothing. */
  add(value: unknown): number;
}

export function createNewest(): Newest {
  const list: unknown[] = [];
  const sizes: number[] = [];
  return {
    list,
    add(value) {
      if (!Array.isArray(value)) return 0;
      for (const one of value) {
        list.push(one);
        sizes.push(lengthOf(one));
      }
      const surplus = surplusOf(sizes);
      list.splice(0, surplus);
      sizes.splice(0, surplus);
      return value.length;
    },
  };
}
