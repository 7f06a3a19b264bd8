import fc from 'fast-check';
import { it } from 'vitest';
import { expectTruth } from './fixtures/expect-truth.ts';
import { circumstances, lives } from './fixtures/world-steps.ts';

/** As often as other properties; and as no two lives are alike, as many others are in a file that runs beside this one. */
const { numRuns = 50, seed = 1 } = fc.readConfigureGlobal();

/** In ms; a life takes some hundred of them. */
const patience = 60_000 + 500 * numRuns;

it(
  'Q2 Q3 Q4 Q8 whatever server, network and page do, in any order: in the end the poller tells the truth, has delivered each event once and in order, has told what may be lost, and leaves nothing behind',
  () => fc.assert(fc.asyncProperty(circumstances, lives, expectTruth), { numRuns, seed }),
  patience,
);
