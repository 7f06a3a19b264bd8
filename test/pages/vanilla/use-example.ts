import { beforeEach } from 'vitest';
import { useForSuite } from '../../harness/use-for-suite.ts';
import { Example, type Setting } from './example.ts';

/** Opens the page for the tests of a suite, once. The tests must not depend on what has happened on it before. */
export function useExample(getSetting: () => Setting): () => Example {
  const getExample = useForSuite(() => Example.open(getSetting()));
  beforeEach(() => getExample().forget());
  return getExample;
}
