import type { LinxoAccount } from './linxo-event.ts';

/** One step of a synchronisation: what happens, and how long after the step before it. */
export interface ScriptStep extends Happening {
  /** Milliseconds since the step before. */
  readonly after: number;
}

/** What happens to a connection. */
export interface Happening {
  /** The type of the event. Left out: nobody is told, the connection just is so from now on. */
  readonly event?: string;
  /**
   * `EMBEDDED`, `REDIRECT`, or a channel's id. An id that the connection does not have goes out as it is, and
   * changes no channel. Left out: the event names none, and its status is that of all channels.
   */
  readonly channel?: string;
  /** Of the channel from now on. Default: what the event's type says, if it says something. */
  readonly status?: string;
  /** In place of the one that follows from the channels, until the next step. */
  readonly connectionStatus?: string;
  /** Of `LIST_ACCOUNTS`: how many, or which. @default 2 */
  readonly accounts?: number | readonly LinxoAccount[];
  /** The user is asked for something. The script's other steps do not wait. */
  readonly challenge?: Challenge;
}

/** What the user is asked for, and what happens then. */
export interface Challenge {
  /** Milliseconds; a person's time, which no `speed` compresses. */
  readonly within: number;
  /** From the answer on. */
  readonly answered: Script;
  /** From the end of `within` on. */
  readonly unanswered: Script;
}

/** A synchronisation, step by step. */
export type Script = readonly ScriptStep[];

/** A step at its time since the beginning, as several channels' steps are put together best. */
export interface TimedStep extends Happening {
  readonly at: number;
}

/** Puts the steps of several channels into one script. */
export function inTime(...tracks: readonly (readonly TimedStep[])[]): Script {
  const steps = tracks.flat().sort((one, other) => one.at - other.at);
  return steps.map(({ at, ...happening }, index) => ({
    after: at - (steps[index - 1]?.at ?? 0),
    ...happening,
  }));
}
