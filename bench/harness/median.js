/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/**
 * The median ratio of values measured side by side: a machine that is slow for a while is slow for both.
 *
 * @param {readonly number[]} ours
 * @param {readonly number[]} theirs
 */
export function medianRatio(ours, theirs) {
  return median(ours.map((time, round) => time / (theirs[round] ?? Number.NaN)));
}
