const MOST = 1_000;
/** Of JSON. What it becomes when it is read may take twenty times as many bytes. */
const MOST_CHARACTERS = 5_000_000;

/**
 * How many of the oldest have to go, so that what is kept has a bounded number and size. The newest always stays.
 *
 * @param sizes  in characters of JSON, the oldest first
 */
export function surplusOf(sizes: readonly number[]): number {
  let characters = 0;
  for (let index = sizes.length - 1; index >= 0; index -= 1) {
    characters += sizes[index] ?? 0;
    if (characters > MOST_CHARACTERS || sizes.length - index > MOST)
      return Math.min(index + 1, sizes.length - 1);
  }
  return 0;
}
