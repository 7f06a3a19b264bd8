import type { Fetch } from '../../src/index.ts';
import type { SeededRandom } from '../../src/testing/seeded-random.ts';
import type { QueueWorld } from '../queue/fixtures/queue-world.ts';

/** What all bridges and pollers share: servers, page, random numbers and network. */
export interface World {
  readonly queue: QueueWorld;
  readonly random: SeededRandom;
  /** To the widget's servers. */
  readonly fetch: Fetch;
  /** To the event queue's. */
  readonly fetchQueue: Fetch;
}
