/**
 * @typedef {object} Batch
 * @property {string} name
 * @property {() => void} [before] Not timed.
 * @property {() => Promise<void>} run
 * @property {() => Promise<void>} [after] Not timed.
 */

/**
 * Times batches in turns, A B, B A, A B, …, so that other load on the machine affects all of them alike.
 *
 * @param {readonly Batch[]} batches
 * @param {{ warmUp: number, rounds: number }} options
 * @returns {Promise<Record<string, number[]>>} The time of each batch in ms, by name and round.
 */
export async function interleave(batches, { warmUp, rounds }) {
  const times = Object.fromEntries(batches.map(({ name }) => [name, /** @type {number[]} */ ([])]));
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const { name, before, run, after } of round % 2 ? [...batches].reverse() : batches) {
      before?.();
      await turn();
      const start = performance.now();
      await run();
      if (round >= 0) times[name]?.push(performance.now() - start);
      await after?.();
    }
  }
  return times;
}

/** Lets timers, the garbage collector and other tasks of the page run. */
export function turn() {
  return new Promise((resolve) => setTimeout(resolve));
}
