/** Integers below a limit, the same ones in every run. @param {number} seed */
export function seededRandom(seed) {
  let state = seed;
  /** @param {number} limit */
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
