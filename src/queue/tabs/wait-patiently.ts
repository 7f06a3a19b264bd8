import { inNextTask, now, sleep } from '../../time.ts';

/** Into how many sleeps a wait is divided. */
const PARTS = 4;
/** How many sleeps it takes at most: in a hidden page, all timers may be late. */
const MOST_SLEEPS = 6;

/**
 * Waits, and gives what the page waits for its chance to come first. If the page was busy or frozen for the whole time, then
 * browsers run a timer before the answer that has arrived meanwhile. So it sleeps several times: a sleep that took twice its time
 * does not count, for a while. At the end it lets one more task pass.
 *
 * @param ms If no timer is late.
 * @returns Resolves with `true` after that time, or with `false` as soon as the signal aborts: the answer is there.
 */
export async function waitPatiently(ms: number, signal: AbortSignal): Promise<boolean> {
  const part = ms / PARTS;
  let inTime = 0;
  for (let sleeps = 0; inTime < PARTS && sleeps < MOST_SLEEPS; sleeps += 1) {
    const start = now();
    if (!(await sleep(part, signal))) return false;
    if (now() - start < 2 * part) inTime += 1;
  }
  await new Promise<void>(inNextTask);
  return !signal.aborted;
}
