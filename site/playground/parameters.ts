import { SCENARIO_NAMES } from '../../src/testing/linxo/scenarios.ts';
import type { Settings } from './settings.ts';

/** A setting that is one of some words. */
export interface Choice {
  readonly key: keyof Settings;
  readonly words: readonly string[];
}

/** A setting that is a number within limits, both included. */
export interface Quantity {
  readonly key: keyof Settings;
  readonly low: number;
  readonly high: number;
  readonly isWhole: boolean;
}

/** The settings by their names in the address, in the order in which they are written. Faults have rules of their own. */
export const PARAMETERS: Readonly<Record<string, Choice | Quantity>> = {
  in: choice('shownIn', ['browser', 'ios', 'android', 'react-native', 'flutter']),
  widget: choice('widget', ['shipped', 'a', 'b', 'c', 'd', 'e', 'f']),
  replies: choice('replies', ['object', 'json', 'base64']),
  timeout: { key: 'timeout', low: 1, high: 600_000, isWhole: true },
  sync: choice('synchronisation', [...SCENARIO_NAMES, 'random', 'none']),
  speed: { key: 'speed', low: 0.1, high: 1_000, isWhole: false },
  seed: { key: 'seed', low: 0, high: 1_000_000_000, isWhole: true },
  code: choice('code', ['vanilla', 'react', 'angular']),
};

/** The name of a fault in the address, which may be there several times. */
export const FAULT = 'fault';

/** More faults than a visitor can follow. */
export const MOST_FAULTS = 50;

function choice<K extends keyof Settings>(key: K, words: readonly (Settings[K] & string)[]): Choice {
  return { key, words };
}
