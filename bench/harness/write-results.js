import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readmeFigures, resultsPage } from './report.js';

const json = new URL('../results.json', import.meta.url);
const markdown = new URL('../results.md', import.meta.url);
const readme = new URL('../../README.md', import.meta.url);

const block = /(<!-- bench:start -->\n)[\s\S]*?(<!-- bench:end -->)/;

/**
 * Adds the figures to those of earlier runs. Writes them to `bench/results.json`, `bench/results.md` and the README.
 *
 * @param {readonly string[]} names Of all claims, in the order of the tables.
 * @param {Record<string, import('./claim.js').Row[]>} measured
 * @param {string} machine
 */
export async function writeResults(names, measured, machine) {
  const earlier = existsSync(json) ? JSON.parse(readFileSync(json, 'utf8')) : {};
  const date = new Date().toISOString().slice(0, 10);
  /** @type {import('./report.js').Results} */
  const results = {};
  for (const name of names) {
    const rows = measured[name];
    const result = rows ? { date, machine, rows } : earlier[name];
    if (result) results[name] = result;
  }
  writeFileSync(json, `${JSON.stringify(results, undefined, 2)}\n`);
  writeFileSync(markdown, resultsPage(results));
  const before = readFileSync(readme, 'utf8');
  writeFileSync(
    readme,
    before.replace(block, (_all, start, end) => `${start}\n${readmeFigures(results)}\n${end}`),
  );
}
