/**
 * @typedef {object} Row One line of the table.
 * @property {string} what
 * @property {string} ours
 * @property {string} beside What it is compared with, and the result of that.
 * @property {number} found The value that is compared with the limit.
 * @property {number} [limit] Missing for a value that is shown for information.
 * @property {string} unit Of `found` and `limit`; `×` for the ratio of our value to the other's.
 * @property {number} [digits] Of `found`, after the decimal point; 2 unless it is a count.
 */

/** @typedef {(options: { dist?: string }) => Promise<Row[]>} Claim */

/** A ratio without a limit misses its target if the other is better. @param {Row} row */
export function missesTarget({ found, limit, unit }) {
  return found > (limit ?? (unit === '×' ? 1 : Number.POSITIVE_INFINITY));
}
