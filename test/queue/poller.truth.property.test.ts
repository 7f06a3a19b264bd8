import fc from 'fast-check';
import { it } from 'vitest';
import { numRuns } from '../harness/property-runs.ts';
import { expectTruth } from './fixtures/expect-truth.ts';
import { circumstances, lives } from './fixtures/world-steps.ts';

/** In ms; a life takes some hundred of them. */
const patience = 60_000 + 500 * numRuns;

it(
  'Q2 Q3 Q4 Q8 whatever server, network and page do, in any order: in the end the poller tells the truth, has delivered each event once and in order, has told what may be lost, and leaves nothing behind',
  () => fc.assert(fc.asyncProperty(circumstances, lives, expectTruth)),
  patience,
);
