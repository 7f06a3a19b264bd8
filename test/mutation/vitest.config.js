import { PART_VARIABLE, PARTS } from './parts.js';

/** @type {import('vitest/config').ViteUserConfig} */
const config = {
  test: {
    include: PARTS[process.env[PART_VARIABLE] ?? '']?.tests ?? [],
    setupFiles: ['test/harness/property-runs.ts', 'test/mutation/time-limits.ts'],
    // No test leaves anything behind, so one worker runs file after file: to load all anew for each would take most
    // of the time.
    isolate: false,
  },
};

export default config;
