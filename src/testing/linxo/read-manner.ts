import * as z from 'zod/mini';
import { ABOVE_ZERO, FINITE } from '../field-schemas.ts';
import { fields, type Shape } from '../fields.ts';
import { named, read } from '../read.ts';
import { END_MARKER_FIELD, END_MARKERS, type LinxoSettings } from './linxo-options.ts';
import type { RandomSynchroniseOptions } from './queue-service.ts';
import type { Manner, SynchroniseOptions } from './synchronisations.ts';

export const MANNER: Shape<SynchroniseOptions> = {
  speed: z.optional(ABOVE_ZERO),
  endMarkers: z.optional(END_MARKERS),
  endMarkerField: z.optional(END_MARKER_FIELD),
};

export const CHANCE: Shape<Pick<RandomSynchroniseOptions, 'seed' | 'trouble'>> = {
  seed: z.optional(FINITE),
  trouble: z.optional(z.number('a number from 0 to 1').check(z.gte(0), z.lte(1))),
};

const OPTIONS = fields<SynchroniseOptions>(MANNER);
const RANDOM_OPTIONS = fields<RandomSynchroniseOptions>({ ...MANNER, ...CHANCE });
const SYNCHRONISATION = named('A synchronisation');

/** How a synchronisation is to be played; what is left out is as in the settings. Throws a `TypeError`. */
export function readManner(options: SynchroniseOptions, settings: LinxoSettings): Manner {
  const { endMarkers, endMarkerField } = settings;
  return { speed: 1, endMarkers, endMarkerField, ...read(OPTIONS, options, SYNCHRONISATION) };
}

const DEFAULT_TROUBLE = 0.15;

/** The same for one that chance makes. */
export function readChance(
  options: RandomSynchroniseOptions,
  settings: LinxoSettings,
): { readonly manner: Manner; readonly trouble: number; readonly seed: number | undefined } {
  const { seed, trouble = DEFAULT_TROUBLE, ...manner } = read(RANDOM_OPTIONS, options, SYNCHRONISATION);
  return { manner: readManner(manner, settings), trouble, seed };
}
