import * as z from 'zod/mini';
import { TEXT } from '../field-schemas.ts';
import { fields, given } from '../fields.ts';
import type { Linxo } from '../linxo/linxo.ts';
import { CHANCE, MANNER } from '../linxo/read-manner.ts';
import { SCENARIO, STEPS } from '../linxo/read-script.ts';
import type { ScenarioName } from '../linxo/scenarios.ts';
import type { Script } from '../linxo/script.ts';
import type { SynchroniseOptions } from '../linxo/synchronisations.ts';

/** A bank connection, and how it synchronises: by a scenario, by steps, or at random. */
export interface Synchronisation {
  /** One that is not known yet is made. @default a new one */
  readonly connectionId?: string;
  /** What the user may know the connection by. */
  readonly name?: string;
  /** The institution that it leads to. */
  readonly providerId?: string;
  /** @default 'success' */
  readonly scenario?: ScenarioName;
  /** In place of a scenario. */
  readonly steps?: Script;
  /** By chance, in place of both. */
  readonly random?: boolean;
  /** Of that chance. */
  readonly seed?: number;
  /** Of that chance: how likely each channel ends with the user owing something. @default 0.15 */
  readonly trouble?: number;
  /** So many times as fast. @default 1 */
  readonly speed?: number;
}

export const SYNCHRONISATION: z.ZodMiniType<Synchronisation> = fields<Synchronisation & SynchroniseOptions>({
  connectionId: z.optional(TEXT),
  name: z.optional(TEXT),
  providerId: z.optional(TEXT),
  scenario: z.optional(SCENARIO),
  steps: z.optional(STEPS),
  random: z.optional(z.boolean()),
  ...CHANCE,
  ...MANNER,
});

/**
 * Carries an order out that came from outside. Of a connection that is not known yet, it is the first synchronisation.
 *
 * @returns The connection's id.
 */
export function synchronise(linxo: Linxo, order: Synchronisation): string {
  const id = findOrAdd(linxo, order);
  play(linxo, id, order);
  return id;
}

/** The connection that an order is about. */
export function findOrAdd(linxo: Linxo, { connectionId, name, providerId }: Synchronisation): string {
  const known = connectionId === undefined ? undefined : linxo.connection(connectionId);
  return (known ?? linxo.addConnection(given({ id: connectionId, name, providerId }))).id;
}

export function play(linxo: Linxo, id: string, order: Synchronisation): void {
  const { connectionId, name, providerId, scenario, steps, random = false, seed, trouble, ...manner } = order;
  if (random) linxo.synchroniseAtRandom(id, given({ seed, trouble, ...manner }));
  else linxo.synchronise(id, steps ?? scenario, manner);
}
