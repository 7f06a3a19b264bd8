/**
 * Measures the same in several fresh pages, one after the other.
 *
 * @param {import('./in-page.js').Open} open
 * @param {number} pages
 * @param {object} options
 * @returns {Promise<Record<string, number[]>>} All times, by name. Times of one round have the same index.
 */
export async function sample(open, pages, options) {
  /** @type {Record<string, number[]>} */
  const all = {};
  for (let count = 0; count < pages; count += 1) {
    const { call, page } = await open();
    const times = /** @type {Record<string, number[]>} */ (await call('measure', options));
    for (const [name, values] of Object.entries(times)) all[name] = [...(all[name] ?? []), ...values];
    await page.close();
  }
  return all;
}
