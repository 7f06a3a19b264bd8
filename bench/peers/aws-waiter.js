import { createWaiter, WaiterState } from '@smithy/util-waiter';

/**
 * A waiter with one delay, since with two of them it backs off, and is later still.
 *
 * @type {import('./fixed-gap.js').WaitForEnd}
 */
export async function waiter(read, interval) {
  const seconds = interval / 1_000;
  await createWaiter(
    { client: {}, minDelay: seconds, maxDelay: seconds, maxWaitTime: 3_600 },
    {},
    async () => ({ state: (await read()) ? WaiterState.SUCCESS : WaiterState.RETRY }),
  );
}
