import { type EngineName, engineNames } from './engine.ts';
import { missingFor } from './executables.js';

/** The installed engines, for tests that build something once for all of them. test/run/run.js reports the missing ones. */
export const installedEngines: readonly EngineName[] = engineNames.filter(
  (name) => missingFor(name).length === 0,
);
