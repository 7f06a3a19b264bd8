import fc from 'fast-check';

const { BANKSIDE_RUNS, BANKSIDE_SEED } = process.env;

// Properties run more often where there is time for it: none says a number of its own. From one seed, so that what
// fails here fails everywhere, and a change is not blamed for what another seed finds: to look for that, give another.
fc.configureGlobal({
  seed: Number(BANKSIDE_SEED ?? 1),
  ...(Number(BANKSIDE_RUNS) > 0 && { numRuns: Number(BANKSIDE_RUNS) }),
});
