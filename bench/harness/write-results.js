import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { explain } from './explain.js';
import { toTable } from './table.js';
import { tellPackages } from './tell-packages.js';

const json = new URL('../results.json', import.meta.url);
const markdown = new URL('../results.md', import.meta.url);
const readme = new URL('../../README.md', import.meta.url);

const block = /(<!-- bench:start -->\n)[\s\S]*?(<!-- bench:end -->)/;

/**
 * Keeps the figures beside those of earlier runs, as JSON and as a table, here and in the README.
 *
 * @param {readonly string[]} names Of all claims, in the order in which they are told.
 * @param {Record<string, import('./claim.js').Row[]>} measured
 * @param {string} machine
 */
export async function writeResults(names, measured, machine) {
  const earlier = existsSync(json) ? JSON.parse(readFileSync(json, 'utf8')) : {};
  const date = new Date().toISOString().slice(0, 10);
  /** @type {Record<string, { date: string, machine: string, rows: import('./claim.js').Row[] }>} */
  const results = {};
  for (const name of names) {
    const rows = measured[name];
    const result = rows ? { date, machine, rows } : earlier[name];
    if (result) results[name] = result;
  }
  writeFileSync(json, `${JSON.stringify(results, undefined, 2)}\n`);

  const all = Object.values(results);
  const machines = [...new Set(all.map((result) => `${result.machine}, ${result.date}`))];
  const { packages, ...others } = results;
  const costs = packages ? `${tellPackages(packages.rows)}\n\n` : '';
  const table = toTable(Object.values(others).flatMap(({ rows }) => rows));
  const textAt = (/** @type {string} */ root) => `${costs}${table}\n\n${explain(machines, root)}`;
  writeFileSync(markdown, `# Measures\n\n${textAt('../')}`);
  if (!existsSync(readme)) return;
  const before = readFileSync(readme, 'utf8');
  writeFileSync(
    readme,
    before.replace(block, (_all, start, end) => `${start}\n${textAt('')}\n${end}`),
  );
}
