import * as z from 'zod/mini';
import { PLAY_SHAPE, RANDOM_SHAPE, SCENARIO, STEPS } from '../linxo/read-script.ts';
import type { ScenarioName } from '../linxo/scenarios.ts';
import type { Script } from '../linxo/script.ts';
import type { SynchroniseOptions } from '../linxo/synchronisations.ts';
import { fields, TEXT } from '../schemas.ts';

/** A synchronisation of a bank connection: a scenario, steps, or random. */
export interface Synchronisation {
  /** An unknown one is created. @default a new one */
  readonly connectionId?: string;
  /** The name of the connection for the user. */
  readonly name?: string;
  /** The id of the institution. */
  readonly providerId?: string;
  /** @default 'success' */
  readonly scenario?: ScenarioName;
  /** Replaces the scenario. */
  readonly steps?: Script;
  /** Replaces both with a random synchronisation. */
  readonly random?: boolean;
  /** The seed of the random synchronisation. */
  readonly seed?: number;
  /**
   * With `random`: the probability per channel that it ends with an action for the user, `PARTIAL_SUCCESS`, `CLOSED` or
   * `EMPTY`.
   *
   * @default 0.15
   */
  readonly trouble?: number;
  /** 10 is ten times as fast. @default 1 */
  readonly speed?: number;
}

export const SYNCHRONISATION: z.ZodMiniType<Synchronisation> = fields<Synchronisation & SynchroniseOptions>({
  connectionId: z.optional(TEXT),
  name: z.optional(TEXT),
  providerId: z.optional(TEXT),
  scenario: z.optional(SCENARIO),
  steps: z.optional(STEPS),
  random: z.optional(z.boolean()),
  ...RANDOM_SHAPE,
  ...PLAY_SHAPE,
});
