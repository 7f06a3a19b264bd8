import type { RequestEntry, Step } from './entry.ts';

/** A stretch of a request's time in which it did one thing. */
export interface Phase {
  readonly state: Step['state'];
  readonly from: number;
  readonly to: number;
  /** The step that began it; none, as long as the transport has told nothing. */
  readonly step: Step | undefined;
}

/** What a transport takes until it tells the first step is no stretch of its own, in ms. */
const LEAST = 1;

/** What a request has done, one after the other, up to its end or to now. */
export function phasesOf({ at, steps, end }: RequestEntry, now: number): readonly Phase[] {
  const until = Math.max(at, end?.at ?? now);
  const first = steps[0]?.at ?? until;
  const isUntold = first - at >= LEAST;
  const phases: Phase[] = isUntold ? [{ state: 'sent', from: at, to: first, step: undefined }] : [];
  steps.forEach((step, index) => {
    phases.push({ state: step.state, from: step.at, to: steps[index + 1]?.at ?? until, step });
  });
  return phases;
}
