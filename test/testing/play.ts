import { expect } from 'vitest';
import type { ScenarioName, Script, SynchroniseOptions } from '../../src/testing/index.ts';
import { eventsOf, model, told, truth } from './ticking.ts';

export interface Played {
  readonly events: string[];
  readonly truth: Record<string, string | undefined>;
}

/** Plays it to its end, with nobody who answers a challenge. */
export function play(script: ScenarioName | Script, options: SynchroniseOptions = {}): Played {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection();
  const queue = linxo.subscribe();
  linxo.synchronise(id, script, options);
  pass(600_000);
  expect(linxo.isSynchronising(id)).toBe(false);
  return { events: told(linxo, eventsOf(linxo, queue)), truth: truth(linxo, id) };
}
