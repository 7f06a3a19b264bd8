import type { EngineName } from '../engines/executables.js';

/** `npm test`, `npm run test:engines`, `npm run test:all`. */
export type SuiteName = 'test' | 'engines' | 'all';

export interface Suite {
  readonly engines: readonly EngineName[];
  /** Vitest's projects that need no engine. */
  readonly inNode: readonly string[];
  /** Those that run in that engine. */
  inEngine(engine: EngineName): readonly string[];
}

export const suites: Readonly<Record<SuiteName, Suite>>;

/**
 * Vitest's projects of a suite.
 *
 * @param engines Those of the suite's that this machine has.
 * @param options.afterTest Whether to leave out what `npm test` has run.
 */
export function projectsOf(
  name: SuiteName,
  engines: readonly EngineName[],
  options?: { readonly afterTest?: boolean },
): string[];
