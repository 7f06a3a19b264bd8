import { afterAll, beforeAll } from 'vitest';

/**
 * Opens something before the tests of a suite, and closes it after them. Opening it takes longer than most tests.
 *
 * @returns A function that returns it, for hooks and tests.
 */
export function useForSuite<T extends { close(): Promise<unknown> }>(open: () => Promise<T>): () => T {
  let opened: T | undefined;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened?.close());
  return () => {
    if (!opened) throw new Error('It is open only during hooks and tests');
    return opened;
  };
}
