import { createWaiter, WaiterState } from '@smithy/util-waiter';

/**
 * A waiter with one fixed delay: with two it backs off, and is later still.
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
