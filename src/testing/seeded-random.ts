/** Repeatable random numbers: the same seed and stream give the same sequence on every machine. */
export interface SeededRandom {
  /** At least 0, less than 1. */
  next(): number;
  /** A whole number from `low` to `high`. */
  between(low: number, high: number): number;
  /** An amount of money with cents, from `low` to `high`. */
  amount(low: number, high: number): number;
}

/** Each consumer has its own stream, so that one that draws more numbers does not change the others. */
export function seededRandom(seed: number, stream: string): SeededRandom {
  let state = hash(`${seed}/${stream}`) || 1; // xorshift cannot leave 0

  function next(): number {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  }

  function between(low: number, high: number): number {
    return low + Math.floor(next() * (high - low + 1));
  }

  return { next, between, amount: (low, high) => between(low * 100, high * 100) / 100 };
}

/** FNV-1a: similar seeds give very different hashes. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) {
    value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return value;
}
