import { type ExpectPollOptions, expect } from 'vitest';

// The limit ends a test that hangs. It does not judge the speed of a busy machine.
const PATIENCE: ExpectPollOptions = { timeout: 50_000, interval: 20 };

/** `expect` that retries until the value fits. */
export function eventually<T>(value: () => T): ReturnType<typeof expect.poll<T>> {
  return expect.poll(value, PATIENCE);
}
