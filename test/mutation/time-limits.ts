import { inject, vi } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Set by Stryker: it first runs the tests without a mutant. */
    mode: 'dry-run' | 'mutant';
  }
}

// A mutant may make a test wait for ever. A short limit lets the worker go on.
const limit = inject('mode') === 'mutant' ? 6_000 : 60_000;
vi.setConfig({ testTimeout: limit, hookTimeout: limit });
