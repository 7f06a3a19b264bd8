import { afterAll, beforeAll } from 'vitest';
import type { Engine, EngineName } from './engine.ts';
import { launch } from './launch.ts';

/**
 * Starts an engine before the tests of a suite, and ends it after them: starting takes longer than most tests.
 *
 * @returns It, for what runs once the suite has begun.
 */
export function useEngine(name: EngineName): () => Engine {
  let engine: Engine | undefined;

  beforeAll(async () => {
    engine = await launch(name);
  });

  afterAll(() => engine?.close());

  return () => {
    if (!engine) throw new Error('The engine is there for tests and hooks alone');
    return engine;
  };
}
