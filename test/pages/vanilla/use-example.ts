import { afterAll, beforeAll, beforeEach } from 'vitest';
import { Example, type Setting } from './example.ts';

/** Opens the page for the tests of a suite, once: what has happened on it before must not matter. */
export function useExample(getSetting: () => Setting): () => Example {
  let example: Example | undefined;

  beforeAll(async () => {
    example = await Example.open(getSetting());
  });

  beforeEach(() => example?.forget());

  afterAll(() => example?.close());

  return () => {
    if (!example) throw new Error('The page is there for tests and hooks alone');
    return example;
  };
}
