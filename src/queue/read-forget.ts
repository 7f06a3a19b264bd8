import { attempt, isObject, isPlain } from '../check.ts';
import { checkOptionNames, type NamesOf } from '../text/known-names.ts';

/** What `stop` was called with. */
export interface StopChoice {
  readonly forget: boolean;
  /** Throws INVALID_OPTIONS for an unknown name. To be called when the poller has stopped: ending must not fail. */
  check(): void;
}

/** Reads the options of `stop`. It may be a handler: an event, or any value that is not a plain object, is ignored. */
export function readForget(options: unknown): StopChoice {
  const given = attempt(() => isObject(options) && isPlain(options)) ? (options as StopOptions) : {};
  return {
    forget: !!attempt(() => given.forget),
    check: () => checkOptionNames(given, KNOWN),
  };
}

interface StopOptions {
  readonly forget?: boolean;
}

const KNOWN: NamesOf<StopOptions> = { forget: true };
