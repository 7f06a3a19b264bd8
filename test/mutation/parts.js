/**
 * What is mutated, and the tests that must fail: those of the same folder, which need no browser and no build.
 *
 * @type {Readonly<Record<string, { readonly mutate: string[], readonly tests: string[] }>>}
 */
export const PARTS = {
  bridge: {
    mutate: ['src/{bridge,requests}/**/*.ts'],
    tests: ['test/{bridge,requests}/**/*.test.ts'],
  },
  time: {
    mutate: ['src/time.ts'],
    tests: [
      'test/time.*.test.ts',
      'test/{bridge,requests}/**/*.test.ts',
      'test/queue/{poller-options,state/sync-waits}.test.ts',
    ],
  },
  credential: { mutate: ['src/credential.ts'], tests: ['test/credential.*.test.ts'] },
  connections: {
    mutate: ['src/queue/{state/connection{s,-changes,-status},pace/schedule}.ts'],
    tests: [
      'test/queue/{poller.channels,poller.empty-channels,pace/schedule}.test.ts',
      'test/queue/state/{connections,connections.changes,connection-status,journal,sync-waits}.test.ts',
    ],
  },
};

/** The environment variable that names the part to the test runners, which are processes of their own. */
export const PART_VARIABLE = 'BANKSIDE_MUTATED_PART';
