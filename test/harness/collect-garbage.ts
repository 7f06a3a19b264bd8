import { Session } from 'node:inspector';
// Not the global one, which a test may have faked.
import { setImmediate } from 'node:timers/promises';

/** Collects all that nothing holds: once is not enough, as a turn, or code that is being compiled, may hold it still. */
export async function collectGarbage(): Promise<void> {
  const session = new Session();
  session.connect();
  for (let round = 0; round < 3; round += 1) {
    await setImmediate();
    session.post('HeapProfiler.collectGarbage');
  }
  session.disconnect();
}
