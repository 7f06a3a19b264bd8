import fc from 'fast-check';

const runs = Number(process.env['BANKSIDE_RUNS']);

// Properties run more often where there is time for it: none says a number of its own.
if (runs > 0) fc.configureGlobal({ numRuns: runs });
