import type { LinxoAccount } from './wire.ts';

/** One step of a synchronisation. */
export interface ScriptStep extends Happening {
  /** The time since the step before, in milliseconds. */
  readonly after: number;
}

/** A change of a connection. */
export interface Happening {
  /** The type of the event. Without it, the connection changes without an event. */
  readonly event?: string;
  /**
   * `EMBEDDED`, `REDIRECT`, or the id of a channel. An unknown id is sent in the event, and changes no channel. Without it,
   * the event names no channel, and the status applies to all.
   */
  readonly channel?: string;
  /** The new status of the channel. Default: the status that the type of the event implies. */
  readonly status?: string;
  /** The status of the connection until the next step. Default: it follows from the channels. */
  readonly connectionStatus?: string;
  /** The accounts of `LIST_ACCOUNTS`, or their number. @default 2 */
  readonly accounts?: number | readonly LinxoAccount[];
  /** Asks the user for something. The other steps of the script do not wait. */
  readonly challenge?: Challenge;
}

/** A request to the user, and what follows. */
export interface Challenge {
  /** The time limit in milliseconds. `speed` does not shorten it. */
  readonly within: number;
  /** The steps after the answer. */
  readonly answered: Script;
  /** The steps after the time limit. */
  readonly unanswered: Script;
}

/** A synchronisation, step by step. */
export type Script = readonly ScriptStep[];

/** All steps of a script, with those after challenges. */
export function stepsOf(script: Script): readonly ScriptStep[] {
  return script.flatMap((step) => {
    const { answered = [], unanswered = [] } = step.challenge ?? {};
    return [step, ...stepsOf(answered), ...stepsOf(unanswered)];
  });
}

/** A step with its time since the start, which makes it easy to merge the steps of several channels. */
export interface TimedStep extends Happening {
  readonly at: number;
}

/** Merges the steps of several channels into one script. */
export function mergeTracks(...tracks: readonly (readonly TimedStep[])[]): Script {
  const steps = tracks.flat().sort((one, other) => one.at - other.at);
  return steps.map(({ at, ...happening }, index) => ({
    after: at - (steps[index - 1]?.at ?? 0),
    ...happening,
  }));
}
