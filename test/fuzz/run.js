/**
 * Runs each property of this folder on very many inputs: `npm run fuzz`, or `npm run fuzz -- --runs 5000 --seed 7`.
 * `npm test` has a short run. Another seed gives other inputs. A failure prints its seed.
 */
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
  },
});
for (const [name, value] of Object.entries(values)) {
  if (!/^\d+$/.test(value)) throw new TypeError(`--${name} is to be a whole number, and not '${value}'`);
}
process.env['BANKSIDE_RUNS'] = values.runs;
process.env['BANKSIDE_SEED'] = values.seed;

const began = performance.now();
const vitest = await startVitest('test', ['test/fuzz'], {
  watch: false,
  project: ['unit'],
  reporters: ['verbose'],
  testTimeout: 3_600_000,
});
const seconds = Math.round((performance.now() - began) / 1000);
console.log(`${values.runs} inputs for each property, seed ${values.seed}: ${seconds} s`);
await vitest.close();
