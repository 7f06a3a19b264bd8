import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { relative, sep } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { PART_VARIABLE, PARTS } from './parts.js';

/** @typedef {import('./compare-survivors.js').Mutant} Mutant */

/**
 * Makes each change of a part, one at a time, and runs the tests that reach it.
 *
 * @param {string} part
 * @param {boolean} isIncremental Reuses results that no change of the source or of a test file can have altered.
 * @returns {Promise<Mutant[]>}
 */
export async function mutate(part, isIncremental) {
  process.env[PART_VARIABLE] = part;
  const stryker = new Stryker({
    mutate: PARTS[part]?.mutate ?? [],
    testRunner: 'vitest',
    vitest: { configFile: 'test/mutation/vitest.config.js', related: false },
    coverageAnalysis: 'perTest',
    ignorePatterns: ['/*', '!/src', '!/test', '!/package.json', '!/tsconfig.json'],
    tempDirName: 'test-results/mutants',
    cleanTempDir: 'always',
    concurrency: availableParallelism(),
    timeoutMS: 30_000,
    incremental: true,
    force: !isIncremental,
    incrementalFile: `test-results/mutants-${part}.json`,
    reporters: ['progress-append-only'],
    logLevel: /** @type {import('@stryker-mutator/api/core').LogLevel} */ ('warn'),
    allowEmpty: true,
  });
  const results = await stryker.runMutationTest();
  return results.flatMap((result) => toMutant(result) ?? []);
}

const FATES = /** @type {const} */ ({
  Killed: 'killed',
  Timeout: 'timeout',
  Survived: 'survived',
  NoCoverage: 'survived',
});

/**
 * Returns `undefined` for a mutant that was not run, or does not compile.
 *
 * @param {import('@stryker-mutator/api/core').MutantResult} result
 * @returns {Mutant | undefined}
 */
function toMutant({ fileName, location: { start, end }, replacement = '', status }) {
  const fate = FATES[/** @type {keyof typeof FATES} */ (status)];
  if (!fate) return undefined;
  const file = relative('', fileName).replaceAll(sep, '/');
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line);
  const [first = '', last = ''] = [lines.at(0), lines.at(-1)];
  const becomes = first.slice(0, start.column - 1) + replacement + last.slice(end.column - 1);
  return { file, at: start.line, line: onOneLine(lines.join(' ')), becomes: onOneLine(becomes), fate };
}

/** @param {string} code */
function onOneLine(code) {
  return code.replace(/\s+/g, ' ').trim();
}
