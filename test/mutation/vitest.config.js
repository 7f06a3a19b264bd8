import { PART_VARIABLE, PARTS } from './parts.js';

/** @type {import('vitest/config').ViteUserConfig} */
const config = {
  test: {
    include: PARTS[process.env[PART_VARIABLE] ?? '']?.tests ?? [],
    setupFiles: ['test/harness/property-runs.ts', 'test/mutation/time-limits.ts'],
    // No test leaves state behind, so one worker runs all files. Loading everything again for each file would take
    // most of the time.
    isolate: false,
  },
};

export default config;
