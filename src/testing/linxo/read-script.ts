import * as z from 'zod/mini';
import { choice, MILLISECONDS, TEXT, wholeNumber } from '../field-schemas.ts';
import { fields, type Shape } from '../fields.ts';
import { named, read } from '../read.ts';
import type { LinxoAccount } from './linxo-event.ts';
import { SCENARIO_NAMES, type ScenarioName, scenarioOf } from './scenarios.ts';
import type { Challenge, Happening, Script, ScriptStep } from './script.ts';
import { excessOf } from './script-limits.ts';

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

/** What is too much is refused before any of it is read. */
export const STEPS: z.ZodMiniType<Script> = z.pipe(
  z.custom<unknown>((script) => excessOf(script) === undefined, { error: ({ input }) => excessOf(input) }),
  ALL_STEPS as z.ZodMiniType<Script, unknown>,
);

export const SCENARIO: z.ZodMiniType<ScenarioName> = choice(SCENARIO_NAMES);

const SCRIPT = z.union([z.pipe(SCENARIO, z.transform(scenarioOf)), STEPS]);

/** Reads a scenario's name, or steps from outside; throws a `TypeError` that names the field that does not fit. */
export function readScript(value: unknown): Script {
  return read(SCRIPT, value, named('A script'));
}

/** Reads what happens without a script. */
export function readHappening(value: unknown): Happening {
  return read(HAPPENING_ALONE, value, named('A step'));
}
