import { type LinxoSettings, readLinxoOptions } from './linxo-options.ts';
import type { RandomSynchroniseOptions } from './queue-service.ts';
import type { Manner, SynchroniseOptions } from './synchronisations.ts';

/** How a synchronisation is to be played; what is left out is as in the settings. Throws a `TypeError`. */
export function readManner(options: SynchroniseOptions, settings: LinxoSettings): Manner {
  const { speed = 1, ...markers } = options;
  expect('speed', speed, speed > 0, 'above 0');
  const { endMarkers, endMarkerField } = readLinxoOptions(markers, settings);
  return { speed, endMarkers, endMarkerField };
}

const DEFAULT_TROUBLE = 0.15;

/** The same for one that chance makes. */
export function readChance(
  options: RandomSynchroniseOptions,
  settings: LinxoSettings,
): { readonly manner: Manner; readonly trouble: number; readonly seed: number | undefined } {
  const { seed, trouble = DEFAULT_TROUBLE, ...manner } = options;
  if (seed !== undefined) expect('seed', seed, true, 'that is finite');
  expect('trouble', trouble, trouble >= 0 && trouble <= 1, 'from 0 to 1');
  return { manner: readManner(manner, settings), trouble, seed };
}

function expect(option: string, value: unknown, fine: boolean, expected: string): void {
  if (!fine || !Number.isFinite(value)) {
    throw new TypeError(
      `A synchronisation's "${option}" must be a number ${expected}, not ${JSON.stringify(value)}.`,
    );
  }
}
