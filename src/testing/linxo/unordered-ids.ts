import type { SeededRandom } from '../seeded-random.ts';

/** Odd, so that multiplying by it leaves no two counts alike. */
const STRIDE = 0x9e3779b1;

/**
 * Ids that are unique and in no order, since nobody says that the real ones are in any. The time is in them so
 * that a sandbox that was started anew with the same seed does not repeat what a page still remembers.
 */
export function createUnorderedIds(random: SeededRandom): (at: number) => string {
  let count = random.between(0, 2 ** 32 - 1);

  return (at) => {
    count += 1;
    return hex(Math.imul(count, STRIDE) >>> 0, 8) + hex(Math.floor(at), 11);
  };
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
