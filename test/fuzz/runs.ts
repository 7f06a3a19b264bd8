import fc from 'fast-check';

/** How many inputs each property meets, unless the run as a whole says so: `npm run fuzz` does. */
export const numRuns: number = fc.readConfigureGlobal().numRuns ?? 100;
