import type { Fetch } from '../../src/index.ts';
import type { SeededRandom } from '../../src/testing/seeded-random.ts';
import type { QueueWorld } from '../queue/fixtures/queue-world.ts';

/** What all lives share: the servers and the page, chance, and the network. */
export interface World {
  readonly queue: QueueWorld;
  readonly random: SeededRandom;
  /** To the widget's servers. */
  readonly fetch: Fetch;
  /** To the event queue's. */
  readonly fetchQueue: Fetch;
}
