import * as z from 'zod/mini';
import { jsonLength } from '../limits.ts';
import {
  ABOVE_ZERO,
  choice,
  FINITE,
  fields,
  MILLISECONDS,
  named,
  read,
  type Shape,
  TEXT,
  wholeNumber,
} from '../schemas.ts';
import { END_MARKER_FIELD, END_MARKERS, type LinxoSettings } from './linxo-options.ts';
import type { RandomSynchroniseOptions } from './queue-service.ts';
import { SCENARIO_NAMES, type ScenarioName, scenarioOf } from './scenarios.ts';
import type { Challenge, Happening, Script, ScriptStep } from './script.ts';
import type { PlayOptions, SynchroniseOptions } from './synchronisations.ts';
import type { LinxoAccount } from './wire.ts';

const CHALLENGE = z.lazy(() =>
  fields<Challenge>({ within: MILLISECONDS, answered: ALL_STEPS, unanswered: ALL_STEPS }),
);

const HAPPENING: Shape<Happening> = {
  event: z.optional(TEXT),
  channel: z.optional(TEXT),
  status: z.optional(TEXT),
  connectionStatus: z.optional(TEXT),
  accounts: z.optional(z.union([wholeNumber(0, 1_000), z.array(z.custom<LinxoAccount>())])),
  challenge: z.optional(CHALLENGE),
};

const HAPPENING_ALONE = z.pipe(
  z.custom<unknown>((step) => excessOf([step]) === undefined, { error: ({ input }) => excessOf([input]) }),
  fields<Happening>(HAPPENING) as z.ZodMiniType<Happening, unknown>,
);

const ALL_STEPS: z.ZodMiniType<Script> = z.array(
  fields<ScriptStep>({ after: MILLISECONDS, ...HAPPENING }),
  'a list of steps',
);

/** The limits are checked before the steps are validated. */
export const STEPS: z.ZodMiniType<Script> = z.pipe(
  z.custom<unknown>((script) => excessOf(script) === undefined, { error: ({ input }) => excessOf(input) }),
  ALL_STEPS as z.ZodMiniType<Script, unknown>,
);

export const SCENARIO: z.ZodMiniType<ScenarioName> = choice(SCENARIO_NAMES);

const SCRIPT = z.union([z.pipe(SCENARIO, z.transform(scenarioOf)), STEPS]);

/** Validates the name of a scenario, or steps. @throws TypeError that names the invalid field. */
export function readScript(value: unknown): Script {
  return read(SCRIPT, value, named('A script'));
}

/** Validates one step without a script. @throws TypeError that names the invalid field. */
export function readHappening(value: unknown): Happening {
  return read(HAPPENING_ALONE, value, named('A step'));
}

export const PLAY_SHAPE: Shape<SynchroniseOptions> = {
  speed: z.optional(ABOVE_ZERO),
  endMarkers: z.optional(END_MARKERS),
  endMarkerField: z.optional(END_MARKER_FIELD),
};

export const RANDOM_SHAPE: Shape<Pick<RandomSynchroniseOptions, 'seed' | 'trouble'>> = {
  seed: z.optional(FINITE),
  trouble: z.optional(z.number('a number from 0 to 1').check(z.gte(0), z.lte(1))),
};

const OPTIONS = fields<SynchroniseOptions>(PLAY_SHAPE);
const RANDOM_OPTIONS = fields<RandomSynchroniseOptions>({ ...PLAY_SHAPE, ...RANDOM_SHAPE });
const SYNCHRONISATION = named('A synchronisation');

/** Validates the options of a synchronisation. Defaults come from the settings. @throws TypeError */
export function readPlayOptions(options: SynchroniseOptions, settings: LinxoSettings): PlayOptions {
  const { endMarkers, endMarkerField } = settings;
  return { speed: 1, endMarkers, endMarkerField, ...read(OPTIONS, options, SYNCHRONISATION) };
}

const DEFAULT_TROUBLE = 0.15;

/** Validates the options of a random synchronisation. @throws TypeError */
export function readRandomOptions(
  options: RandomSynchroniseOptions,
  settings: LinxoSettings,
): { readonly play: PlayOptions; readonly trouble: number; readonly seed: number | undefined } {
  const { seed, trouble = DEFAULT_TROUBLE, ...play } = read(RANDOM_OPTIONS, options, SYNCHRONISATION);
  return { play: readPlayOptions(play, settings), trouble, seed };
}

/**
 * The limits of a script, because each step becomes an event in memory with its accounts.
 */
const MAX_STEPS = 1_000;
const MAX_ACCOUNTS = 10_000;
const MAX_DEPTH = 10;
/** Of listed accounts, as JSON. */
const MAX_CHARACTERS = 1_000_000;

type ScriptSize = Record<'steps' | 'accounts' | 'characters', number>;

/** The limit that a script exceeds, for messages. It runs before the validation, and so trusts no type. */
function excessOf(script: unknown): string | undefined {
  return excessIn(script, 0, { steps: 0, accounts: 0, characters: 0 });
}

function excessIn(steps: unknown, depth: number, size: ScriptSize): string | undefined {
  if (!Array.isArray(steps)) return undefined;
  if (depth > MAX_DEPTH) return `steps whose challenges are at most ${MAX_DEPTH} deep`;
  size.steps += steps.length;
  if (size.steps > MAX_STEPS) return `a list of at most ${MAX_STEPS} steps, with those after challenges`;
  for (const step of steps) {
    const { accounts, challenge } = Object(step);
    const { answered, unanswered } = Object(challenge);
    const excess =
      excessOfAccounts(accounts, size) ??
      excessIn(answered, depth + 1, size) ??
      excessIn(unanswered, depth + 1, size);
    if (excess) return excess;
  }
  return undefined;
}

function excessOfAccounts(accounts: unknown, size: ScriptSize): string | undefined {
  const isList = Array.isArray(accounts);
  size.accounts += isList ? accounts.length : Number(accounts) || 0;
  if (size.accounts > MAX_ACCOUNTS) return `steps with at most ${MAX_ACCOUNTS} accounts`;
  if (isList) size.characters += jsonLength(accounts);
  const isShort = size.characters <= MAX_CHARACTERS;
  return isShort ? undefined : `steps with accounts of at most ${MAX_CHARACTERS} characters, as JSON`;
}
