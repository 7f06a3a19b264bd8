/** @typedef {(read: () => Promise<boolean>, interval: number) => Promise<void>} WaitForEnd Reads, at intervals in ms, until a read returns true. */

/**
 * A loop written by hand.
 *
 * @type {WaitForEnd}
 */
export async function fixedGap(read, interval) {
  while (!(await read())) await new Promise((resolve) => setTimeout(resolve, interval));
}
