/** Chance that repeats: the same seed and stream give the same sequence on every machine. */
export interface SeededRandom {
  /** At least 0, less than 1. */
  next(): number;
  /** A whole number, both ends included. */
  between(low: number, high: number): number;
  /** An amount of money with its cents, both ends included. */
  amount(low: number, high: number): number;
}

/**
 * Each consumer takes a stream of its own, so that one that draws more often does not change what the
 * others see.
 */
export function seededRandom(seed: number, stream: string): SeededRandom {
  let state = hash(`${seed}/${stream}`) || 1; // xorshift stays at 0 for ever, once there

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

/** FNV-1a: neighbouring seeds start far apart. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) {
    value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return value;
}
