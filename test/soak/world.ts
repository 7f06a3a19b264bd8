import type { Fetch } from '../../src/index.ts';
import type { createSandbox } from '../../src/testing/index.ts';
import type { SeededRandom } from '../../src/testing/seeded-random.ts';

/** What all lives share: the servers, chance, and the network. */
export interface World {
  readonly sandbox: ReturnType<typeof createSandbox>;
  readonly random: SeededRandom;
  /** To the widget's servers. */
  readonly fetch: Fetch;
  /** To the event queue's. */
  readonly fetchQueue: Fetch;
}
