import { expect, it } from 'vitest';
import { pairsOfFaults } from '../../doctor/gateway/pairs.ts';
import { numRuns } from '../../harness/property-runs.ts';
import { examineBank, idsIn } from './fixtures/examine-bank.ts';

/** Requests wait for the network most of the time. */
const AT_ONCE = 6;

const pairs = pairsOfFaults();
/** Evenly spread: a few in `npm test`, all of them in `npm run test:all`. */
const step = Math.max(1, Math.floor(pairs.length / (numRuns * 3)));
const chosen = pairs.filter((_, index) => index % step === 0);

it('two faults are both found, and nothing else', { timeout: 600_000 }, async () => {
  expect(pairs.length).toBeGreaterThan(1_000);
  const wrong: string[] = [];
  const queue = [...chosen];

  async function examineSome(): Promise<void> {
    for (let pair = queue.pop(); pair; pair = queue.pop()) {
      const { name, faults, finds, hidden } = pair;
      const credentials = faults.some((fault) => fault.credentials === true);
      const ids = idsIn(await examineBank({ changes: faults, credentials }));
      const missing = finds.filter((id) => !ids.includes(id));
      const extra = ids.filter((id) => ![...finds, ...hidden].some((known) => known === id));
      if (missing.length + extra.length > 0) wrong.push(`${name}: -${missing} +${extra}`);
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, examineSome));
  expect(wrong).toEqual([]);
});
