import { Session } from 'node:inspector';
// A test may have faked the global one.
import { setImmediate } from 'node:timers/promises';

/** Collects all garbage. One round is not enough: a task or the compiler may still hold objects. */
export async function collectGarbage(): Promise<void> {
  const session = new Session();
  session.connect();
  for (let round = 0; round < 3; round += 1) {
    await setImmediate();
    session.post('HeapProfiler.collectGarbage');
  }
  session.disconnect();
}
