import { describe } from 'vitest';
import { carriesWhatItIsGiven } from './bodies.ts';
import type { Driver } from './driver.ts';
import { endsEachRequestOnce } from './endings.ts';
import { tellsFailures } from './failures.ts';
import { documentsHandOver, shippedHandOver } from './hand-overs.ts';
import { keepsWidgetsApart } from './several.ts';
import { contractTests } from './wired.ts';

/**
 * What every transport must do, whatever its channel is. Each test goes through a bridge, as in a bank's page, with a widget
 * of either build before it and the other side of the channel in its hand. Call it once for each transport, in a test file of
 * its own.
 *
 * @param driver How a transport and its other side are made; see {@link Driver}.
 */
export function keepsTheContract(driver: Driver): void {
  for (const handOver of [documentsHandOver, shippedHandOver]) {
    describe(`${driver.name} keeps the contract of transports with ${handOver.name}`, () => {
      const wire = contractTests(driver, handOver);
      endsEachRequestOnce(driver, handOver, wire);
      tellsFailures(driver, wire);
      carriesWhatItIsGiven(driver, handOver, wire);
      keepsWidgetsApart(wire);
    });
  }
}
