/**
 * Changes the code in every way that Stryker knows, one change at a time, and checks that a test fails: `npm run
 * mutation`, or `npm run mutation -- credential --incremental`. It fails if the score of a part is too low, if a
 * mutant survives that survivors.json does not list, or if a listed one is killed or gone.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compareSurvivors } from './compare-survivors.js';
import { mutate } from './mutate.js';
import { PARTS } from './parts.js';

/** The lowest score, in %. */
const LEAST = 90;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { incremental: { type: 'boolean', default: false } },
});
for (const name of positionals) {
  if (!PARTS[name]) throw new TypeError(`There is no part '${name}', but ${Object.keys(PARTS).join(', ')}`);
}

/** @type {import('./compare-survivors.js').Survivors} */
const survivors = JSON.parse(readFileSync(new URL('survivors.json', import.meta.url), 'utf8'));
const rows = ['| part | changes | noticed | listed with a reason | not listed | score in % | seconds |'];
rows.push('| --- | --- | --- | --- | --- | --- | --- |');

for (const part of positionals.length ? positionals : Object.keys(PARTS)) {
  const began = performance.now();
  console.log(`\n${part}`);
  const mutants = await mutate(part, values.incremental);
  const survived = mutants.filter(({ fate }) => fate === 'survived').length;
  const score = (100 * (mutants.length - survived)) / mutants.length;
  const { unlisted, stale } = compareSurvivors(mutants, survivors);
  for (const { file, at, line, becomes } of unlisted) {
    console.error(`\nno test fails, and no reason is listed: ${file}:${at}\n- ${line}\n+ ${becomes}`);
  }
  for (const { file, line, becomes } of stale) {
    console.error(`\nlisted, but a test fails, or the line is another: ${file}\n- ${line}\n+ ${becomes}`);
  }
  const seconds = Math.round((performance.now() - began) / 1_000);
  const counts = [mutants.length, mutants.length - survived, survived - unlisted.length, unlisted.length];
  rows.push(`| ${[part, ...counts, score.toFixed(1), seconds].join(' | ')} |`);
  if (!(score >= LEAST) || unlisted.length || stale.length) process.exitCode = 1;
}
console.log(`\n${rows.join('\n')}`);
