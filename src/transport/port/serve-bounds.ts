import { requestError } from '../../http/request-error.ts';
import { createAlarm } from '../../time.ts';
import type { Run } from './port-run.ts';

/** A timer that is so much later than it should be, in ms, shows that the page has stood still. */
const STANDSTILL = 1_000;

/** For how long requests are then put off, in ms, so that what was answered meanwhile is taken first. */
const CATCH_UP = 2_000;

/** How much a far side has under way, and for how long, over all of its near sides. */
export interface ServeBounds {
  /** In ms, for any request; `Infinity`: for ever. */
  readonly timeout: number;
  /**
   * Counts a request in.
   *
   * @param onEnd Is called once the time of the request is over. It has then been counted out.
   * @throws OVERLOADED
   */
  add(run: Run, onEnd: () => void): void;
  /** Counts it out. A second call does nothing. */
  remove(run: Run): void;
}

/** One timer is for all requests, whether or not their transport looks at its signal. */
export function createBounds(maxPending: number, timeout: number): ServeBounds {
  const runs = new Map<Run, () => void>();
  let isPutOff = false;
  const alarm = createAlarm((time, late) => {
    // Once: timers of a page in the background are always late.
    isPutOff = !isPutOff && late > STANDSTILL;
    if (isPutOff) return alarm.setFor(time + CATCH_UP);
    for (const [run, onEnd] of runs) {
      if (run.end > time) {
        alarm.setFor(run.end);
      } else {
        remove(run);
        onEnd();
      }
    }
  });

  function remove(run: Run): void {
    if (runs.delete(run)) alarm.remove(run.end);
  }

  return {
    timeout,
    remove,
    add(run, onEnd) {
      if (runs.size >= maxPending) {
        const why = `The far side has ${maxPending} requests under way already`;
        throw requestError('OVERLOADED', why, run, { maxPending });
      }
      runs.set(run, onEnd);
      alarm.add(run.end);
    },
  };
}
