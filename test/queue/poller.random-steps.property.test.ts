import fc from 'fast-check';
import { it } from 'vitest';
import { numRuns } from '../harness/property-runs.ts';
import { expectCorrectEnd } from './fixtures/expect-correct-end.ts';
import { conditions, stepLists } from './fixtures/world-steps.ts';

/** In ms. A run takes some hundred ms. */
const timeout = 60_000 + 500 * numRuns;

it(
  'Q2 Q3 Q4 Q8 whatever server, network and page do, in any order: in the end the poller has the state of the server, has delivered each event once and in order, has emitted a gap for each loss, and leaves nothing behind',
  () => fc.assert(fc.asyncProperty(conditions, stepLists, expectCorrectEnd)),
  timeout,
);
