import fc from 'fast-check';

const { BANKSIDE_RUNS, BANKSIDE_SEED } = process.env;

/** How often each property runs: a few times in `npm test`, and 2,000 times in `npm run test:all`. */
export const numRuns: number = Number(BANKSIDE_RUNS) || 20;

/** One seed for all runs, so that a failure can be repeated. Set `BANKSIDE_SEED` to try others. */
export const seed: number = Number(BANKSIDE_SEED ?? 1);

fc.configureGlobal({ numRuns, seed });
