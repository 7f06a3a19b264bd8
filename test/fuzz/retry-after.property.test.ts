import fc from 'fast-check';
import { expect, it } from 'vitest';
import { retryAfter } from '../../src/http/retry-after.ts';
import { text } from './fixtures/hostile.ts';

it('T3 Q7 S4 Retry-After: a time that is not in the past, or none', () => {
  const value = fc.oneof(
    text,
    fc.nat().map(String),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    fc.stringMatching(/^[-+.eE\d]{1,12}$/),
  );
  fc.assert(
    fc.property(value, fc.nat(), (given, now) => {
      const headers = { get: () => given } as unknown as Headers;
      const wait = retryAfter(headers, now);
      if (wait === undefined) return;
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThanOrEqual(900_000);
    }),
  );
});
