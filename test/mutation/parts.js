/**
 * What is mutated, and the tests that are to notice: those next to it, which need no browser and no build.
 *
 * @type {Readonly<Record<string, { readonly mutate: string[], readonly tests: string[] }>>}
 */
export const PARTS = {
  bridge: { mutate: ['src/bridge/**/*.ts'], tests: ['test/bridge/**/*.test.ts'] },
  credential: { mutate: ['src/credential.ts'], tests: ['test/credential.*.test.ts'] },
  connections: {
    mutate: ['src/queue/{state/connections,pace/schedule}.ts'],
    tests: [
      'test/queue/{poller.channels,pace/schedule,state/{connections,connections.changes,sync-waits}}.test.ts',
    ],
  },
};

/** Names to the test runners, which are processes of their own, the part that they are to look at. */
export const PART_VARIABLE = 'BANKSIDE_MUTATED_PART';
