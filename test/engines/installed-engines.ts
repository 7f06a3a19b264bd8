import { type EngineName, engineNames } from './engine.ts';
import { missingFor } from './executables.js';

/** For tests whose costly product is made once for all engines. Which are missing is told by what runs the tests. */
export const installedEngines: readonly EngineName[] = engineNames.filter(
  (name) => missingFor(name).length === 0,
);
