/**
 * What is to be known of the figures, to go below their table.
 *
 * @param {readonly string[]} machines On which they were measured.
 * @param {string} root The way from where this is read to the root of the package.
 */
export function explain(machines, root) {
  return `Medians, measured side by side in headless Chromium (${machines.join('; ')}). Times vary by some per cent from run to run, and more
where cores are shared; ratios vary less. A figure that is lost, to its limit or, where there is none, to the other, is set in bold.
`;
}
