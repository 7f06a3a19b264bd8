import type { EngineName } from '../engines/executables.js';

/** `npm test`, `npm run test:engines`, `npm run test:all`. */
export type SuiteName = 'test' | 'engines' | 'all';

export interface Suite {
  readonly engines: readonly EngineName[];
  /** Projects of Vitest that need no engine. */
  readonly inNode: readonly string[];
  /** Projects that run in that engine. */
  inEngine(engine: EngineName): readonly string[];
}

export const suites: Readonly<Record<SuiteName, Suite>>;

/**
 * The projects of a suite.
 *
 * @param engines The installed engines.
 * @param options.afterTest Whether to skip what `npm test` has run.
 */
export function projectsOf(
  name: SuiteName,
  engines: readonly EngineName[],
  options?: { readonly afterTest?: boolean },
): string[];
