import * as z from 'zod/mini';
import type { Linxo } from '../linxo/linxo.ts';
import { PLAY_SHAPE, RANDOM_SHAPE, SCENARIO, STEPS } from '../linxo/read-script.ts';
import type { ScenarioName } from '../linxo/scenarios.ts';
import type { Script } from '../linxo/script.ts';
import type { SynchroniseOptions } from '../linxo/synchronisations.ts';
import { fields, given, named, read, TEXT } from '../schemas.ts';

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

/** Starts a synchronisation, and creates the connection if it is unknown. Returns the id of the connection. */
export function synchronise(linxo: Linxo, synchronisation: Synchronisation): string {
  const id = findOrAdd(linxo, synchronisation);
  play(linxo, id, synchronisation);
  return id;
}

function findOrAdd(linxo: Linxo, { connectionId, name, providerId }: Synchronisation): string {
  const known = connectionId === undefined ? undefined : linxo.connection(connectionId);
  return (known ?? linxo.addConnection(given({ id: connectionId, name, providerId }))).id;
}

function play(linxo: Linxo, id: string, synchronisation: Synchronisation): void {
  const {
    connectionId,
    name,
    providerId,
    scenario,
    steps,
    random = false,
    seed,
    trouble,
    ...options
  } = synchronisation;
  if (random) linxo.synchroniseAtRandom(id, given({ seed, trouble, ...options }));
  else linxo.synchronise(id, steps ?? scenario, options);
}

/**
 * Creates the connections, and returns the function that starts their synchronisations. Call it after each subscription,
 * because a queue only gets later events. Running synchronisations continue.
 *
 * @throws TypeError that names the invalid field.
 */
export function prepareSynchronisations(
  linxo: Linxo,
  synchronisations: readonly Synchronisation[],
): () => void {
  const parts = synchronisations.map((given) => {
    // Validated now, not when the first page subscribes.
    const synchronisation = read(SYNCHRONISATION, given, named('A synchronisation'));
    return { id: findOrAdd(linxo, synchronisation), synchronisation };
  });
  return () => {
    for (const { id, synchronisation } of parts)
      if (!linxo.isSynchronising(id)) play(linxo, id, synchronisation);
  };
}
