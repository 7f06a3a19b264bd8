import { inject, vi } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Stryker's: whether it looks at the tests themselves, before there is any mutant. */
    mode: 'dry-run' | 'mutant';
  }
}

// What a mutant makes wait for ever is to end soon, in its own test, so that the worker can go on.
const limit = inject('mode') === 'mutant' ? 6_000 : 60_000;
vi.setConfig({ testTimeout: limit, hookTimeout: limit });
