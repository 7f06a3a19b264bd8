import { load } from './harness/load.js';
import { inVirtualTime } from './harness/virtual-time.js';
import { lossySync } from './queue/lossy-sync.js';

const syncs = 2_000;

/**
 * Whether the state of connections equals the server's after a synchronisation in which answers, and the
 * events in them, were lost.
 *
 * @type {import('./harness/claim.js').Claim}
 */
export async function lostResponses(options) {
  const bankside = await load(options);
  let lost = 0;
  let wrong = 0;
  let wouldBeWrong = 0;
  await inVirtualTime(async ({ until }) => {
    for (let seed = 1; seed <= syncs; seed += 1) {
      const outcome = await until(lossySync(bankside, seed));
      lost += outcome.lost;
      if (!outcome.isRight) wrong += 1;
      if (!outcome.wouldBeRight) wouldBeWrong += 1;
    }
  });
  return [
    {
      what: `Wrong states after ${syncs} synchronisations with 1 % of answers lost`,
      ours: `${wrong}, with ${lost} answers lost`,
      beside: `from events only: ${wouldBeWrong}`,
      found: wrong,
      limit: 0,
      unit: 'wrong',
      digits: 0,
    },
  ];
}
