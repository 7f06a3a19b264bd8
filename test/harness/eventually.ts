import { type ExpectPollOptions, expect } from 'vitest';

// A limit is to end what hangs, not to judge the speed of a busy machine.
const PATIENCE: ExpectPollOptions = { timeout: 50_000, interval: 20 };

/** `expect`, of what a value becomes in the end. */
export function eventually<T>(value: () => T): ReturnType<typeof expect.poll<T>> {
  return expect.poll(value, PATIENCE);
}
