/**
 * @typedef {object} Row One line of the table.
 * @property {string} what
 * @property {string} ours
 * @property {string} beside What it stands beside, and how that fared.
 * @property {number} found What is held against the limit.
 * @property {number} [limit] None for what is told for orientation.
 * @property {string} unit Of both; `×` for a ratio of ours to the other's.
 * @property {number} [digits] Of `found`, behind the point; 2 unless it is a count.
 */

/** @typedef {(options: { dist?: string }) => Promise<Row[]>} Claim */

/** Whether the limit is kept. @param {Row} row */
export function holds({ found, limit = Number.POSITIVE_INFINITY }) {
  return found <= limit;
}

/** Whether another does better, or the limit is not kept. @param {Row} row */
export function isLost(row) {
  return !holds(row) || (row.unit === '×' && row.found > (row.limit ?? 1));
}
